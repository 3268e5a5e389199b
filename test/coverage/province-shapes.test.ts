import { afterAll, assert, beforeAll, describe, expect, test } from "vitest";
import type {
  ImportSettings,
  Judged,
  JudgedRow,
  Register,
  UploadedFile,
} from "../../src/coverage/contract.ts";
import { judge } from "../../src/coverage/rules/index.ts";
import { understand } from "../../src/coverage/understand/index.ts";
import { annotatedCopy } from "../../src/coverage/write/annotated-copy.ts";
import type { ImportFault } from "../../src/domain/coverage/import-fault.ts";
import { loadDenominatorKinds, loadIndicators } from "../../src/store/coverage-register.ts";
import { loadUnitBook } from "../../src/store/unit-book.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import {
  type CommuneReport,
  communeReports,
  oldReports,
  provinceFile,
  type Shape,
} from "../support/province-files.ts";
import { codeOf, opened } from "./read/open.ts";

const AS_OF = "2026-09-30";

let register: Register;
let reports: CommuneReport[];
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await openCoverageDatabase();
  close = database.close;
  register = {
    units: await loadUnitBook(database.db),
    indicators: await loadIndicators(database.db),
    denominatorKinds: await loadDenominatorKinds(database.db),
    operators: [],
  };
  reports = await communeReports("04");
}, 60_000);

afterAll(() => close());

async function judged(shape: Shape, settings: Partial<ImportSettings> = {}): Promise<Judged> {
  return judgedFile(await provinceFile(shape, reports, AS_OF), settings);
}

async function judgedFile(
  uploaded: UploadedFile,
  settings: Partial<ImportSettings> = {},
): Promise<Judged> {
  const file = await opened(uploaded.name, uploaded.bytes);
  const stated: ImportSettings = {
    source: "so-kh-cn",
    asOf: AS_OF,
    unitsDay: null,
    basis: "reported",
    operator: "all",
    reason: null,
    onlyProvince: null,
    today: "2026-11-22",
    ...settings,
  };
  const understood = await understand(file, register, stated);
  assert(understood.ok, JSON.stringify(understood));
  const nothing = { current: () => null, before: () => null };
  return judge(understood.value, register, stated, async () => nothing);
}

/** `code indicator numerator/denominator` of all figures, in order. */
async function figures(file: Judged): Promise<string[]> {
  assert(!file.refused, JSON.stringify(file));
  const rows: JudgedRow[] = [];
  for await (const row of file.rows()) rows.push(row);
  expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => "accepted"));
  return rows
    .flatMap(({ unit, figures: of }) =>
      of.map((each) => `${unit?.code} ${each.indicator} ${each.numerator}/${each.denominator}`),
    )
    .toSorted();
}

function expected(): string[] {
  return reports
    .flatMap(({ code, counts }) => [
      `${code} fibre_hh_passed ${counts.fibre_hh_passed}/${counts.households}`,
      `${code} pop_4g ${counts.pop_4g}/${counts.population}`,
      `${code} pop_5g ${counts.pop_5g}/${counts.population}`,
    ])
    .toSorted();
}

test("a copy with its faults marked comes in again, its summary and words passed over", async () => {
  const uploaded = await provinceFile("clean", reports, AS_OF);
  const faults: ImportFault[] = [2, 3, 9].map((row) => ({
    sheet: "Số liệu",
    row,
    column: "Mã xã",
    value: null,
    rule: "V18",
    severity: "warn",
    detail: { code: "hidden_rows", rows: 1, columns: 0 },
  }));
  const copy = await annotatedCopy(await opened(uploaded.name, uploaded.bytes), faults);
  expect(await figures(await judgedFile({ name: "a.xlsx", bytes: copy }))).toEqual(expected());
});

describe("the same figures of a province", () => {
  test.each<Shape>(["clean", "two_headers", "numeric_codes", "windows_1258"])(
    "come out of the %s shape",
    async (shape) => {
      expect(await figures(await judged(shape))).toEqual(expected());
    },
  );

  test("by districts of the old system are stopped by the vintage test", async () => {
    const file = await judged("old_districts");
    assert(file.refused);
    expect(file.faults.filter(({ severity }) => severity === "reject_file").map(codeOf)).toEqual([
      expect.stringMatching(/^V08\./),
    ]);
  });

  test("by districts of the old system come in with the vintage stated, and add up to the same", async () => {
    const old = await figures(await judged("old_districts", { unitsDay: "2025-06-30" }));
    expect(old).toHaveLength(reports.flatMap(oldReports).length * 3);
    const sum = (lines: readonly string[], indicator: string) =>
      lines
        .filter((line) => line.includes(` ${indicator} `))
        .map((line) => (line.split(" ")[2] ?? "").split("/").map(Number))
        .reduce(([n = 0, d = 0], [more = 0, whole = 0]) => [n + more, d + whole], [0, 0]);
    for (const indicator of ["fibre_hh_passed", "pop_4g", "pop_5g"]) {
      expect(sum(old, indicator)).toEqual(sum(expected(), indicator));
    }
  });
});
