import type { FigureStatus } from "../../domain/coverage/figure.ts";
import type { RawValue } from "../contract.ts";
import type { RoledColumn } from "./assign-roles.ts";
import type { ColumnNumbers } from "./column-tally.ts";
import { isBlank, rawText } from "./fault.ts";
import { type DecimalReading, type NumberText, numberText } from "./number-text.ts";
import type { RowTeller } from "./row-teller.ts";
import { isMark, isNoneOrUnknown, statusOf, yesOrNo } from "./status-words.ts";

/** What a cell that should hold a number says. `bad`: nothing that can be used, and the fault is told. */
export type CellNumber =
  | { readonly kind: "blank" }
  | { readonly kind: "bad" }
  | { readonly kind: "status"; readonly status: FigureStatus }
  | {
      readonly kind: "number";
      readonly value: number;
      readonly decimals: number;
      /** The cell itself says that it is a percentage: `0,5 %` is half a percent, whatever stands above and below. */
      readonly percentSign?: boolean;
    };

/** A cell with what is known of its column. */
export interface NumberCell {
  readonly value: RawValue;
  readonly column: RoledColumn;
  readonly numbers: ColumnNumbers;
  /** A count is whole, so that of two readings the whole one is shown while it is held. */
  readonly wanted: "count" | "percent";
}

const BAD = { kind: "bad" } as const;

/** Decimals of a number that a spreadsheet computed are not those that anybody gave. */
const MAX_DECIMALS = 6;

/** Reads a cell as a number under its column's decimal sign, or as a word for why there is none. */
export function cellNumber(cell: NumberCell, teller: RowTeller): CellNumber {
  const { value, column } = cell;
  if (isBlank(value) || value === null) return { kind: "blank" };
  if (typeof value === "number") return plainNumber(cell, value, teller);
  if (typeof value === "string") return numberFromText(cell, value, teller);
  if (value instanceof Date) {
    teller.tell(column, value, "V18", "reject_row", {
      code: "date_for_number",
      day: rawText(value),
    });
  } else if (typeof value === "object") {
    if ("percent" in value) return shownPercent(cell, value.percent, teller);
    tellProblem(column, value, teller);
  } else {
    teller.tell(column, value, "V14", "reject_row", { code: "not_a_number" });
  }
  return BAD;
}

/** Reads a cell of a question that is answered by yes or no: 1 or 0. */
export function cellYesNo(cell: NumberCell, teller: RowTeller): CellNumber {
  const { value, column, numbers } = cell;
  if (typeof value === "boolean") return { kind: "number", value: value ? 1 : 0, decimals: 0 };
  if (typeof value !== "string" || isBlank(value)) return cellNumber(cell, teller);
  const answer = yesOrNo(value);
  if (answer !== null) return { kind: "number", value: answer ? 1 : 0, decimals: 0 };
  if (!numbers.onlyMarks || !isMark(value)) {
    if (numberText(value) !== null || statusOf(value) !== null) return cellNumber(cell, teller);
    teller.tell(column, value, "V14", "reject_row", { code: "not_yes_or_no" });
    return BAD;
  }
  teller.tell(column, value, "V14", "warn", { code: "mark_as_yes" });
  return { kind: "number", value: 1, decimals: 0 };
}

/** Tells a cell that a spreadsheet could not compute, or whose result is not in the file. */
export function tellProblem(
  column: RoledColumn,
  value: Extract<RawValue, { readonly problem: string }>,
  teller: RowTeller,
): void {
  const code = value.problem === "error" ? "cell_error" : "formula_without_value";
  teller.tell(column, value, "V18", "reject_row", { code, text: value.text });
}

/** A cell that the spreadsheet shows as a percentage. */
function shownPercent(cell: NumberCell, percent: number, teller: RowTeller): CellNumber {
  if (cell.wanted === "percent") {
    return { kind: "number", value: percent, decimals: decimalsOf(percent), percentSign: true };
  }
  teller.tell(cell.column, cell.value, "V14", "reject_row", { code: "percent_for_count" });
  return BAD;
}

function plainNumber(cell: NumberCell, value: number, teller: RowTeller): CellNumber {
  const { value: raw, column } = cell;
  if (Number.isFinite(value)) {
    tellLostThousands(cell, value, teller);
    return { kind: "number", value, decimals: decimalsOf(value) };
  }
  teller.tell(column, raw, "V14", "reject_row", { code: "not_a_number" });
  return BAD;
}

/**
 * `1.234` and `12.000` of a spreadsheet that took the dot for a decimal sign are 1.234 and 12 there: the first is no
 * count, and tells that the second may be a thousand times more.
 */
function tellLostThousands(
  { value: raw, column, numbers, wanted }: NumberCell,
  value: number,
  teller: RowTeller,
): void {
  if (wanted !== "count" || !numbers.thousandsLost) return;
  if (value === 0 || !Number.isInteger(value) || Math.abs(value) >= 1000) return;
  const facts = { taken: value, instead: value * 1000 };
  teller.tell(column, raw, "V13", "hold", { code: "thousands_lost", ...facts });
}

function decimalsOf(value: number): number {
  const [, decimals = ""] = String(value).split(/[.e]/u);
  return Math.min(decimals.length, MAX_DECIMALS);
}

function numberFromText(cell: NumberCell, text: string, teller: RowTeller): CellNumber {
  const { column, wanted } = cell;
  const said = numberText(text);
  if (said === null) return wordFor(cell, text, teller);
  if (wanted === "count" && said.unit === "%") {
    teller.tell(column, text, "V14", "reject_row", { code: "percent_for_count" });
    return BAD;
  }
  if (said.unit !== null && said.unit !== "%") {
    teller.tell(column, text, "V14", "warn", { code: "unit_dropped", unit: said.unit });
  }
  const { value, decimals } = chosenReading(cell, said, text, teller);
  tellLostThousands(cell, value, teller);
  const sign = said.unit === "%" ? { percentSign: true } : {};
  return { kind: "number", value, decimals: Math.min(decimals, MAX_DECIMALS), ...sign };
}

function wordFor({ column }: NumberCell, text: string, teller: RowTeller): CellNumber {
  const status = statusOf(text);
  if (status !== null) {
    teller.tell(column, text, "V14", "warn", { code: "status", status });
    return { kind: "status", status };
  }
  const code = isNoneOrUnknown(text) ? "none_or_unknown" : "not_a_number";
  teller.tell(column, text, "V14", "reject_row", { code });
  return BAD;
}

/**
 * The reading under the column's decimal sign. Where the column proves none or both, what only it could have told is
 * held, with the reading that the cell most likely has.
 */
function chosenReading(
  { column, numbers, wanted }: NumberCell,
  said: NumberText,
  text: string,
  teller: RowTeller,
): DecimalReading {
  const { comma, dot, evidence, ambiguous } = said;
  const own = evidence === "," ? comma : evidence === "." ? dot : null;
  const likely = own ?? likelyReading(said, wanted);
  if (numbers.conflict && (ambiguous || evidence !== null)) {
    hold("conflict");
  } else if (ambiguous && numbers.decimal === null) {
    // A column of counts that groups thousands throughout leaves only the whole number, which is the likely one.
    if (wanted !== "count" || numbers.grouping === null) hold("ambiguous");
  } else if (ambiguous) {
    return (numbers.decimal === "," ? comma : dot) ?? likely;
  }
  return likely;

  function hold(code: string): void {
    teller.tell(column, text, "V13", "hold", {
      code,
      taken: likely.value,
      with_comma: comma?.value ?? null,
      with_dot: dot?.value ?? null,
    });
  }
}

function likelyReading({ comma, dot }: NumberText, wanted: "count" | "percent"): DecimalReading {
  const readings = [comma, dot].filter((each) => each !== null);
  const whole = readings.find(({ decimals }) => decimals === 0);
  const broken = readings.find(({ decimals }) => decimals > 0);
  const chosen = wanted === "count" ? (whole ?? broken) : (broken ?? whole);
  if (!chosen) throw new Error("a number text without any reading");
  return chosen;
}
