import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let app: AppServer;
const keys = { reader: "", operator: "", health: "", hue: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
});
beforeEach(async () => {
  app = await startApp(opened.db);
});
afterEach(() => app.stop());
afterAll(() => opened.close());

const input = (change: object = {}) => ({
  url: "https://new.example.gov.vn/",
  name_vi: "Cổng mới",
  kind: "portal",
  agency: "ministry-yte",
  ...change,
});
const create = (body: object, key = keys.operator) =>
  app.request("/api/v1/portals", json("POST", body, key));
const change = (id: string, body: object, key = keys.operator) =>
  app.request(`/api/v1/portals/${id}`, json("PATCH", body, key));
const retire = (id: string, key = keys.operator) =>
  app.request(`/api/v1/portals/${id}`, { method: "DELETE", key });

describe("writing", () => {
  test("needs a key of an operator", async () => {
    for (const [key, status] of [
      ["", 401],
      [keys.reader, 403],
    ] as const) {
      expect((await create(input(), key)).status).toBe(status);
      expect((await change("half", {}, key)).status).toBe(status);
      expect((await retire("half", key)).status).toBe(status);
    }
    expect(app.changed).toEqual([]);
  });

  test("stays inside what a key is limited to", async () => {
    expect(
      (await create(input({ agency: "province-46", province: "46" }), keys.health)).status,
    ).toBe(403);
    expect((await create(input({ province: "01" }), keys.hue)).status).toBe(403);
    expect((await create(input(), keys.hue)).status).toBe(403);
    expect((await change("hue", { note: "x" }, keys.health)).status).toBe(403);
    expect((await change("half", { agency: "province-46" }, keys.health)).status).toBe(403);
    expect((await change("hue", { province: null }, keys.hue)).status).toBe(403);
    const refused = await retire("hanoi", keys.hue);
    expect((await problemOf(refused)).detail).toBe("Your key is limited to the province 46.");
    expect((await change("half", { note: "x" }, keys.health)).status).toBe(200);
    expect((await change("hue", { note: "x" }, keys.hue)).status).toBe(200);
    expect(app.changed).toEqual(["half", "hue"]);
  });
});

describe("a new portal", () => {
  test("is registered, told to the service, and in the audit log", async () => {
    const expectation = { status: [200, "3xx"], body_text: "Xin chào", max_response_ms: 2000 };
    const response = await create(
      input({ id: "made-here", url: "https://MADE.example.gov.vn:443/x", expectation }),
    );
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe("/api/v1/portals/made-here");
    expect(await response.json()).toMatchObject({
      id: "made-here",
      url: "https://made.example.gov.vn/x",
      host: "made.example.gov.vn",
      lifecycle: "active",
      state: "unknown",
      expectation,
      families: { ip4: null, ip6: null },
    });
    expect(app.changed).toEqual(["made-here"]);
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({
      actor: "operator for tests",
      action: "create",
      objectType: "portal",
      objectId: "made-here",
      before: null,
    });
  });

  test("that exists already is a conflict that names the other", async () => {
    const response = await create(input({ url: "https://half.example.gov.vn" }));
    expect(response.status).toBe(409);
    const { errors } = await problemOf(response);
    expect(errors).toEqual([{ field: "body.url", detail: "the portal half has it" }]);
    expect((await create(input({ id: "half" }))).status).toBe(409);
    expect(app.changed).toEqual([]);
  });

  test.each([
    [{ url: "ftp://x.example" }, "body.url"],
    [{ url: "https://user:secret@x.example/" }, "body.url"],
    [{ agency: "no-such" }, "body.agency"],
    [{ province: "99" }, "body.province"],
    [{ kind: "blog" }, "body.kind"],
    [{ name_vi: " " }, "body.name_vi"],
    [{ id: "Not A Slug" }, "body.id"],
    [{ lifecycle: "merged_into" }, "body.merged_into"],
    [{ lifecycle: "merged_into", merged_into: "no-such" }, "body.merged_into"],
    [{ expectation: { body_regex: "(" } }, "body.expectation.body_regex"],
    [{ expectation: { surprise: 1 } }, "body.expectation.surprise"],
    [{ surprise: 1 }, "body.surprise"],
  ])("with %j is refused, naming the field", async (wrong, field) => {
    const response = await create(input({ url: "https://wrong.example/", ...wrong }));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });
});

describe("a change", () => {
  test("changes what it names, and what was read can be sent back", async () => {
    const before = (await (
      await app.request("/api/v1/portals/slow", { key: keys.operator })
    ).json()) as {
      expectation: object;
    };
    const response = await change("slow", {
      name_en: "Slow",
      expectation: { ...before.expectation, max_response_ms: 5000 },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: "slow",
      name_en: "Slow",
      name_vi: "Cổng slow",
      expectation: { max_response_ms: 5000 },
    });
    expect((await (await change("slow", { name_en: null })).json()) as object).toMatchObject({
      name_en: null,
    });
  });

  test("of a portal that does not exist is 404, with an unknown field 400", async () => {
    expect((await change("no-such", {})).status).toBe(404);
    const wrong = await change("slow", { id: "other" });
    expect((await problemOf(wrong)).errors?.[0]?.field).toBe("body.id");
  });
});

describe("a retired portal", () => {
  test("stays readable, and its series are gone when the answer is there", async () => {
    app.portalMetrics.setPortal({
      portal: numbers.stale,
      slug: "stale",
      url: "https://stale.example.gov.vn/",
      kind: "portal",
      ownerType: "ministry",
      counted: true,
      agency: "ministry-yte",
      province: null,
    });
    const series = async () => (await app.request("/metrics/portals")).text();
    expect(await series()).toContain("https://stale.example.gov.vn/");
    const response = await retire("stale");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      lifecycle: "retired",
      retired_at: expect.stringMatching(/Z$/),
      state: "unknown",
    });
    expect(await series()).not.toContain("https://stale.example.gov.vn/");
    expect(app.changed).toEqual(["stale"]);
    expect((await app.request("/api/v1/portals/stale")).status).toBe(200);
  });

  test("can be brought back, with its series when the answer is there", async () => {
    expect((await change("gone", { lifecycle: "active" })).status).toBe(200);
    expect(app.changed).toEqual(["gone"]);
    const back = await app.request("/api/v1/portals/gone");
    expect(await back.json()).toMatchObject({ lifecycle: "active", retired_at: null });
    const series = async () => (await app.request("/metrics/portals")).text();
    expect(await series()).toContain('portal_info{portal="gone",');
    await retire("gone");
    expect(await series()).not.toContain('portal="gone"');
    await change("gone", { lifecycle: "active" });
    expect(await series()).toContain('portal_info{portal="gone",');
  });

  test("that never was is 404", async () => {
    expect((await retire("no-such")).status).toBe(404);
  });
});
