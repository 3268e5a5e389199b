import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { fillDataFolder } from "../support/database.ts";
import {
  runCommand,
  type ServiceProcess,
  startServiceProcess,
} from "../support/service-process.ts";

/** One service on an embedded database, watching a lab with nothing registered at first. */
let folder: string;
let lab: Lab;
let service: ServiceProcess;
let env: Record<string, string>;
const INTERVAL_SECONDS = 1;
/** Longer than any stop waits for a run. */
const RUN_TIMEOUT_MS = 30_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-service-"));
  lab = await startLab({ only: ["healthy"] });
  await writeFile(join(folder, "ca.pem"), lab.caPem);
  await writeFile(join(folder, "first.csv"), csv("first", lab.portal("healthy").url));
  env = {
    DATA_DIR: join(folder, "data"),
    DNS_SERVERS: lab.dnsServer,
    NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
    PROBE_ALLOWED_NETWORKS: lab.allowedNetworks,
    PROBE_INTERVAL_SECONDS: String(INTERVAL_SECONDS),
    PROBE_TIMEOUT_MS: String(RUN_TIMEOUT_MS),
    VANTAGE_ANCHORS: lab.anchors.join(","),
    METRICS_TOKEN: "",
  };
  await fillDataFolder(env["DATA_DIR"] ?? "");
  // Registered before the first start, so that the service has no other portal to probe.
  const done = await runCommand(["portals", "import", join(folder, "first.csv")], env);
  if (done.code !== 0) throw new Error(done.stderr);
  service = await startServiceProcess(env);
}, 120_000);

afterAll(async () => {
  await service.stop();
  await lab.stop();
  await rm(folder, { recursive: true });
});

function csv(id: string, url: string): string {
  return `id,url,host,name_vi,name_en,kind,owner_type,owner_code,owner_name_vi,status,source
${id},${url},${new URL(url).hostname},Cổng thử (bịa),Made-up portal,portal,made-up,lab,Cơ quan bịa,current,made up
`;
}

async function adminKey(): Promise<string> {
  return (await readFile(join(env["DATA_DIR"] ?? "", "first-admin-key"), "utf8")).trim();
}

async function api(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${service.url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${await adminKey()}`, "content-type": "application/json" },
  });
}

/** Asks again until the answer is as wanted; the test's own time limit ends what never comes. */
async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

const metrics = async () => (await fetch(`${service.url}/metrics/portals`)).text();

test("the first admin key goes to a file of the owner where there is no terminal, and is not printed", async () => {
  const { mode } = await stat(join(env["DATA_DIR"] ?? "", "first-admin-key"));
  expect(mode & 0o777).toBe(0o600);
  expect(service.stderr()).not.toContain(await adminKey());
  expect(service.stderr()).toContain("first-admin-key");
});

test("the start text says what this place reaches and gives a link that signs in once", async () => {
  expect(service.stderr()).toMatch(/IPv4: .+\n {2}IPv6: .+\n {2}Resolver: .+/);
  const link = /Sign in as operator \(works once\): (\S+)/.exec(service.stderr())?.[1] ?? "";
  const first = await fetch(link, { redirect: "manual" });
  expect(first.headers.get("set-cookie")).toMatch(
    /HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/,
  );
  const second = await fetch(link, { redirect: "manual" });
  expect(second.headers.get("set-cookie")).toBeNull();
});

test("the metrics say which service this is, and who tells of incidents", async () => {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const url = service.url.replaceAll(".", "\\.");
  expect(text).toMatch(
    new RegExp(
      `^hatangso_info\\{version="[^"]+",public_url="${url}",told_by="channels"\\} 1$`,
      "m",
    ),
  );
  expect(text).toMatch(/^prober_interval_seconds 1$/m);
});

test("the registered portal is probed over both families and its results are stored and served", async () => {
  const text = await eventually(
    metrics,
    (body) => (body.match(/^probe_success\{.* 1$/gm) ?? []).length === 2,
  );
  expect(text).toMatch(/^portal_state\{.*portal="first".*\} 1$/m);
  const { items } = (await eventually(
    async () => (await api("/api/v1/portals/first/results")).json(),
    (body) => (body as { items: unknown[] }).items.length > 0,
  )) as { items: { outcome: string }[] };
  expect(items[0]?.outcome).toBe("ok");
});

test("a portal created by the API is probed within an interval, and a retired one's series are gone", async () => {
  const { url } = lab.portal("healthy");
  const created = await api("/api/v1/portals", {
    method: "POST",
    body: JSON.stringify({
      id: "second",
      url: new URL("/second", url).href,
      name_vi: "Cổng thứ hai (bịa)",
      kind: "portal",
      agency: "made-up-lab",
    }),
  });
  expect(created.status).toBe(201);
  await eventually(metrics, (text) => /^probe_success\{.*\/second".* 1$/m.test(text));
  expect((await api("/api/v1/portals/second", { method: "DELETE" })).ok).toBe(true);
  await eventually(metrics, (text) => !text.includes("/second"));
});

test("commands that need the database work while the service runs on the embedded one", async () => {
  const key = await runCommand(["keys", "create", "--role", "reader"], env);
  expect(key).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S{20,}\n$/) });
  const asReader = await fetch(`${service.url}/api/v1/portals`, {
    headers: { authorization: `Bearer ${key.stdout.trim()}` },
  });
  expect(asReader.status).toBe(200);

  const { url } = lab.portal("healthy");
  await writeFile(join(folder, "third.csv"), csv("third", new URL("/third", url).href));
  const imported = await runCommand(["portals", "import", join(folder, "third.csv")], env);
  expect(imported).toMatchObject({ code: 0, stderr: expect.stringContaining("1 accepted") });
  await eventually(metrics, (text) => /^probe_success\{.*\/third".* 1$/m.test(text));

  expect(await runCommand(["job", "rollup"], env)).toMatchObject({ code: 0 });
  expect(await runCommand(["migrate"], env)).toMatchObject({ code: 0 });

  const file = join(folder, "running.backup");
  expect(await runCommand(["backup", file], env)).toMatchObject({ code: 0 });
  const copy = { ...env, DATA_DIR: join(folder, "copy") };
  await fillDataFolder(copy.DATA_DIR);
  const restored = await runCommand(["restore", file], copy);
  expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining("Restored") });
}, 60_000);

test("an import with bad rows tells each by file, line, column, value and reason, and ends with 1", async () => {
  const file = join(folder, "bad.csv");
  await writeFile(file, csv("bad", "https://user:secret@bad.lab.test/"));
  const done = await runCommand(["portals", "import", file], env);
  expect(done.code).toBe(1);
  expect(done.stderr).toContain(`${file}:2 url `);
  expect(done.stderr).toContain("1 refused");
});

test("a restore under the running service is refused with one line", async () => {
  const file = join(folder, "running.backup");
  const done = await runCommand(["restore", file], env);
  expect(done).toMatchObject({ code: 2, stderr: expect.stringContaining("Stop it, restore") });
});

test("a second service on the same folder is refused with one line that names the first", async () => {
  const done = await runCommand(["serve"], { ...env, PORT: "0" });
  expect(done.code).toBe(2);
  expect(done.stderr).toMatch(
    /^hatangso: DATA_DIR .* is in use by another hatangso \(process \d+\)/,
  );
});

test("SIGTERM ends the service in good order, and what it stored is there after a new start", async () => {
  const before = (await (await api("/api/v1/portals/first/results?limit=1")).json()) as {
    items: { scheduled_at: string }[];
  };
  expect(await service.stop()).toBe(0);
  service = await startServiceProcess(env);
  const after = (await (await api("/api/v1/portals/first/results?limit=500")).json()) as {
    items: { scheduled_at: string }[];
  };
  expect(after.items.map((item) => item.scheduled_at)).toContain(before.items[0]?.scheduled_at);
}, 60_000);

test("a second signal ends the service at once, whatever it still waits for", async () => {
  await lab.setBehaviour("healthy", "tls-silent");
  const before = lab.connections("healthy").ip4;
  // A run that nobody answers is under way; a stop would wait for it.
  await eventually(
    async () => lab.connections("healthy").ip4,
    (now) => now > before,
  );
  service.signal("SIGTERM");
  await eventually(
    async () => fetch(`${service.url}/healthz`).catch(() => null),
    (answer) => answer === null,
  );
  expect(await service.stop()).toBe(143);
}, 30_000);
