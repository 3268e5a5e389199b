import { afterAll, beforeAll, expect, test } from "vitest";
import { roundCounts, roundsMark } from "../../../src/reports/coverage-rounds/counts.ts";
import { createRound } from "../../../src/store/coverage-rounds.ts";
import { openCoverageDatabase } from "../../support/coverage-database.ts";
import { communesOf, householdFigure, recordFigures } from "../../support/coverage-figures.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
beforeAll(async () => {
  opened = await openCoverageDatabase();
});
afterAll(() => opened.close());

const TIMEZONE = "Asia/Ho_Chi_Minh";
const counts = (now: string) =>
  roundCounts(opened.db, { now: Date.parse(now), timezone: TIMEZONE });

async function round(asOf: string, opensOn: string, dueOn: string, excused: string[] = []) {
  const made = await createRound(
    { db: opened.db, actor: { keyId: null, name: "test" } },
    {
      asOf,
      opensOn,
      dueOn,
      provinces: ["01", "04", "08"],
      excused: excused.map((province) => ({ province, reason: "Bão." })),
      indicators: [],
      note: null,
    },
    new Date("2026-01-01T00:00:00Z"),
  );
  if (!made.ok) throw new Error(`no round: ${made.problem.kind}`);
}

test("the two latest rounds that have opened tell who has sent, who is late and who has time", async () => {
  expect(await counts("2026-10-14T00:00:00Z")).toEqual([]);
  const before = await roundsMark(opened.db);
  await round("2026-03-31", "2026-04-01", "2026-04-15");
  await round("2026-06-30", "2026-07-01", "2026-07-15", ["08"]);
  await round("2026-09-30", "2026-10-01", "2026-10-15");
  expect(await roundsMark(opened.db)).not.toBe(before);
  const communes = await communesOf(opened.db, "01");
  await recordFigures(
    opened.db,
    communes.map(({ id }) => householdFigure(id)),
    { at: "2026-10-05T00:00:00Z" },
  );
  const second = { round: "2026-Q2", provinces: { received: 0, late: 2, due: 0 } };
  // The due day ends at midnight in Viet Nam, at 17:00 UTC.
  expect(await counts("2026-10-15T16:59:00Z")).toEqual([
    second,
    { round: "2026-Q3", provinces: { received: 1, late: 0, due: 2 } },
  ]);
  expect(await counts("2026-10-15T17:01:00Z")).toEqual([
    second,
    { round: "2026-Q3", provinces: { received: 1, late: 2, due: 0 } },
  ]);
});
