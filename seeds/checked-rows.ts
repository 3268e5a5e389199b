import type { Day } from "../src/domain/calendar.ts";
import { readRows, type SeedRow } from "./seed-rows.ts";

/** A row of a seed file whose values are asked for by what they must be; a wrong one throws, naming file and line. */
export interface CheckedRow {
  /** Counted from 1, in the order of the file. */
  readonly position: number;
  readonly text: (column: string) => string;
  readonly textOrNull: (column: string) => string | null;
  readonly oneOf: <T extends string>(column: string, allowed: readonly T[]) => T;
  readonly flag: (column: string) => boolean;
  readonly day: (column: string) => Day;
  readonly dayOrNull: (column: string) => Day | null;
  readonly number: (column: string) => number;
  readonly numberOrNull: (column: string) => number | null;
  /** Values that semicolons separate. */
  readonly list: (column: string) => string[];
  /** The error to throw for what is wrong with this row as a whole. */
  readonly wrong: (what: string) => Error;
}

/** The rows of a seed file, ready to be asked. */
export async function checkedRows(file: string): Promise<CheckedRow[]> {
  return (await readRows(file)).map((row, index) => checkedRow(file, index, row));
}

/** One row of a seed file, without line breaks in its values; `index` counts from 0 after the header. */
export function checkedRow(file: string, index: number, row: SeedRow): CheckedRow {
  const wrong = (what: string) => new Error(`seeds/${file}, line ${index + 2}: ${what}`);
  const textOrNull = (column: string) => {
    const value = row[column];
    if (value === undefined) throw wrong(`there is no column ${column}`);
    if (value !== value.trim().normalize("NFC")) throw wrong(`${column} is not tidy: “${value}”`);
    return value === "" ? null : value;
  };
  const must = <T>(column: string, value: T | null): T => {
    if (value === null) throw wrong(`${column} is blank`);
    return value;
  };
  const text = (column: string) => must(column, textOrNull(column));
  const oneOf = <T extends string>(column: string, allowed: readonly T[]): T => {
    const value = text(column);
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw wrong(`${column} is ${value}, none of ${allowed.join(", ")}`);
    return found;
  };
  const dayOrNull = (column: string) => {
    const value = textOrNull(column);
    if (value !== null && !isDay(value)) throw wrong(`${column} is no day YYYY-MM-DD: ${value}`);
    return value;
  };
  const numberOrNull = (column: string) => {
    const value = textOrNull(column);
    if (value !== null && !/^\d+(\.\d+)?$/.test(value)) {
      throw wrong(`${column} is no number: ${value}`);
    }
    return value === null ? null : Number(value);
  };
  return {
    position: index + 1,
    text,
    textOrNull,
    oneOf,
    flag: (column) => oneOf(column, ["true", "false"]) === "true",
    day: (column) => must(column, dayOrNull(column)),
    dayOrNull,
    number: (column) => must(column, numberOrNull(column)),
    numberOrNull,
    list: (column) => (textOrNull(column) ?? "").split(";").filter((each) => each !== ""),
    wrong,
  };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}
