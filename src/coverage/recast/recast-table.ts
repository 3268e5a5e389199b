import type { Day } from "../../domain/calendar.ts";
import {
  recast,
  type Recast,
  type RecastOutcome,
  type RecastPart,
} from "../../domain/units/recast.ts";
import type { UnitBook } from "../../domain/units/unit.ts";
import type { CodeAndName } from "../../domain/units/vintage.ts";
import type { RawRow, RawValue } from "../contract.ts";
import { rawText } from "../understand/fault.ts";
import { ADDED_COLUMNS, codeText, type RecastColumns } from "./recast-columns.ts";

/** One table of a file, its columns found. */
export interface RecastSheet {
  readonly name: string | null;
  readonly rows: readonly RawRow[];
  readonly columns: RecastColumns;
}

/** A row that could not be recast, at the place where a person finds it. */
export interface UnknownRow {
  readonly sheet: string | null;
  readonly row: number;
  readonly code: string;
  readonly name: string | null;
  readonly reason: string;
}

/** A table with the columns added: as many rows as before, and more where units were divided. */
export interface RecastTable {
  readonly name: string | null;
  /** As texts; rows above the header are as they were. */
  readonly rows: readonly (readonly string[])[];
  /** Rows of the table by outcome, each counted once. */
  readonly counts: Readonly<Record<RecastOutcome, number>>;
  readonly unknown: readonly UnknownRow[];
}

/** The codes of a table with the names beside them, for the question of which time they are. */
export function pairsOf({ rows, columns }: RecastSheet): CodeAndName[] {
  return rows.flatMap((row) => {
    const { code, name } = pairOf(row, columns);
    return row.number > columns.headerRow && code !== "" ? [{ code, name }] : [];
  });
}

/** Recasts a table row by row; one that was recast already stays as it is. */
export function recastTable(
  book: UnitBook,
  sheet: RecastSheet,
  { from, to }: { readonly from: Day; readonly to: Day },
): RecastTable {
  const { rows, columns, name: sheetName } = sheet;
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const first = rows.find((row) => isData(row, columns))?.number ?? Infinity;
  const counts = { exact: 0, split: 0, unknown: 0 };
  const unknown: UnknownRow[] = [];
  const result: (readonly string[])[] = [];
  for (const row of rows) {
    const cells = textsOf(row, width);
    if (row.number < columns.headerRow) {
      result.push(cells);
    } else if (row.number === columns.headerRow) {
      result.push([...cells, ...ADDED_COLUMNS]);
    } else if (row.number < first) {
      result.push([...cells, ...ADDED_COLUMNS.map(() => "")]);
    } else {
      const { code, name } = pairOf(row, columns);
      const done = recast(book, { level: columns.level, code, name }, from, to);
      counts[done.outcome] += 1;
      if (done.outcome === "unknown") {
        unknown.push({ sheet: sheetName, row: row.number, code, name, reason: done.reason });
      }
      result.push(...addedCells(book, done, to).map((added) => [...cells, ...added]));
    }
  }
  return { name: sheetName, rows: result, counts, unknown };
}

/** A table of an earlier recast as it is; null where a unit that it names is not there on the target day. */
export function recastAlready(
  book: UnitBook,
  { name, rows, columns }: RecastSheet,
  to: Day,
): RecastTable | null {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const [newCode = -1, , , , outcome = -1] = columns.added ?? [];
  const counts = { exact: 0, split: 0, unknown: 0 };
  for (const { number, cells } of rows) {
    const code = rawText(cells[newCode]) ?? "";
    if (number <= columns.headerRow || code === "") continue;
    const level = code.length === 2 ? "province" : "commune";
    if (!book.on(level, code.padStart(5, "0").slice(level === "province" ? -2 : -5), to))
      return null;
  }
  for (const { cells } of rows) {
    const told = rawText(cells[outcome]);
    if (told === "exact" || told === "split" || told === "unknown") counts[told] += 1;
  }
  return { name, rows: rows.map((row) => textsOf(row, width)), counts, unknown: [] };
}

/** Behind the header, the first row with digits in the place of the code begins the table. */
function isData(row: RawRow, columns: RecastColumns): boolean {
  return row.number > columns.headerRow && /\d/u.test(rawText(row.cells[columns.code]) ?? "");
}

function pairOf({ cells }: RawRow, columns: RecastColumns) {
  const name = columns.name === null ? null : (rawText(cells[columns.name]) ?? "").trim();
  return {
    code: codeText(cells[columns.code], columns.level),
    name: name === "" ? null : name,
  };
}

function textsOf({ cells }: RawRow, width: number): string[] {
  return Array.from({ length: width }, (_, index) => cellText(cells[index]));
}

function addedCells(book: UnitBook, done: Recast, to: Day): string[][] {
  const tail = (share: string) => [done.outcome, share, done.reason];
  if (done.outcome === "unknown") return [["", "", "", "", ...tail("")]];
  return done.parts.map((part) => [...named(book, part, to), ...tail(shareText(part, done))]);
}

function named(book: UnitBook, { unit }: RecastPart, to: Day): string[] {
  const { fullNameVi, parentId } = book.attributesOn(unit.id, to);
  const province = parentId === null ? undefined : book.byId(parentId);
  const provinceName = province ? book.attributesOn(province.id, to).fullNameVi : "";
  return [unit.code, fullNameVi, province?.code ?? "", provinceName];
}

/** A cell as it goes on, whole. */
function cellText(value: RawValue | undefined): string {
  return typeof value === "string" ? value : (rawText(value) ?? "");
}

/** Of exact ones all is there, which needs no number. */
function shareText({ share }: RecastPart, { outcome }: Recast): string {
  return outcome === "exact" || share === null ? "" : String(share);
}
