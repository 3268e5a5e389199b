import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ComposeFile, mountOf, readCompose, readRoot, ROOT } from "../support/deployment.ts";

const compose = readCompose("compose.yaml");
const withSql = readCompose("compose.sql.yaml");
const services = Object.entries(compose.services);
const mountsOf = ({ services }: ComposeFile) =>
  Object.values(services).flatMap(({ volumes }) => volumes.map(mountOf));

describe("compose.yaml", () => {
  test("starts the service, its database, Prometheus, Alertmanager and Grafana", () => {
    expect(Object.keys(compose.services)).toEqual([
      "hatangso",
      "postgres",
      "prometheus",
      "alertmanager",
      "grafana",
    ]);
  });

  test.each(services)("%s is an image of one exact version", (_, { image }) => {
    expect(image).toMatch(/^[a-z0-9/.-]+:v?\d+\.\d+(\.\d+)?$/);
  });

  test("the service is built here, as the version that package.json names", () => {
    const { version } = JSON.parse(readRoot("package.json")) as { version: string };
    expect(compose.services["hatangso"]).toMatchObject({
      build: ".",
      image: `hatangso:${version}`,
    });
  });

  test.each(services)("%s starts again, is asked for its health and has limits", (_, service) => {
    expect(service.restart).toBe("unless-stopped");
    expect(service.healthcheck?.test[0]).toBe("CMD");
    expect(service.deploy?.resources.limits.memory).toMatch(/^\d+[MG]$/);
    expect(service["security_opt"]).toEqual(["no-new-privileges:true"]);
  });

  test("all but PostgreSQL, which takes another user itself, have no privileges", () => {
    const privileged = services.filter(([, service]) => service["cap_drop"] === undefined);
    expect(privileged.map(([name]) => name)).toEqual(["postgres"]);
  });

  test.each(services)("%s can be reached from this machine alone", (_, { ports }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  test("what the repository has is mounted read-only, and is there", () => {
    const bound = [...mountsOf(compose), ...mountsOf(withSql)].filter(({ host }) => host !== null);
    expect(bound.length).toBeGreaterThan(4);
    for (const { host, writable } of bound) {
      expect({ host, there: existsSync(`${ROOT}${host}`), writable }).toEqual({
        host,
        there: true,
        writable: false,
      });
    }
  });

  test("what is written lies in named volumes, and every network is declared", () => {
    const named = mountsOf(compose).filter(({ writable }) => writable);
    const used = new Set(
      services.flatMap(([, { volumes }]) => volumes.map((each) => each.split(":")[0])),
    );
    expect(named.every(({ host }) => host === null)).toBe(true);
    expect(Object.keys(compose.volumes).filter((name) => !used.has(name))).toEqual([]);
    const networks = services.flatMap(([, { networks }]) => networks);
    expect(new Set(networks)).toEqual(new Set(Object.keys(compose.networks)));
  });

  test("PostgreSQL stands in a network from which nothing leads outside, and has no port", () => {
    const { networks, ports } = compose.services["postgres"] ?? { networks: [], ports: [] };
    expect(ports).toEqual([]);
    expect(networks.map((name) => compose.networks[name]?.internal)).toEqual([true]);
  });

  test("the network that portals are probed from has IPv6", () => {
    const names = compose.services["hatangso"]?.networks ?? [];
    const outside = names.filter((name) => compose.networks[name]?.internal !== true);
    expect(outside.map((name) => compose.networks[name]?.["enable_ipv6"])).toEqual([true]);
  });

  test("rules speak and our own channels do not", () => {
    expect(compose.services["hatangso"]?.environment["INCIDENTS_TOLD_BY"]).toBe("prometheus");
  });

  test("Grafana lets nobody in without signing in, and asks nobody outside", () => {
    expect(compose.services["grafana"]?.environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: "false",
      GF_USERS_ALLOW_SIGN_UP: "false",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
    });
  });
});

describe("secrets", () => {
  /** Names of settings that carry one; the value may be a path of a mounted file and nothing else. */
  const SECRET_NAME = /PASSWORD|TOKEN|SECRET|DATABASE_URL|SMTP_URL|API_?KEY/;

  test("no setting carries one: files do", () => {
    const settings = [...services, ...Object.entries(withSql.services)].flatMap(
      ([, { environment }]) => Object.entries(environment),
    );
    const secret = settings.filter(([name]) => SECRET_NAME.test(name));
    expect(secret.length).toBeGreaterThan(1);
    for (const [, value] of secret) expect(value).toMatch(/^\/run\/secrets\/[a-z-]+$/);
    const text = readRoot("compose.yaml") + readRoot("compose.sql.yaml");
    expect(text).not.toMatch(/postgres:\/\/\S*:\S*@|password=\S/i);
  });

  test("each is a file of a folder that git and the builder leave out, and somebody reads it", () => {
    const declared = { ...compose.secrets, ...withSql.secrets };
    for (const [name, { file }] of Object.entries(declared)) expect(file).toBe(`./secrets/${name}`);
    const read = [compose, withSql].flatMap((file) =>
      Object.values(file.services).flatMap(({ secrets }) => secrets),
    );
    expect(new Set(read)).toEqual(new Set(Object.keys(declared)));
    expect(readRoot(".gitignore").split("\n")).toContain("/secrets/");
    expect(readRoot(".dockerignore").split("\n")).toContain("*");
  });

  test("Alertmanager has every file that its configuration names", () => {
    const text = readRoot("dashboards/alertmanager/alertmanager.yml");
    const named = [...text.matchAll(/\/run\/secrets\/([a-z-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(compose.services["alertmanager"]?.secrets)).toEqual(new Set(named));
  });

  test("the service reads its own from a file by itself", () => {
    expect(compose.services["hatangso"]).toMatchObject({
      entrypoint: ["node", "--env-file=/run/secrets/hatangso.env", "src/cli.ts"],
      command: ["serve"],
      secrets: ["hatangso.env"],
    });
  });
});
