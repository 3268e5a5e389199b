import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "../../src/store/database.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let operator: string;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  operator = await makeKey(opened.db, "operator");
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

/** A POST whose body has no declared length, byte by byte; resolves with the status and how much was sent. */
function sendChunked(bytes: number): Promise<{ status: number; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const outgoing = httpRequest(`${app.url}/api/v1/portals`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${operator}` },
    });
    outgoing.on("response", (incoming) => {
      incoming.resume();
      resolve({ status: incoming.statusCode ?? 0, sent });
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    const chunk = Buffer.alloc(64 * 1024, " ");
    const push = () => {
      if (sent >= bytes) outgoing.end();
      else {
        sent += chunk.length;
        outgoing.write(chunk, push);
      }
    };
    push();
  });
}

const post = (type: string | null, body: string) =>
  app.request("/api/v1/portals", {
    method: "POST",
    body: Buffer.from(body),
    key: operator,
    headers: type === null ? {} : { "Content-Type": type },
  });

describe("a request is refused", () => {
  test("with 404 where there is nothing", async () => {
    const response = await app.request("/api/v1/no-such");
    expect(response.status).toBe(404);
    await problemOf(response);
  });

  test.each([
    ["PUT", "/api/v1/portals", "GET, HEAD, POST"],
    ["POST", "/api/v1/portals/half", "GET, HEAD, PATCH, DELETE"],
    ["DELETE", "/healthz", "GET, HEAD"],
    ["OPTIONS", "/api/v1/agencies", "GET, HEAD"],
    ["GET", "/sign-out", "POST"],
  ])("with 405 for %s %s, saying what is allowed", async (method, path, allow) => {
    const response = await app.request(path, { method });
    expect(response.status).toBe(405);
    const allowed = (response.headers.get("allow") ?? "").split(", ");
    expect(allowed.toSorted()).toEqual(allow.split(", ").toSorted());
    await problemOf(response);
  });

  test("with 413 for a body above 1 MiB, whether it says its length or not", async () => {
    const large = await app.request("/api/v1/portals", {
      ...json("POST", { note: "x".repeat(1024 * 1024) }, operator),
    });
    expect(large.status).toBe(413);
    await problemOf(large);
    expect((await sendChunked(4 * 1024 * 1024)).status).toBe(413);
    expect((await sendChunked(64 * 1024)).status).toBe(400);
  });

  test("with 401 before its body is read", async () => {
    const body = "x".repeat(2 * 1024 * 1024);
    const response = await app.request("/api/v1/portals", { method: "POST", body });
    expect(response.status).toBe(401);
  });

  test("with 415 where the body is not JSON, with 400 where it only says so", async () => {
    for (const type of [
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      null,
    ]) {
      const response = await post(type, "{}");
      expect([type, response.status]).toEqual([type, 415]);
      await problemOf(response);
    }
    for (const body of ["{", "", "[]", "null"]) {
      const response = await post("application/json", body);
      expect([body, response.status]).toEqual([body, 400]);
      await problemOf(response);
    }
  });

  test("with 400 where the body is not UTF-8, instead of storing question marks", async () => {
    const latin1 = Buffer.from('{"note":"H\u00e0 N\u1ed9i"}', "latin1");
    const response = await app.request("/api/v1/portals/half", {
      method: "PATCH",
      body: latin1,
      key: operator,
      headers: { "Content-Type": "application/json" },
    });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).detail).toBe("The body is not UTF-8.");
  });

  test("with 400 for parameters that its path does not know", async () => {
    for (const path of [
      "/healthz?x=1",
      "/metrics?x=1",
      "/metrics/portals?x=1",
      "/api/v1/keys?x=1",
    ]) {
      const key = await makeKey(opened.db, "admin");
      const response = await app.request(path, { key });
      expect([path, response.status]).toEqual([path, 400]);
      const { errors } = await problemOf(response);
      expect(errors).toEqual([{ field: "query.x", detail: "is not known here" }]);
    }
  });
});

describe("every answer", () => {
  const PATHS = [
    "/",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/metrics/portals",
    "/api/v1/portals",
    "/no-such",
  ];

  test.each(PATHS)(
    "of %s carries the security headers and lets no other site read it",
    async (path) => {
      const response = await app.request(path, { headers: { Origin: "https://evil.example" } });
      const csp = response.headers.get("content-security-policy") ?? "";
      expect(csp).toContain("default-src 'none'");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toContain("unsafe");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("referrer-policy")).toBe("same-origin");
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      expect(response.headers.get("cache-control")).toBe("no-store");
      await response.body?.cancel();
    },
  );

  test.each(PATHS)("of HEAD %s has the status of GET and no body", async (path) => {
    const [head, get] = [await app.request(path, { method: "HEAD" }), await app.request(path)];
    expect(head.status).toBe(get.status);
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
    expect(await head.text()).toBe("");
    await get.body?.cancel();
  });
});

describe("while the database is lost", () => {
  test("readers get 503 with the time to wait, and the service itself answers", async () => {
    // Nothing listens there: the same error codes as a server that went away.
    const db = openPostgres("postgres://nobody@127.0.0.1:1/none");
    const lost = await startApp(db, { publicRead: "all" });
    lost.health.databaseReachable = false;
    const response = await lost.request("/api/v1/portals");
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    await problemOf(response);
    expect(lost.logged).toHaveLength(1);
    for (const path of ["/healthz", "/metrics", "/metrics/portals", "/openapi.json", "/docs"]) {
      expect([path, (await lost.request(path)).status]).toEqual([path, 200]);
    }
    expect((await lost.request("/readyz")).status).toBe(503);
    await lost.stop();
    await db.destroy();
  });
});

test("a fault of our own is 500, logged, and not told", async () => {
  const failing = await startApp(opened.db, {
    probeNow: () => Promise.reject(new Error("secret detail")),
  });
  const response = await failing.request(
    "/probe?target=https://half.example.gov.vn/&module=http_ipv4",
  );
  expect(response.status).toBe(500);
  expect(JSON.stringify(await problemOf(response))).not.toContain("secret");
  expect(failing.logged).toMatchObject([{ path: "/probe", err: { message: "secret detail" } }]);
  await failing.stop();
});
