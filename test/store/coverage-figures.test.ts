import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type NewFigure, sameValue } from "../../src/domain/coverage/figure.ts";
import { addFigures, recordedFigures } from "../../src/store/coverage-figures.ts";
import { lockCoverage } from "../../src/store/coverage-lock.ts";
import type { Database } from "../../src/store/database.ts";
import { submittedFile } from "../../src/store/submission-files.ts";
import { addSubmission, submittedFaults } from "../../src/store/submissions.ts";
import { openTestDatabase } from "../support/database.ts";
import { figure, putSmallRegister, type SmallRegister, submission } from "./helpers/coverage.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let db: Database;
let units: SmallRegister;
beforeAll(async () => {
  opened = await openTestDatabase();
  db = opened.db;
  units = await putSmallRegister(db);
});
afterAll(() => opened.close());
let year = 2000;
// Figures can't be taken away again: each test has days of its own.
beforeEach(() => void (year += 1));
const day = (monthDay = "09-30") => `${year}-${monthDay}`;

const add = (figures: readonly NewFigure[], reason: string | null = null, at = "2025-10-05") =>
  db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const submissionId = await addSubmission(trx, submission());
    return addFigures(trx, figures, { submissionId, reason, recordedAt: new Date(at) });
  });
const stored = () =>
  db.selectFrom("coverage_figure").selectAll().where("as_of", "=", day()).orderBy("id").execute();

describe("a figure", () => {
  test("is added once, and the same again changes nothing", async () => {
    const given = [figure(units.baDinh, { asOf: day(), note: "theo báo cáo", sheet: "Sheet 1" })];
    expect(await add(given)).toBe(1);
    expect(await add(given, "again")).toBe(0);
    expect(await stored()).toMatchObject([
      {
        unit_id: units.baDinh,
        numerator: 80,
        denominator: 100,
        revision: 1,
        supersedes: null,
        reason: null,
        note: "theo báo cáo",
        sheet: "Sheet 1",
        row_number: 2,
      },
    ]);
  });

  test("that is corrected is a new revision with a reason, beside what it was", async () => {
    await add([figure(units.baDinh, { asOf: day() })]);
    const change = { asOf: day(), numerator: 90, row: 7 };
    await expect(add([figure(units.baDinh, change)])).rejects.toThrow(/check/);
    expect(await add([figure(units.baDinh, change)], "đếm lại")).toBe(1);
    const [first, second] = await stored();
    expect(first).toMatchObject({ revision: 1, numerator: 80 });
    expect(second).toMatchObject({
      revision: 2,
      numerator: 90,
      supersedes: first?.id,
      reason: "đếm lại",
    });
  });

  test("is never changed and never taken away", async () => {
    await add([figure(units.baDinh, { asOf: day() })]);
    const only = /only ever added/;
    await expect(
      db.updateTable("coverage_figure").set({ numerator: 1 }).where("as_of", "=", day()).execute(),
    ).rejects.toThrow(only);
    await expect(
      db.deleteFrom("coverage_figure").where("as_of", "=", day()).execute(),
    ).rejects.toThrow(only);
    expect(await stored()).toMatchObject([{ numerator: 80 }]);
  });

  test("of a day is what it was known as on a later one", async () => {
    for (const [at, numerator] of [
      ["2026-01-10", 80],
      ["2026-02-10", 85],
      ["2026-03-10", 70],
    ] as const) {
      await add([figure(units.baDinh, { asOf: day(), numerator })], "sửa", at);
    }
    const knownOn = async (at: string) => {
      const row = await db
        .selectFrom("coverage_figure")
        .select("numerator")
        .where("as_of", "=", day())
        .where("recorded_at", "<=", new Date(at))
        .orderBy("revision", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.numerator ?? null;
    };
    expect(await knownOn("2026-01-01")).toBeNull();
    expect(await knownOn("2026-01-31")).toBe(80);
    expect(await knownOn("2026-02-28")).toBe(85);
    expect(await knownOn("2026-03-31")).toBe(70);
  });

  test.each([
    [{ numerator: 101 }],
    [{ numerator: -1 }],
    [{ denominator: 0, numerator: 0 }],
    [{ status: "not_collected" as const }],
    [{ denominatorSource: null }],
    [{ numerator: null, denominator: null, denominatorSource: null, statedRatio: 1.2 }],
    [{ source: "nobody" }],
    [{ indicatorVersion: 9 }],
  ])("with %j is refused by the database itself", async (wrong) => {
    await expect(add([figure(units.baDinh, { asOf: day(), ...wrong })])).rejects.toThrow(
      /violates/,
    );
    expect(await stored()).toEqual([]);
  });
});

describe("looking up", () => {
  test("gives the present revision and the last one before that day, of this series alone", async () => {
    const key = figure(units.hoanKiem, { asOf: day() });
    await add([
      figure(units.hoanKiem, { asOf: day("03-31"), numerator: 60 }),
      figure(units.hoanKiem, { asOf: day("06-30"), numerator: 70 }),
      figure(units.hoanKiem, { asOf: day("06-30"), numerator: 1, basis: "measured" }),
      figure(units.baDinh, { asOf: day("06-30"), numerator: 2 }),
      figure(units.hoanKiem, { asOf: day("12-31"), numerator: 99 }),
      key,
    ]);
    await add([figure(units.hoanKiem, { asOf: day("06-30"), numerator: 71 })], "sửa");
    const found = await recordedFigures(db, [key, figure(units.hoanKiem, { asOf: "1999-12-31" })]);
    expect(found.current(key)).toMatchObject({ revision: 1, numerator: 80, asOf: day() });
    expect(found.before(key)).toMatchObject({ revision: 2, numerator: 71, asOf: day("06-30") });
    const other = figure(units.hoanKiem, { asOf: "1999-12-31" });
    expect([found.current(other), found.before(other)]).toEqual([null, null]);
  });

  test("finds again whatever was written", async () => {
    const value = fc.oneof(
      fc
        .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 2_000_000_000 }))
        .map(([one, other]) => ({
          numerator: Math.min(one, other),
          denominator: Math.max(one, other),
          denominatorSource: "report",
        })),
      fc.nat(10_000).map((part) => ({
        numerator: null,
        denominator: null,
        denominatorSource: null,
        statedRatio: part / 10_000,
      })),
      fc.constantFrom("suppressed" as const, "not_collected" as const).map((status) => ({
        status,
        numerator: null,
        denominator: null,
        denominatorSource: null,
      })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (values) => {
        year += 1;
        for (const each of values) {
          const given = figure(units.baDinh, { asOf: day(), ...each });
          await add([given], "sửa");
          const found = (await recordedFigures(db, [given])).current(given);
          expect(found !== null && sameValue(found, given)).toBe(true);
        }
      }),
      { numRuns: 5 },
    );
  });
});

describe("a submission", () => {
  test("is kept with its file byte by byte and its faults in order", async () => {
    const fault = {
      sheet: "Trang\u0000 1",
      row: 3,
      column: "Số hộ",
      value: "abc",
      rule: "V02",
      severity: "reject_row",
      detail: { code: "not_a_number", told: "\uD800" },
    } as const;
    const id = await addSubmission(
      db,
      submission({ faults: [fault, { ...fault, row: 4 }], faultCount: 2 }),
    );
    expect(await submittedFile(db, id)).toMatchObject({ name: "báo cáo.csv" });
    expect([...((await submittedFile(db, id))?.bytes ?? [])]).toEqual([1, 0, 255]);
    expect(await submittedFaults(db, id)).toMatchObject([
      { row: 3, column: "Số hộ", detail: { code: "not_a_number" } },
      { row: 4 },
    ]);
    expect(await submittedFile(db, 1e9)).toBeNull();
  });
});
