import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
const keys = { reader: "", operator: "", hanoi: "" };
beforeAll(async () => {
  opened = await openCoverageDatabase();
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.hanoi = await makeKey(opened.db, "operator", { province: "01" });
  app = await startApp(opened.db);
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const PATH = "/api/v1/coverage/denominators";
const post = (body: object, key = keys.operator) => app.request(PATH, json("POST", body, key));
const counts = (value: number, unit = "00004") => ({
  source: "Cục Thống kê",
  as_of: "2026-04-01",
  counts: [{ unit, kind: "households", value }],
});
interface Row {
  readonly id: number;
  readonly value: number;
  readonly source: string;
  readonly revision: number;
  readonly reason: string | null;
  readonly recorded_by: string | null;
}
const items = async (query: string, key?: string) => {
  const response = await app.request(PATH + query, key === undefined ? {} : { key });
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: Row[] }).items;
};

describe("a denominator", () => {
  test("is recorded once, and corrected with a reason alone", async () => {
    expect(await (await post(counts(9000))).json()).toEqual({ added: 1, unchanged: 0 });
    expect(await (await post(counts(9000))).json()).toEqual({ added: 0, unchanged: 1 });
    const refused = await problemOf(await post(counts(9100)));
    expect(refused.errors).toEqual([
      { field: "body.counts.0.value", detail: expect.stringContaining("reason") },
    ]);
    const corrected = await post({ ...counts(9100), reason: "Đính chính của Cục." });
    expect(await corrected.json()).toEqual({ added: 1, unchanged: 0 });
    const [row] = await items("?unit=00004", keys.reader);
    expect(row).toMatchObject({
      unit: { level: "commune", code: "00004", name_vi: "Ba Đình" },
      value: 9100,
      revision: 2,
      reason: "Đính chính của Cục.",
      recorded_by: "operator for tests",
    });
    const history = await items(`/${row?.id}`);
    expect(history.map(({ value, recorded_by: by }) => [value, by])).toEqual([
      [9000, null],
      [9100, null],
    ]);
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({ action: "import", objectType: "coverage_denominator" });
  });

  test("of another source or day stands beside it", async () => {
    await post({ ...counts(8700), source: "Tỉnh" });
    await post({ ...counts(8500), as_of: "2025-12-31" });
    const all = await items("?unit=00004&kind=households");
    expect(all.map(({ value, revision }) => [value, revision])).toEqual([
      [9100, 2],
      [8700, 1],
      [8500, 1],
    ]);
    expect(await items("?unit=00004&as_of=2025-12-31")).toMatchObject([{ value: 8500 }]);
    expect(await items(`?source=${encodeURIComponent("Tỉnh")}`)).toMatchObject([{ value: 8700 }]);
    expect((await items("?province=01")).length).toBe(3);
    expect(await items("?province=46")).toEqual([]);
  });

  test("comes with others all or none", async () => {
    const body = {
      ...counts(100, "00008"),
      counts: [
        { unit: "00008", kind: "households", value: 100 },
        { unit: "00008", kind: "households", value: 101 },
        { unit: "99999", kind: "households", value: 100 },
        { unit: "00008", kind: "cats", value: 100 },
      ],
    };
    const { errors } = await problemOf(await post(body));
    expect(errors?.map(({ field }) => field)).toEqual([
      "body.counts.1.unit",
      "body.counts.2.unit",
      "body.counts.3.kind",
    ]);
    expect(await items("?unit=00008")).toEqual([]);
    expect((await post({ ...counts(1, "00008"), as_of: "2027-01-01" })).status).toBe(400);
  });

  test("is written by an operator, by a province's key for its own units", async () => {
    expect((await post(counts(1, "00008"), keys.reader)).status).toBe(403);
    expect((await app.request(PATH, json("POST", counts(1)))).status).toBe(401);
    const hue = { ...counts(1), counts: [{ unit: "46", kind: "households", value: 1 }] };
    expect((await post(hue, keys.hanoi)).status).toBe(403);
    expect((await post(counts(700, "00008"), keys.hanoi)).status).toBe(200);
    expect((await post({ ...counts(1), x: 1 })).status).toBe(400);
    expect((await post({ ...counts(-1) })).status).toBe(400);
  });

  test("is listed page by page and as CSV", async () => {
    const response = await app.request(`${PATH}?limit=2`);
    const page = (await response.json()) as { items: Row[]; next_cursor: string };
    expect(page.items).toHaveLength(2);
    expect(await items(`?limit=2&cursor=${page.next_cursor}`)).toHaveLength(2);
    const csv = await (await app.request(`${PATH}?format=csv`)).text();
    expect(csv.split("\r\n")[0]).toContain("id,unit.level,unit.code");
    expect((await app.request(`${PATH}/999999`)).status).toBe(404);
    expect((await app.request(`${PATH}?x=1`)).status).toBe(400);
  });
});
