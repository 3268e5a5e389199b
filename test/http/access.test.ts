import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  type AppOptions,
  type AppServer,
  json,
  makeKey,
  problemOf,
  startApp,
} from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
const keys = { reader: "", operator: "", admin: "", health: "", hue: "", limitedAdmin: "" };
let app: AppServer | undefined;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  for (const role of ["reader", "operator", "admin"] as const) {
    keys[role] = await makeKey(opened.db, role);
  }
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
  keys.limitedAdmin = await makeKey(opened.db, "admin", { agency: "ministry-yte" });
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(() => opened.close());

const attempts = async (server: AppServer, count: number) => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) {
    statuses.push((await server.request("/api/v1/agencies", { key: `wrong-${index}` })).status);
  }
  return statuses;
};
const signInAt = async (server: AppServer, headers: Record<string, string> = {}) => {
  const response = await server.request(`/sign-in?token=${server.signIn.issue()}`, { headers });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
  return response.headers.get("set-cookie") ?? "";
};
const cookieOf = (header: string) => header.slice(0, header.indexOf(";"));
const start = async (options: AppOptions = {}) => (app = await startApp(opened.db, options));
type Body = Record<string, unknown> & { items: Record<string, unknown>[] };
const bodyOf = async (response: Promise<Response>) => (await (await response).json()) as Body;

const READS = [
  "/api/v1/portals",
  "/api/v1/portals/half",
  "/api/v1/portals/half/results",
  "/api/v1/portals/half/latency",
  "/api/v1/agencies",
  "/api/v1/provinces",
  "/api/v1/communes",
  "/api/v1/vantage-points",
  "/openapi.json",
  "/docs",
  "/",
];
const METRICS = [
  "/metrics",
  "/metrics/portals",
  "/probe?target=https://half.example.gov.vn/&module=http_ipv4",
];
const OPEN = ["/healthz", "/readyz", "/assets/style.css"];

describe("PUBLIC_READ=none", () => {
  test("opens only health, readiness and sign-in without a key", async () => {
    const { request } = await start({ publicRead: "none" });
    for (const path of OPEN) expect([path, (await request(path)).status]).toEqual([path, 200]);
    expect((await request("/sign-in")).status).toBe(200);
    for (const path of [...READS, ...METRICS, "/no-such"]) {
      const response = await request(path);
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get("www-authenticate")).toBe('Bearer realm="hatangso"');
    }
  });

  test("opens everything that is read to a reader's key", async () => {
    const { request } = await start({ publicRead: "none" });
    for (const path of [...READS, ...METRICS]) {
      const { status } = await request(path, { key: keys.reader });
      expect([path, status]).toEqual([path, 200]);
    }
  });

  test("tells people with a browser how to sign in", async () => {
    const { request } = await start({ publicRead: "none" });
    const response = await request("/", { headers: { Accept: "text/html" } });
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(await response.text()).toContain("sign-in link");
  });
});

describe.each(["summary", "all"] as const)("PUBLIC_READ=%s", (publicRead) => {
  test("opens lists, states and failure kinds to everyone", async () => {
    const { request } = await start({ publicRead });
    for (const path of [...READS, ...METRICS]) {
      expect([path, (await request(path)).status]).toEqual([path, 200]);
    }
    const { items } = await bodyOf(request("/api/v1/portals/half/results?outcome=fail"));
    expect(items[0]).toMatchObject({ failure: { kind: "connect_refused" } });
  });

  test("keeps administration for keys", async () => {
    const { request } = await start({ publicRead });
    for (const path of ["/api/v1/keys", "/api/v1/audit-log", "/api/v1/job-runs"]) {
      expect([path, (await request(path)).status]).toEqual([path, 401]);
      expect([path, (await request(path, { key: keys.reader })).status]).toEqual([path, 403]);
    }
    for (const path of ["/api/v1/audit-log", "/api/v1/job-runs"]) {
      expect((await request(path, { key: keys.operator })).status).toBe(200);
    }
    expect((await request("/api/v1/keys", { key: keys.operator })).status).toBe(403);
    expect((await request("/api/v1/keys", { key: keys.admin })).status).toBe(200);
  });

  test("keeps what is not divided by agency from keys that are limited", async () => {
    const { request } = await start({ publicRead });
    for (const path of ["/api/v1/keys", "/api/v1/audit-log", "/api/v1/job-runs"]) {
      const response = await request(path, { key: keys.limitedAdmin });
      expect([path, response.status]).toEqual([path, 403]);
      expect((await problemOf(response)).detail).toContain("not limited");
    }
  });
});

/** Whether a viewer sees addresses and evidence of `half` (Ministry of Health) and of `hue`. */
const SIGHT: ["none" | "summary" | "all", keyof typeof keys | null, boolean, boolean][] = [
  ["summary", null, false, false],
  ["summary", "reader", true, true],
  ["summary", "health", true, false],
  ["summary", "hue", false, true],
  ["none", "reader", true, true],
  ["none", "hue", false, true],
  ["all", null, true, true],
  ["all", "hue", true, true],
];

test.each(SIGHT)(
  "with PUBLIC_READ=%s, the key %s sees details of its own: health %s, Huế %s",
  async (publicRead, who, health, hue) => {
    const { request } = await start({ publicRead });
    const as = who ? { key: keys[who] } : {};
    for (const [portal, sees] of [
      ["half", health],
      ["hue", hue],
    ] as const) {
      const one = await bodyOf(request(`/api/v1/portals/${portal}`, as));
      expect("addresses" in one).toBe(sees);
      const { items } = await bodyOf(request(`/api/v1/portals/${portal}/results`, as));
      expect("address" in (items[0] ?? {})).toBe(sees);
      expect("evidence" in (items[0] ?? {})).toBe(sees);
      const csv = await (await request(`/api/v1/portals/${portal}/results?format=csv`, as)).text();
      expect(/^[^\r]*,address\r/.test(csv)).toBe(sees);
    }
    const points = await bodyOf(request("/api/v1/vantage-points", as));
    const [own] = points.items as { families: { ip4: object } }[];
    expect("source_address" in (own?.families.ip4 ?? {})).toBe(
      publicRead === "all" || who !== null,
    );
  },
);

describe("a key", () => {
  test("that is wrong is refused with 401 also where none is needed", async () => {
    const { request } = await start({ publicRead: "all" });
    for (const Authorization of ["Bearer wrong", "Bearer", "Basic dXNlcjpwYXNz", "Bearer a b"]) {
      const response = await request("/api/v1/agencies", { headers: { Authorization } });
      expect([Authorization, response.status]).toEqual([Authorization, 401]);
    }
  });

  test("stops working when it is revoked", async () => {
    const { request } = await start();
    const made = await bodyOf(
      request("/api/v1/keys", json("POST", { label: "short", role: "reader" }, keys.admin)),
    );
    const key = String(made["key"]);
    expect((await request("/api/v1/agencies", { key })).status).toBe(200);
    const gone = await request(`/api/v1/keys/${Number(made["id"])}`, {
      method: "DELETE",
      key: keys.admin,
    });
    expect(gone.status).toBe(200);
    expect((await request("/api/v1/agencies", { key })).status).toBe(401);
  });

  test("is shown once, and its making and end are in the audit log without it", async () => {
    const { request } = await start();
    const input = { label: "for Huế", role: "operator", province: "46" };
    const response = await request("/api/v1/keys", json("POST", input, keys.admin));
    expect(response.status).toBe(201);
    const { key, ...record } = (await response.json()) as Record<string, unknown>;
    expect(record).toMatchObject({ ...input, agency: null, revoked_at: null });
    const list = await (await request("/api/v1/keys", { key: keys.admin })).text();
    expect(list).toContain(String(record["prefix"]));
    expect(list).not.toContain(String(key));
    await request(`/api/v1/keys/${Number(record["id"])}`, { method: "DELETE", key: keys.admin });
    const log = await (await request("/api/v1/audit-log", { key: keys.admin })).text();
    expect(log).not.toContain(String(key));
    const entries = await listAudit(opened.db, { limit: 2 });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ["revoke", "admin for tests"],
      ["create", "admin for tests"],
    ]);
  });

  test.each([
    [{ label: "x" }, "body.role"],
    [{ label: "x", role: "king" }, "body.role"],
    [{ label: "", role: "reader" }, "body.label"],
    [{ label: "x", role: "reader", agency: "no-such" }, "body.agency"],
    [{ label: "x", role: "reader", province: "99" }, "body.province"],
    [{ label: "x", role: "reader", agency: "ministry-yte", province: "01" }, "body.province"],
    [{ label: "x", role: "reader", more: 1 }, "body.more"],
  ])("is not made from %j", async (input, field) => {
    const { request } = await start();
    const response = await request("/api/v1/keys", json("POST", input, keys.admin));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });

  test("that does not exist cannot be revoked", async () => {
    const { request } = await start();
    const revoke = (id: string) =>
      request(`/api/v1/keys/${id}`, { method: "DELETE", key: keys.admin });
    expect((await revoke("999999")).status).toBe(404);
    expect((await revoke("x")).status).toBe(400);
  });
});

describe("wrong keys", () => {
  test("are limited per address: after ten, 429 with the time to wait", async () => {
    const server = await start();
    expect(await attempts(server, 11)).toEqual([...Array<number>(10).fill(401), 429]);
    const response = await server.request("/api/v1/agencies", { key: "wrong-again" });
    expect(response.status).toBe(429);
    const wait = Number(response.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    await problemOf(response);
  });

  test("do not shut out a right key that was used before, nor readers without one", async () => {
    const server = await start();
    const first = await server.request("/api/v1/agencies", { key: keys.reader });
    expect(first.status).toBe(200);
    await attempts(server, 11);
    expect((await server.request("/api/v1/agencies", { key: keys.reader })).status).toBe(200);
    expect((await server.request("/api/v1/agencies")).status).toBe(200);
    expect((await server.request("/api/v1/agencies", { key: keys.operator })).status).toBe(429);
  });

  test("as sign-in tokens count as well", async () => {
    const server = await start();
    for (let index = 0; index < 10; index += 1) {
      expect((await server.request(`/sign-in?token=wrong-${index}`)).status).toBe(403);
    }
    expect((await server.request("/sign-in?token=wrong")).status).toBe(429);
  });
});

describe("METRICS_TOKEN", () => {
  const metricsToken = "a-token-for-metrics";

  test("guards the metrics and opens nothing else", async () => {
    const { request } = await start({ metricsToken, publicRead: "none" });
    for (const path of METRICS) {
      expect([path, (await request(path)).status]).toEqual([path, 401]);
      expect([path, (await request(path, { key: "another-token" })).status]).toEqual([path, 401]);
      expect([path, (await request(path, { key: metricsToken })).status]).toEqual([path, 200]);
      expect([path, (await request(path, { key: keys.reader })).status]).toEqual([path, 200]);
    }
    expect((await request("/api/v1/agencies", { key: metricsToken })).status).toBe(401);
    expect((await request("/api/v1/audit-log", { key: metricsToken })).status).toBe(401);
  });

  test("is not to be guessed: wrong ones are limited, and the right one keeps working", async () => {
    const server = await start({ metricsToken });
    expect((await server.request("/metrics", { key: metricsToken })).status).toBe(200);
    await attempts(server, 11);
    expect((await server.request("/metrics", { key: metricsToken })).status).toBe(200);
    const fresh = await startApp(opened.db, { metricsToken });
    await attempts(fresh, 11);
    expect((await fresh.request("/metrics", { key: metricsToken })).status).toBe(429);
    await fresh.stop();
  });

  test("guards them also where everything else is public", async () => {
    const { request } = await start({ metricsToken, publicRead: "all" });
    expect((await request("/metrics")).status).toBe(401);
    expect((await request("/api/v1/agencies")).status).toBe(200);
  });
});

describe("the sign-in link", () => {
  test("opens a session once, in a cookie that scripts and other sites cannot use", async () => {
    const server = await start();
    const token = server.signIn.issue();
    const first = await server.request(`/sign-in?token=${token}`);
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/; Max-Age=43200/);
    expect(cookie).not.toMatch(/Secure/);
    const second = await server.request(`/sign-in?token=${token}`);
    expect(second.status).toBe(403);
    expect(await second.text()).toContain("Restart the service");
    expect(await signInAt(server, { "X-Forwarded-Proto": "https" })).toMatch(/; Secure/);
  });

  test("is not used up by a program that only looks", async () => {
    const server = await start();
    const token = server.signIn.issue();
    expect((await server.request(`/sign-in?token=${token}`, { method: "HEAD" })).status).toBe(204);
    expect((await server.request(`/sign-in?token=${token}`)).status).toBe(303);
  });

  test("makes an operator, who may write from our own pages and from nowhere else", async () => {
    const server = await start({ publicRead: "none" });
    const Cookie = cookieOf(await signInAt(server));
    expect((await server.request("/api/v1/audit-log", { headers: { Cookie } })).status).toBe(200);
    expect((await server.request("/api/v1/keys", { headers: { Cookie } })).status).toBe(403);
    const write = (headers: Record<string, string>) => {
      const init = json("PATCH", { note: "seen" });
      return server.request("/api/v1/portals/half", {
        ...init,
        headers: { ...(init.headers as object), Cookie, ...headers },
      });
    };
    expect((await write({})).status).toBe(403);
    expect((await write({ Origin: "https://evil.example" })).status).toBe(403);
    expect((await write({ Origin: server.url })).status).toBe(200);
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({ actor: "signed-in operator", keyId: null, action: "change" });
  });

  test("and its session grow old after twelve hours", async () => {
    const server = await start({ publicRead: "none" });
    const late = server.signIn.issue();
    const Cookie = cookieOf(await signInAt(server));
    const status = async () => (await server.request("/", { headers: { Cookie } })).status;
    server.clock.now += 12 * 3_600_000 - 1;
    expect(await status()).toBe(200);
    server.clock.now += 1;
    expect(await status()).toBe(401);
    expect((await server.request(`/sign-in?token=${late}`)).status).toBe(403);
  });

  test("can be left again, from our own pages alone", async () => {
    const server = await start({ publicRead: "none" });
    const Cookie = cookieOf(await signInAt(server));
    const leave = (headers: Record<string, string>) =>
      server.request("/sign-out", { method: "POST", headers: { Cookie, ...headers } });
    const strangers: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: server.url, "Sec-Fetch-Site": "cross-site" },
      { Origin: "null" },
      {},
    ];
    for (const foreign of strangers) {
      const refused = await leave(foreign);
      expect([refused.status, refused.headers.get("set-cookie")]).toEqual([403, null]);
    }
    expect((await server.request("/", { headers: { Cookie } })).status).toBe(200);
    const left = await leave({ Origin: server.url });
    expect([left.status, left.headers.get("location")]).toEqual([303, "/"]);
    expect((await server.request("/", { headers: { Cookie } })).status).toBe(401);
  });
});
