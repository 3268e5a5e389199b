import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDenominators } from "../../src/importing/import-denominators.ts";
import { makeTemplate } from "../../src/importing/province-template.ts";
import { createUnitBookSource, type UnitBookSource } from "../../src/store/unit-book.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let units: UnitBookSource;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  units = createUnitBookSource(opened.db);
});
afterAll(() => opened.close());

const imported = (rows: readonly string[], given: { reason?: string; dryRun?: boolean } = {}) =>
  importDenominators(
    { db: opened.db, units, clock: () => Date.parse("2026-11-22T05:00:00Z"), timezone: "UTC" },
    { name: "hộ.csv", bytes: Buffer.from(`${rows.join("\r\n")}\r\n`) },
    {
      actor: { keyId: null, name: "test" },
      source: "Cục Thống kê",
      sourceUrl: null,
      asOf: "2026-04-01",
      reason: given.reason ?? null,
      today: "2026-11-22",
      dryRun: given.dryRun ?? false,
    },
  );
const HEADER = "Mã xã;Tên xã/phường;Tổng số hộ;Dân số";
const stored = () =>
  opened.db
    .selectFrom("coverage_denominator as d")
    .innerJoin("admin_unit as u", "u.id", "d.unit_id")
    .select(["u.code", "d.kind", "d.value", "d.source"])
    .where("d.source", "=", "Cục Thống kê")
    .orderBy("u.code")
    .orderBy("d.kind")
    .execute();

describe("a file of counts", () => {
  test("is read by the names of its columns, with numbers in Vietnamese form and faults by row", async () => {
    const rows = [
      HEADER,
      "00004;Phường Ba Đình;12.345;45.678",
      "00008;Phường Ngọc Hà;10.500;40.200",
      "00070;Phường Ba Đình;1.000;4.000",
    ];
    const outcome = await imported(rows);
    expect(outcome).toMatchObject({ refused: 1, written: { added: 4, unchanged: 0 } });
    expect(outcome.faults).toMatchObject([{ rule: "V07", row: 4, severity: "reject_row" }]);
    const source = "Cục Thống kê";
    expect(await stored()).toEqual([
      { code: "00004", kind: "households", value: 12_345, source },
      { code: "00004", kind: "population", value: 45_678, source },
      { code: "00008", kind: "households", value: 10_500, source },
      { code: "00008", kind: "population", value: 40_200, source },
    ]);
    expect(await imported(rows)).toMatchObject({ written: { added: 0, unchanged: 4 } });
  });

  test("that contradicts the register writes nothing without a reason", async () => {
    const before = await stored();
    const rows = [HEADER, "00004;Phường Ba Đình;12.346;45.678"];
    const refused = await imported(rows);
    expect(refused.problem).toMatchObject({
      kind: "wrong_counts",
      faults: [{ kind: "needs_reason" }],
    });
    expect(await stored()).toEqual(before);
    expect(await imported(rows, { reason: "Đính chính", dryRun: true })).toMatchObject({
      written: null,
    });
    expect(await imported(rows, { reason: "Đính chính" })).toMatchObject({
      written: { added: 1, unchanged: 1 },
    });
  });

  test("without a column of counts is stopped with the reason", async () => {
    const outcome = await imported(["Mã xã;Tên xã/phường", "00004;Phường Ba Đình"]);
    expect(outcome.counts).toEqual([]);
    expect(outcome.faults.at(-1)).toMatchObject({ rule: "V17", severity: "reject_file" });
  });
});

describe("the template of a province", () => {
  test("has every commune of it on that day, by the province's code of that day", async () => {
    const now = await makeTemplate(opened.db, {
      province: "24",
      asOf: "2026-09-30",
      indicators: [],
    });
    const then = await makeTemplate(opened.db, {
      province: "15",
      asOf: "2025-06-30",
      indicators: [],
    });
    expect(now).toMatchObject({ ok: true, value: { name: "coverage-24-2026-09-30.xlsx" } });
    expect(then).toMatchObject({ ok: true });
    expect(
      await makeTemplate(opened.db, { province: "06", asOf: "2026-09-30", indicators: [] }),
    ).toEqual({ ok: false, problem: { kind: "no_province" } });
  });
});
