import { afterAll, beforeAll, expect, test } from "vitest";
import { rollUp } from "../../src/store/rollup.ts";
import { buildWorld, START, VIEW } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  const settings = {
    reportTimezone: "Asia/Ho_Chi_Minh",
    probeIntervalMs: VIEW.intervalMs,
    retentionRawDays: 14,
  };
  await rollUp(opened.db, settings, START + 3_600_000);
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const get = (query: string, init = {}) => app.request(`/api/v1/availability${query}`, init);
const items = async (query: string) => {
  const response = await get(query);
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: { id: string; ratio: number | null }[] }).items;
};

test("portals have theirs per day, by id, for everyone who may read", async () => {
  const rows = await items("");
  expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted());
  expect(rows.find(({ id }) => id === "hanoi")).toMatchObject({
    start: "2026-11-22",
    up: 6,
    down: 0,
    ratio: 1,
  });
  expect(rows.find(({ id }) => id === "half")).toMatchObject({ up: 3, down: 3, ratio: 0.5 });
  expect(rows.find(({ id }) => id === "dead")).toMatchObject({ up: 0, down: 6, ratio: 0 });
  // Hue publishes no IPv6, which is no fault of it.
  expect(rows.find(({ id }) => id === "hue")).toMatchObject({ up: 3, down: 0, ratio: 1 });
});

test("agencies have theirs per month and quarter, over one family where that is asked", async () => {
  const [month] = await items("?by=agency&span=month&agency=province-01&family=ip6");
  expect(month).toMatchObject({ start: "2026-11-01", id: "province-01", up: 3, ratio: 1 });
  expect(await items("?by=agency&span=quarter&province=46")).toMatchObject([
    { start: "2026-10-01", id: "province-46", up: 3 },
  ]);
});

test("a page ends where the next one begins, and periods outside what is asked are left out", async () => {
  const all = (await items("")).map(({ id }) => id);
  const first = (await (await get("?limit=3")).json()) as { next_cursor: string };
  const next = await items(`?limit=100&cursor=${first.next_cursor}`);
  expect(next.map(({ id }) => id)).toEqual(all.slice(3));
  expect(await items("?to=2026-11-22")).toEqual([]);
  expect(await items("?from=2026-11-23")).toEqual([]);
  expect((await items("?span=quarter&from=2026-12-31&portal=dead")).length).toBe(1);
});

test("it comes as CSV and XLSX too", async () => {
  const csv = await (await get("?portal=dead&format=csv")).text();
  expect(csv).toContain("start,id,name_vi,days,slots,up,down,unknown,maintenance,ratio");
  expect(csv).toContain("2026-11-22,dead,");
  const sheet = await get("?by=agency&format=xlsx");
  expect(sheet.headers.get("content-disposition")).toContain("availability-agency-day.xlsx");
  expect(
    Buffer.from(await sheet.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
});

test.each(["?surprise=1", "?span=year", "?by=province", "?from=2026-02-30", "?family=ip5"])(
  "%s is refused",
  async (query) => {
    expect((await get(query)).status).toBe(400);
  },
);

test("nobody without a key has it where reading needs one", async () => {
  const closed = await startApp(opened.db, { publicRead: "none" });
  expect((await closed.request("/api/v1/availability")).status).toBe(401);
  await closed.stop();
});
