import { type Cell, type CellValue, colToLetter, writeXlsx, type WriteSheet } from "hucre/xlsx";
import type { Day } from "../../domain/calendar.ts";
import type { DenominatorKind, Indicator } from "../../domain/coverage/indicator.ts";
import { INSTRUCTION_SHEET } from "../../domain/coverage/template-sheet.ts";
import { cellText } from "./cell-text.ts";
import { instructionSheet, STATUS_RANGE, STATUS_WORDS } from "./template-instructions.ts";

/** A commune of the province, with its full name (`Xã Đông Anh`). */
export interface TemplateCommune {
  readonly code: string;
  readonly name: string;
}

/** A denominator that the register knows, to be confirmed or corrected. */
export interface KnownDenominator {
  readonly communeCode: string;
  /** Code of its kind: households, population, hamlets. */
  readonly kind: string;
  readonly count: number;
  readonly source: string;
  readonly asOf: Day;
}

/** What a template is made from, all of it the register's. */
export interface TemplateInput {
  readonly province: { readonly code: string; readonly name: string };
  readonly communes: readonly TemplateCommune[];
  /** Those that the round asks for; of several with the same denominator, it is asked for once. */
  readonly indicators: readonly Indicator[];
  readonly denominatorKinds: readonly DenominatorKind[];
  readonly denominators: readonly KnownDenominator[];
  /** The day that the figures shall be true of. */
  readonly asOf: Day;
}

/** Denominators that are 1 for each commune, so that nobody has to write them: the answer is yes or no. */
const OF_ONE = "communes";

/** A column of the sheet to fill in. */
interface TemplateColumn {
  readonly header: string;
  readonly width: number;
  /** What it is filled with beforehand. */
  readonly value: (commune: TemplateCommune, at: number) => CellValue;
  /** Code of the denominator that it holds, or of the indicator whose numerator it takes. */
  readonly holds?: { readonly denominator: string } | { readonly indicator: Indicator };
}

/** Name of the sheet to fill in. */
const FIGURES_SHEET = "Số liệu";

const FIXED_COLUMNS = 7;

/**
 * The spreadsheet that a province fills in: one row per commune with code (as text), name and day, a column for each
 * denominator and numerator, cells that take whole numbers within their denominator or a word for why there is none,
 * and a second sheet that says what is counted. Its headers are aliases that the import knows, so that it comes back
 * without a fault.
 */
export function provinceTemplate(input: TemplateInput): Promise<Uint8Array> {
  const columns = [...fixedColumns(input), ...figureColumns(input)];
  return writeXlsx({
    sheets: [figuresSheet(input, columns), instructionSheet(INSTRUCTION_SHEET, input)],
    properties: { title: `${input.province.name} – ${input.asOf}`, creator: "hatangso" },
    defaultFont: { name: "Arial", size: 10 },
  });
}

function fixedColumns({ province, asOf }: TemplateInput): TemplateColumn[] {
  const column = (
    header: string,
    width: number,
    value: TemplateColumn["value"],
  ): TemplateColumn => ({ header, width, value });
  return [
    column("STT", 6, (_, at) => at + 1),
    column("Mã tỉnh", 9, () => province.code),
    column("Tỉnh/thành phố", 22, () => cellText(province.name)),
    column("Mã xã", 9, ({ code }) => code),
    column("Tên xã/phường/đặc khu", 28, ({ name }) => cellText(name)),
    column("Kỳ báo cáo", 12, () => asOf),
    column("Cơ sở số liệu", 14, () => "báo cáo"),
  ];
}

/** Each denominator before the numerators that are parts of it; counts without one at the end. */
function figureColumns(input: TemplateInput): TemplateColumn[] {
  const groups = Map.groupBy(input.indicators, ({ denominatorKind }) => denominatorKind);
  const withWhole = [...groups].filter(([kind]) => kind !== null && kind !== OF_ONE);
  const others = [...groups].filter(([kind]) => kind === null || kind === OF_ONE);
  return [
    ...withWhole.flatMap(([kind, indicators]) => [
      denominatorColumn(input, kind ?? ""),
      ...indicators.map(numeratorColumn),
    ]),
    ...others.flatMap(([, indicators]) => indicators.map(numeratorColumn)),
  ];
}

function denominatorColumn(input: TemplateInput, kind: string): TemplateColumn {
  const found = input.denominatorKinds.find(({ code }) => code === kind);
  const known = new Map(
    input.denominators
      .filter((each) => each.kind === kind)
      .map(({ communeCode, count }) => [communeCode, count]),
  );
  return {
    header: titled(found?.aliases[0] ?? found?.nameVi ?? kind),
    width: 14,
    value: ({ code }) => known.get(code) ?? null,
    holds: { denominator: kind },
  };
}

function numeratorColumn(indicator: Indicator): TemplateColumn {
  const alias = indicator.aliases.find((each) => !each.startsWith("%"));
  return {
    header: titled(alias ?? indicator.code),
    width: 16,
    value: () => null,
    holds: { indicator },
  };
}

function figuresSheet(input: TemplateInput, columns: readonly TemplateColumn[]): WriteSheet {
  const last = input.communes.length + 1;
  const cells = new Map<string, Partial<Cell>>();
  for (const [at, { header }] of columns.entries()) {
    cells.set(`0,${at}`, { value: header, style: HEADER });
  }
  noteSources(input, columns, cells);
  return {
    name: FIGURES_SHEET,
    columns: columns.map(({ width, header }) => ({
      width,
      ...(TEXT_HEADERS.has(header) ? { numFmt: "@" } : {}),
    })),
    rows: [
      columns.map(({ header }) => header),
      ...input.communes.map((commune, at) => columns.map(({ value }) => value(commune, at))),
    ],
    cells,
    freezePane: { rows: 1, columns: FIXED_COLUMNS - 2 },
    dataValidations: columns.flatMap((column, at) => validationsOf(columns, column, at, last)),
  };
}

/** Columns of codes and days: what is typed there stays text, leading zeros and all. */
const TEXT_HEADERS = new Set(["Mã tỉnh", "Mã xã", "Kỳ báo cáo"]);

const HEADER: NonNullable<Cell["style"]> = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "DCEBF7" } },
  alignment: { vertical: "center", wrapText: true },
};

function validationsOf(
  columns: readonly TemplateColumn[],
  { holds }: TemplateColumn,
  at: number,
  last: number,
): NonNullable<WriteSheet["dataValidations"]> {
  if (!holds || last < 2) return [];
  const range = `${colToLetter(at)}2:${colToLetter(at)}${last}`;
  const kind = "indicator" in holds ? holds.indicator.denominatorKind : null;
  if (kind === OF_ONE) {
    return [{ ...STOP, type: "list", values: ["1", "0", ...STATUS_WORDS], range, ...YES_NO }];
  }
  const whole = columns.findIndex(
    (other) => other.holds && "denominator" in other.holds && other.holds.denominator === kind,
  );
  const cell = `${colToLetter(at)}2`;
  const within = whole < 0 ? "" : `,${notAbove(cell, `${colToLetter(whole)}2`)}`;
  const number = `AND(ISNUMBER(${cell}),N(${cell})>=0,INT(N(${cell}))=N(${cell})${within})`;
  const formula1 = `OR(${number},COUNTIF(${STATUS_RANGE},${cell})>0)`;
  return [{ ...STOP, type: "custom", formula1, range, ...WHOLE_NUMBER }];
}

/** The total may be written after its part. */
function notAbove(part: string, total: string): string {
  return `OR(NOT(ISNUMBER(${total})),${total}>=${part})`;
}

const STOP = { allowBlank: true, showErrorMessage: true, errorStyle: "stop" } as const;

const YES_NO = {
  errorTitle: "Có = 1, không = 0",
  errorMessage: "Ghi 1 nếu có, 0 nếu không, hoặc chọn lý do chưa có số liệu.",
};

const WHOLE_NUMBER = {
  errorTitle: "Số nguyên",
  errorMessage: `Ghi số nguyên từ 0, không lớn hơn tổng số; nếu chưa có, ghi: ${STATUS_WORDS.join(", ")}.`,
};

/** Where denominators are filled in beforehand, the header says from which sources. */
function noteSources(
  { denominators }: TemplateInput,
  columns: readonly TemplateColumn[],
  cells: Map<string, Partial<Cell>>,
): void {
  for (const [at, { header, holds }] of columns.entries()) {
    if (!holds || !("denominator" in holds)) continue;
    const sources = new Set(
      denominators
        .filter(({ kind }) => kind === holds.denominator)
        .map(({ source, asOf }) => `${source} (${asOf})`),
    );
    if (sources.size === 0) continue;
    const text = `Nguồn: ${[...sources].join("; ")}. Sửa nếu không đúng.`;
    cells.set(`0,${at}`, { value: header, style: HEADER, comment: { author: "hatangso", text } });
  }
}

/** An alias as a header: they are kept in lower case, and compared without it. */
function titled(alias: string): string {
  const text = alias
    .replaceAll(/\b([2-9])g\b/g, "$1G")
    .replaceAll(/\bbts\b/g, "BTS")
    .replaceAll(/\binternet\b/g, "Internet");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
