import { afterAll, beforeAll, expect, test } from "vitest";
import { editionSums } from "../../../src/reports/coverage-releases/edition-sums.ts";
import { listReleases } from "../../../src/reports/coverage-releases/list.ts";
import { releaseSums } from "../../../src/reports/coverage-releases/sums.ts";
import { publishRelease } from "../../../src/store/coverage-releases.ts";
import type { Database } from "../../../src/store/database.ts";
import { openCoverageDatabase } from "../../support/coverage-database.ts";
import { communesOf, householdFigure, recordFigures } from "../../support/coverage-figures.ts";
import { viewRows } from "./view-rows.ts";

const INDICATOR = "fibre_hh_passed";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
  const [first, second] = await communesOf(db, "46");
  if (!first || !second) throw new Error("no communes");
  await recordFigures(db, [
    householdFigure(first.id, { asOf: "2026-06-30" }),
    householdFigure(second.id, { asOf: "2026-06-30" }),
  ]);
  await publish("2026-06-30");
  await recordFigures(db, [householdFigure(first.id), householdFigure(second.id)]);
  await recordFigures(db, [householdFigure(first.id, { numerator: 60 })], {
    reason: "đếm lại",
    at: "2026-10-20T00:00:00Z",
  });
  await publish("2026-09-30");
});
afterAll(() => close());

async function publish(asOf: string): Promise<void> {
  const request = {
    asOf,
    noteVi: null,
    noteEn: null,
    breaks: [{ indicator: INDICATOR, noteVi: "đổi cách đếm", noteEn: "counted otherwise" }],
    licence: "https://example.test/licence",
    despiteHeld: false,
  };
  const context = { db, actor: { keyId: null, name: "publisher" } };
  const made = await publishRelease(
    context,
    { ...request, breaks: asOf === "2026-06-30" ? [] : request.breaks },
    editionSums,
    { now: new Date("2027-02-01T03:00:00Z"), today: "2027-02-01" },
  );
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
}

test("the releases of the views are the report's", async () => {
  const { rows } = await listReleases(db, { limit: 10, after: null });
  const told = await viewRows(db, "release", "order by as_of desc");
  expect(told).toEqual(
    rows.map((row) => ({
      release: row.code,
      as_of: row.as_of,
      published_at: new Date(row.published_at),
      figures: row.figures,
      licence: row.licence,
      sha256: row.sha256,
      note_vi: row.note_vi,
      note_en: row.note_en,
      breaks: row.breaks.map(({ indicator }) => indicator).join(", ") || null,
      made_up: row.made_up,
    })),
  );
});

test("the sums of a release are those that were frozen with it, and say where they do not compare", async () => {
  const { id } = await db
    .selectFrom("coverage_release")
    .select("id")
    .where("code", "=", "2026-Q3")
    .executeTakeFirstOrThrow();
  const frozen = await releaseSums(db, id, {});
  const told = await viewRows(db, "release_sum", "where release = '2026-Q3' order by level, unit");
  expect(
    told.map((row) => [
      row["level"],
      row["unit"],
      row["numerator"],
      row["denominator"],
      row["ratio"],
      row["lower"],
      row["upper"],
      row["bounds"],
      row["reported_communes"],
      row["expected_communes"],
    ]),
  ).toEqual(
    frozen.map((sum) => [
      sum.unit.level,
      sum.unit.code,
      sum.numerator,
      sum.denominator,
      sum.ratio,
      sum.lower,
      sum.upper,
      sum.bounds,
      sum.reported_communes,
      sum.expected_communes,
    ]),
  );
  expect(told.every((row) => row["break_before"] === true)).toBe(true);
  expect(told.length).toBeGreaterThan(30);
});

test("a correction stands with what was there before, its reason and the share of both", async () => {
  expect(await viewRows(db, "figure_revision")).toMatchObject([
    {
      indicator: INDICATOR,
      as_of: "2026-09-30",
      province: "46",
      level: "commune",
      revision: 2,
      status: "present",
      numerator_before: 80,
      numerator: 60,
      ratio_before: 0.8,
      ratio: 0.6,
      reason: "đếm lại",
      recorded_at: new Date("2026-10-20T00:00:00Z"),
    },
  ]);
});
