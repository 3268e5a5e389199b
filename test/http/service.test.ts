import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { failure } from "../../src/domain/failure.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { parseExposition } from "../metrics/parse-exposition.ts";
import { buildWorld } from "../reports/world.ts";
import { result } from "../store/helpers/results.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  type AppOptions,
  type AppServer,
  makeKey,
  problemOf,
  startApp,
} from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let operator: string;
let limited: string;
let app: AppServer | undefined;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  operator = await makeKey(opened.db, "operator");
  limited = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(() => opened.close());
const start = async (options: AppOptions = {}) => (app = await startApp(opened.db, options));

const TEXT = "text/plain; version=0.0.4; charset=utf-8";

describe("health", () => {
  test("is told with the version", async () => {
    const { request } = await start();
    const response = await request("/healthz");
    expect(await response.json()).toEqual({ status: "ok", version: "0.0.0-test" });
  });

  test.each([
    [{}, 200],
    [{ spoolDepth: 12 }, 200],
    [{ databaseReachable: false, spoolDepth: 12 }, 503],
    [{ proberBeating: false }, 503],
  ])("with %j is ready with %i", async (change, status) => {
    const { request, health } = await start();
    Object.assign(health, change);
    const response = await request("/readyz");
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      ready: status === 200,
      database: { reachable: health.databaseReachable, waiting_on_disk: health.spoolDepth },
      prober: { beating: health.proberBeating },
    });
  });

  test("tells a missing family in the body, with 200", async () => {
    const { request } = await start();
    const response = await request("/readyz");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      vantage: {
        name: "local",
        missing_families: ["ip6"],
        families: { ip6: { healthy: false, why: "This place has no global IPv6 address." } },
      },
    });
  });
});

describe("metrics", () => {
  test("of the service and of the portals always say their type", async () => {
    const { request, portalMetrics } = await start();
    portalMetrics.setPortal({
      portal: 1,
      slug: "a",
      url: "https://a/",
      kind: "portal",
      ownerType: "ministry",
      counted: true,
      agency: "x",
      province: null,
    });
    for (const path of ["/metrics", "/metrics/portals"]) {
      const response = await request(path);
      expect([path, response.headers.get("content-type")]).toEqual([path, TEXT]);
      const { samples } = parseExposition(await response.text());
      expect(samples.length).toBeGreaterThan(10);
    }
  });

  test("reach a slow reader whole", async () => {
    const { request, portalMetrics } = await start();
    for (let portal = 0; portal < 1000; portal += 1) {
      const url = `https://p${portal}.example/`;
      portalMetrics.setPortal({
        portal,
        slug: `p${portal}`,
        url,
        kind: "portal",
        ownerType: "ministry",
        counted: true,
        agency: "x",
        province: null,
      });
    }
    const parts: Buffer[] = [];
    for await (const chunk of (await request("/metrics/portals")).body ?? []) {
      parts.push(Buffer.from(chunk));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { samples } = parseExposition(Buffer.concat(parts).toString());
    expect(samples.filter(({ name }) => name === "portal_state")).toHaveLength(1000);
  });
});

describe("/probe", () => {
  const HALF = "/probe?target=https://half.example.gov.vn/&module=";

  test.each([
    ["http_ipv4", "ip4", 4],
    ["http_ipv6", "ip6", 6],
  ])(
    "with module %s probes a registered portal over that family",
    async (module, family, version) => {
      const { request, probed } = await start();
      const response = await request(HALF + module);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(TEXT);
      const { samples } = parseExposition(await response.text());
      expect(samples).toContainEqual({ name: "probe_success", labels: {}, value: 1 });
      expect(samples).toContainEqual({ name: "probe_ip_protocol", labels: {}, value: version });
      expect(probed).toEqual([
        {
          target: {
            portal: numbers.half,
            slug: "half",
            url: "https://half.example.gov.vn/",
            expectation: {},
          },
          family,
        },
      ]);
    },
  );

  test("finds the portal however its URL is written, http without a scheme", async () => {
    const { request, probed } = await start();
    const response = await request(
      "/probe?target=HTTPS://Half.example.gov.vn:443&module=http_ipv4",
    );
    expect(response.status).toBe(200);
    await request("/probe?target=plain.example&module=http_ipv4", { key: operator });
    expect(probed.map(({ target }) => target.url)).toEqual([
      "https://half.example.gov.vn/",
      "http://plain.example/",
    ]);
  });

  test("goes to other URLs only for an unlimited operator", async () => {
    const { request, probed } = await start({ publicRead: "all" });
    const other = "/probe?target=https://other.example/&module=http_ipv4";
    expect((await request(other)).status).toBe(401);
    const reader = await makeKey(opened.db, "reader");
    expect((await request(other, { key: reader })).status).toBe(403);
    expect((await request(other, { key: limited })).status).toBe(403);
    expect(probed).toEqual([]);
    expect((await request(other, { key: operator })).status).toBe(200);
    expect(probed).toEqual([{ target: { url: "https://other.example/" }, family: "ip4" }]);
  });

  test.each([
    ["module=http_ipv4", "query.target", ""],
    ["target=https://half.example.gov.vn/", "query.module", "http_ipv6"],
    ["target=https://half.example.gov.vn/&module=http_2xx", "query.module", "http_ipv4"],
    ["target=https://half.example.gov.vn/&module=http_ipv4&debug=1", "query.debug", ""],
    ["target=ftp://x.example/&module=http_ipv4", "query.target", ""],
    ["target=https://a:b@x.example/&module=http_ipv4", "query.target", ""],
    ["target=%20&module=http_ipv4", "query.target", ""],
  ])("refuses %s and says what is allowed", async (query, field, allowed) => {
    const { request } = await start();
    const response = await request(`/probe?${query}`, { key: operator });
    expect(response.status).toBe(400);
    const { errors } = await problemOf(response);
    expect(errors?.[0]?.field).toBe(field);
    expect(errors?.[0]?.detail).toContain(allowed);
  });

  test("accuses nobody when it could not tell", async () => {
    const unknown = { outcome: "unknown", failure: failure("vantage_no_ipv6") } as const;
    const { request } = await start({ probeNow: async () => result(unknown) });
    const text = await (await request(`${HALF}http_ipv6`)).text();
    expect(text).not.toMatch(/^probe_success/m);
    expect(text).toContain('probe_unknown{reason="internal"} 1');
  });

  test("shares one run among those who ask while it runs and for five seconds after", async () => {
    const { request, probed, clock } = await start();
    await Promise.all([request(`${HALF}http_ipv4`), request(`${HALF}http_ipv4`)]);
    clock.now += 4999;
    await request(`${HALF}http_ipv4`);
    expect(probed).toHaveLength(1);
    clock.now += 1;
    await request(`${HALF}http_ipv4`);
    await request(`${HALF}http_ipv6`);
    expect(probed).toHaveLength(3);
  });

  test("runs ten at a time and refuses more with 429", async () => {
    const running: ((run: ProbeResult) => void)[] = [];
    const { request, probed } = await start({
      probeNow: () => new Promise((resolve) => running.push(resolve)),
    });
    const ask = (index: number) =>
      request(`/probe?target=https://t${index}.example/&module=http_ipv4`, { key: operator });
    const ten = Array.from({ length: 10 }, (_, index) => ask(index));
    await expect.poll(() => running.length).toBe(10);
    const refused = await ask(10);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    for (const resolve of running) resolve(result());
    expect((await Promise.all(ten)).map(({ status }) => status)).toEqual(Array(10).fill(200));
    const again = ask(10);
    await expect.poll(() => running.length).toBe(11);
    running.at(-1)?.(result());
    expect((await again).status).toBe(200);
    expect(probed).toHaveLength(11);
  });
});
