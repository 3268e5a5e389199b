import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveEvent } from "../../src/domain/live.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import { type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let outages: Outages;
const keys = { operator: "", reader: "", health: "", hue: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  outages = await putOutages(opened.db, await buildWorld(opened.db));
  keys.operator = await makeKey(opened.db, "operator");
  keys.reader = await makeKey(opened.db, "reader");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const PATH = "/api/v1/maintenance-windows";
const input = (change: object = {}) => ({
  title: "Nâng cấp máy chủ",
  target: { portal: "dead" },
  starts_at: "2026-11-22T20:00:00+07:00",
  duration_minutes: 90,
  ...change,
});
const send = (method: string, path: string, body?: object, key = keys.operator) =>
  app.request(`${PATH}${path}`, json(method, body, key));
const created = async (body: object, key?: string) => {
  const response = await send("POST", "", body, key);
  expect(response.status).toBe(201);
  return (await response.json()) as { id: number; next: object[] };
};
const list = async (query: string, key?: string) => {
  const response = await app.request(`${PATH}${query}`, key === undefined ? {} : { key });
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: { id: number; state: string }[] }).items;
};

describe("a maintenance window", () => {
  test("once is planned by an operator of its portal, shown to everyone, and told on the bus", async () => {
    const told: LiveEvent[] = [];
    const unsubscribe = app.live.subscribe((event) => told.push(event));
    const made = await created(input({ note: "nội bộ" }), keys.health);
    unsubscribe();
    expect(told).toEqual([{ type: "incidents", ids: [] }]);
    expect(made).toMatchObject({
      target: { type: "portal", id: "dead", name_vi: "Cổng dead" },
      state: "upcoming",
      timezone: "Asia/Ho_Chi_Minh",
      next: [{ starts_at: "2026-11-22T13:00:00.000Z", ends_at: "2026-11-22T14:30:00.000Z" }],
    });
    const [shown] = await list("?portal=dead");
    expect(shown).toMatchObject({ id: made.id, title: "Nâng cấp máy chủ" });
    expect(shown).not.toHaveProperty("note");
    expect((await list("?portal=dead", keys.reader))[0]).toMatchObject({ note: "nội bộ" });
    expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
      { action: "create", objectType: "maintenance_window", objectId: String(made.id) },
    ]);
  });

  test("that repeats shows its next five occurrences, by the clocks of its zone", async () => {
    const made = await created(
      input({ target: { agency: "ministry-yte" }, rrule: "FREQ=MONTHLY;BYDAY=-1SA" }),
    );
    expect(made.next.map((one) => Object.values(one)[0])).toEqual([
      expect.stringMatching(/^2026-11-/),
      expect.stringMatching(/^2026-12-/),
      expect.stringMatching(/^2027-01-30T13:00/),
      expect.stringMatching(/^2027-02-27T13:00/),
      expect.stringMatching(/^2027-03-27T13:00/),
    ]);
  });

  test("puts its portals into maintenance while it lasts", async () => {
    const from = new Date(app.clock.now).toISOString();
    const { id } = await created(input({ target: { province: "46" }, starts_at: from }));
    const states = async () => {
      const response = await app.request("/api/v1/portals?state=maintenance");
      return ((await response.json()) as { items: { id: string }[] }).items.map((item) => item.id);
    };
    expect(await states()).toEqual(["hue"]);
    expect((await list("?state=active")).map((row) => row.id)).toEqual([id]);
    const cancelled = await send("POST", `/${id}/cancel`, undefined, keys.hue);
    expect(await cancelled.json()).toMatchObject({ state: "cancelled", next: [] });
    expect(await states()).toEqual([]);
    expect((await send("PUT", `/${id}`, input({ target: { province: "46" } }))).status).toBe(409);
  });

  test("is changed as a whole, but not what it is for", async () => {
    const { id } = await created(input());
    const changed = await send("PUT", `/${id}`, input({ title: "Khác", duration_minutes: 30 }));
    expect(await changed.json()).toMatchObject({
      title: "Khác",
      next: [{ ends_at: "2026-11-22T13:30:00.000Z" }],
    });
    const moved = await send("PUT", `/${id}`, input({ target: { portal: "hue" } }));
    expect((await problemOf(moved)).errors?.[0]?.field).toBe("body.target");
  });

  test("is written by an operator's key for its target only", async () => {
    expect((await send("POST", "", input(), "")).status).toBe(401);
    expect((await send("POST", "", input(), keys.reader)).status).toBe(403);
    expect((await send("POST", "", input(), keys.hue)).status).toBe(403);
    expect((await send("POST", `/${outages.window}/cancel`, undefined, keys.health)).status).toBe(
      403,
    );
    expect((await send("POST", "/99999/cancel")).status).toBe(404);
    expect((await app.request(`${PATH}/99999`)).status).toBe(404);
  });

  test.each<[object, string]>([
    [{ rrule: "FREQ=SOMETIMES" }, "body.rrule"],
    [{ rrule: "FREQ=MINUTELY" }, "body.rrule"],
    [{ timezone: "Asia/Nowhere" }, "body.timezone"],
    [{ target: { portal: "nowhere" } }, "body.target.portal"],
    [{ duration_minutes: 0 }, "body.duration_minutes"],
    [{ title: "" }, "body.title"],
    [{ starts_at: "1999-01-01T00:00:00Z" }, "body.starts_at"],
    [{ surprise: 1 }, "body.surprise"],
  ])("with %j is refused, naming the field", async (wrong, field) => {
    const response = await send("POST", "", input(wrong));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toEqual([field]);
  });
});

test("the list has the latest made first, goes on where a page ended, and refuses what it does not know", async () => {
  const all = await list("");
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
  expect(all.at(-1)).toMatchObject({ id: outages.window, state: "upcoming" });
  const response = await app.request(`${PATH}?limit=1`);
  const { next_cursor: cursor } = (await response.json()) as { next_cursor: string };
  expect((await list(`?limit=1&cursor=${cursor}`)).map(({ id }) => id)).toEqual([all[1]?.id]);
  expect((await app.request(`${PATH}?surprise=1`)).status).toBe(400);
  expect((await app.request(`${PATH}?state=lost`)).status).toBe(400);
});
