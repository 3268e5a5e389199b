import type {
  ImportSettings,
  Judged,
  JudgedRow,
  LookUpRecorded,
  StatedFigure,
  StatedPlace,
  TotalRow,
  Understood,
  UnderstoodColumn,
  UnderstoodRow,
} from "../../../../src/coverage/contract.ts";
import { importFaultText } from "../../../../src/catalogue/import-faults/index.ts";
import { judge } from "../../../../src/coverage/rules/index.ts";
import {
  type FigureKey,
  keyText,
  type RecordedFigure,
} from "../../../../src/domain/coverage/figure.ts";
import type { ImportFault } from "../../../../src/domain/coverage/import-fault.ts";
import { smallRegister } from "../../../support/small-register.ts";

/** What the person who imports states, unless a test says otherwise. */
export const SETTINGS: ImportSettings = {
  source: "so-kh-cn",
  asOf: "2026-09-30",
  unitsDay: null,
  basis: "reported",
  operator: "all",
  reason: null,
  onlyProvince: null,
  today: "2026-11-22",
};

/** A commune's place: code and name. */
export function at(
  code: string | null,
  name: string | null,
  more: Partial<StatedPlace> = {},
): StatedPlace {
  return {
    level: "commune",
    code,
    codeAsWritten: null,
    name,
    provinceCode: null,
    provinceName: null,
    ...more,
  };
}

export const BA_DINH = at("00004", "Phường Ba Đình");
export const HOAN_KIEM = at("00070", "Phường Hoàn Kiếm");

/** A figure as it was understood: 4,000 of 5,000 unless it says otherwise. */
export function figure(
  indicator: string,
  numerator: number | null = 4000,
  denominator: number | null = 5000,
  more: Partial<StatedFigure> = {},
): StatedFigure {
  return {
    indicator,
    version: null,
    operator: "all",
    basis: null,
    status: "present",
    numerator,
    denominator,
    denominatorSource: null,
    statedRatio: null,
    ratioDecimals: 0,
    columns: {
      numerator: `n ${indicator}`,
      denominator: `d ${indicator}`,
      ratio: `% ${indicator}`,
    },
    ...more,
  };
}

/** A percentage alone, as `percentage("pop_4g", 85.2)`. */
export function percentage(indicator: string, percent: number, decimals = 1): StatedFigure {
  const ratio = { statedRatio: percent / 100, ratioDecimals: decimals };
  return figure(indicator, null, null, ratio);
}

/** A row of a commune; its number is given when the file is made. */
export function row(
  place: StatedPlace,
  figures: readonly StatedFigure[] = [figure("fibre_hh_passed")],
  more: Partial<UnderstoodRow> = {},
): UnderstoodRow {
  return {
    sheet: null,
    number: 0,
    place,
    asOf: null,
    figures,
    denominators: {},
    faults: [],
    ...more,
  };
}

const COLUMNS: readonly UnderstoodColumn[] = [
  ["Mã xã", "commune_code"],
  ["Tên xã", "commune_name"],
  ["Mã tỉnh", "province_code"],
  ["Tỉnh", "province_name"],
  ["Kỳ báo cáo", "as_of"],
  ["Dân số", "denominator:population"],
].map(([header = "", role = ""]) => ({ sheet: null, header, letter: "A", role, decimal: null }));

/** What there is of a file beside its rows. */
export interface Around {
  readonly settings?: Partial<ImportSettings>;
  readonly totals?: readonly TotalRow[];
  readonly recorded?: readonly RecordedFigure[];
  /** Rows after those of the test. */
  readonly beside?: readonly UnderstoodRow[];
  readonly onKeys?: (keys: readonly FigureKey[]) => void;
}

/** A file with these rows from row 2 on; those that have a number keep it. */
export function fileOf(
  rows: readonly UnderstoodRow[],
  totals: readonly TotalRow[] = [],
): Understood {
  const numbered = rows.map((each, index) =>
    each.number === 0 ? { ...each, number: index + 2 } : each,
  );
  return {
    columns: COLUMNS,
    faults: [],
    totals,
    rows: async function* () {
      yield* numbered;
    },
  };
}

/** Judges a file of these rows. */
export async function judgeRows(
  rows: readonly UnderstoodRow[],
  around: Around = {},
): Promise<Judged> {
  const settings = { ...SETTINGS, ...around.settings };
  const lookUp: LookUpRecorded = async (keys) => {
    around.onKeys?.(keys);
    return recordedOf(around.recorded ?? []);
  };
  return judge(
    fileOf([...rows, ...(around.beside ?? [])], around.totals),
    smallRegister(),
    settings,
    lookUp,
  );
}

/** The judged rows of a file that is not refused. */
export async function rowsOf(judged: Judged): Promise<readonly JudgedRow[]> {
  if (judged.refused) throw new Error(`refused: ${JSON.stringify(judged.faults)}`);
  const rows: JudgedRow[] = [];
  for await (const each of judged.rows()) rows.push(each);
  return rows;
}

/** Judged rows, each as its verdict and its faults `V05.unknown_code`, warnings included. */
export async function verdicts(
  rows: readonly UnderstoodRow[],
  around: Around = {},
): Promise<readonly (readonly string[])[]> {
  const judged = await rowsOf(await judgeRows(rows, around));
  return judged.map(({ verdict, faults }) => [verdict, ...faults.map(slug)]);
}

/** Verdict and faults of a file of one row. */
export async function verdictOf(
  one: UnderstoodRow,
  around: Around = {},
): Promise<readonly string[]> {
  return (await verdicts([one], around))[0] ?? [];
}

/** The only fault of this rule in the file's only row. */
export async function faultOf(
  one: UnderstoodRow,
  rule: string,
  around: Around = {},
): Promise<ImportFault> {
  const [judged] = await rowsOf(await judgeRows([one], around));
  const found = judged?.faults.filter((fault) => fault.rule === rule) ?? [];
  if (found.length !== 1 || !found[0])
    throw new Error(`${rule}: ${JSON.stringify(judged?.faults)}`);
  return found[0];
}

/** Faults of the file as a whole. */
export async function fileSlugs(
  rows: readonly UnderstoodRow[],
  around: Around = {},
): Promise<readonly string[]> {
  const { refused, faults } = await judgeRows(rows, around);
  return [refused ? "refused" : "judged", ...faults.map(slug)];
}

/** Rules whose texts are written, and tested, where they are found. */
const OTHERS: ReadonlySet<string> = new Set(["V13"]);

/** `V05.unknown_code`; what has no text in both languages is no fault that may be told. */
export function slug(fault: ImportFault): string {
  if (OTHERS.has(fault.rule)) return `${fault.rule}.${fault.detail.code}`;
  const texts = (["vi", "en"] as const).map((lang) => importFaultText(fault, lang));
  const odd = texts.find((text) => /undefined|null|NaN|\[object|  |""/.test(text));
  if (odd !== undefined) throw new Error(`${fault.rule}.${fault.detail.code}: ${odd}`);
  return `${fault.rule}.${fault.detail.code}`;
}

/** A figure that is recorded: of Ba Đình at the end of the last quarter but one, unless it says otherwise. */
export function recordedFigure(change: Partial<RecordedFigure> = {}): RecordedFigure {
  return {
    id: 1,
    revision: 1,
    unitId: 21,
    indicator: "fibre_hh_passed",
    indicatorVersion: 1,
    operator: "all",
    asOf: "2026-06-30",
    basis: "reported",
    source: SETTINGS.source,
    status: "present",
    numerator: 4000,
    denominator: 5000,
    denominatorSource: "report",
    statedRatio: null,
    ...change,
  };
}

function recordedOf(figures: readonly RecordedFigure[]) {
  const series = (key: FigureKey) => keyText({ ...key, asOf: "" });
  return {
    current: (key: FigureKey) => figures.find((each) => keyText(each) === keyText(key)) ?? null,
    before: (key: FigureKey) =>
      figures
        .filter((each) => series(each) === series(key) && each.asOf < key.asOf)
        .toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))[0] ?? null,
  };
}
