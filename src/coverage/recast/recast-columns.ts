import type { AdminLevel } from "../../domain/units/unit.ts";
import type { RawRow, RawValue } from "../contract.ts";
import type { FixedRole } from "../understand/column-role.ts";
import { rawText } from "../understand/fault.ts";
import { foldHeader } from "../understand/fold-header.ts";
import { headerAliases } from "../understand/header-aliases.ts";

/** The columns that a recast adds, in this order. */
export const ADDED_COLUMNS = [
  "new_code",
  "new_name",
  "new_province_code",
  "new_province_name",
  "recast",
  "share",
  "reason",
] as const;

/** Where a table has what a recast needs. */
export interface RecastColumns {
  /** Number of the header's row. */
  readonly headerRow: number;
  readonly code: number;
  /** Null where no name stands beside the code. */
  readonly name: number | null;
  readonly level: RecastLevel;
  /** Where the columns of an earlier recast are, in the order of ADDED_COLUMNS; null without one. */
  readonly added: readonly number[] | null;
}

export type RecastLevel = Exclude<AdminLevel, "country">;

/** Rows within which the header must stand. */
const HEADER_WITHIN = 50;

const DIGITS: Readonly<Record<RecastLevel, number>> = { province: 2, district: 3, commune: 5 };

type CodeRole = "commune" | "unit" | "district" | "province";

/** Which code is taken where there are several: the smallest unit's. */
const ORDER: readonly CodeRole[] = ["commune", "unit", "district", "province"];

/** Finds the column of codes, by its header or by the one that is named, and the names beside it; null without one. */
export function findRecastColumns(
  rows: readonly RawRow[],
  named: string | null,
): RecastColumns | null {
  for (const row of rows.slice(0, HEADER_WITHIN)) {
    const texts = row.cells.map((cell) => foldHeader(rawText(cell) ?? ""));
    const found = named === null ? codeColumn(texts) : namedColumn(texts, named);
    if (!found) continue;
    const below = rows.filter(({ number }) => number > row.number);
    const level = found.role === "unit" ? levelOf(below, found.index) : found.role;
    return {
      headerRow: row.number,
      code: found.index,
      name: nameColumn(texts, level, found.index),
      level,
      added: addedColumns(texts),
    };
  }
  return null;
}

/** The headers that a person could have meant: those of the first row with several texts. */
export function headersSeen(rows: readonly RawRow[]): readonly string[] {
  const texts = rows
    .slice(0, HEADER_WITHIN)
    .map(({ cells }) => cells.flatMap((cell) => rawText(cell)?.trim() || []));
  return texts.find((row) => row.length > 1) ?? [];
}

/** A code as text with its leading zeros, or what stands in its place. */
export function codeText(value: RawValue | undefined, level: RecastLevel): string {
  const text = (rawText(value) ?? "").replaceAll(/[\s\u200B\uFEFF'’]+/gu, "");
  const digits = /^(\d+)(?:[.,]0+)?$/u.exec(text)?.[1];
  return digits === undefined ? text : digits.padStart(DIGITS[level], "0");
}

function codeColumn(texts: readonly string[]): { index: number; role: CodeRole } | null {
  const roles = texts.map(codeRole);
  for (const role of ORDER) {
    const index = roles.indexOf(role);
    if (index >= 0) return { index, role };
  }
  return null;
}

function namedColumn(
  texts: readonly string[],
  named: string,
): { index: number; role: CodeRole } | null {
  const index = texts.indexOf(foldHeader(named));
  return index < 0 ? null : { index, role: codeRole(texts[index] ?? "") ?? "unit" };
}

/** What the digits say where the header doesn't. */
function levelOf(rows: readonly RawRow[], column: number): RecastLevel {
  const lengths = rows
    .map(({ cells }) => codeText(cells[column], "province"))
    .filter((code) => /^\d+$/u.test(code))
    .map((code) => code.length);
  const longest = Math.max(0, ...new Set(lengths));
  if (longest > DIGITS.district) return "commune";
  return longest > DIGITS.province ? "district" : "province";
}

function codeRole(text: string): CodeRole | null {
  if (is("commune_code", text)) return "commune";
  if (is("province_code", text)) return "province";
  if (/^(?:ma (?:so )?(?:quan|huyen|thi xa)\b|district code$)/u.test(text)) return "district";
  return is("unit_code", text) ? "unit" : null;
}

function nameColumn(texts: readonly string[], level: RecastLevel, code: number): number | null {
  const roles: readonly FixedRole[] =
    level === "district" ? ["district", "unit_name"] : [`${level}_name`, "unit_name"];
  for (const role of roles) {
    const index = texts.findIndex(
      (text, at) => at !== code && is(role, text) && codeRole(text) === null,
    );
    if (index >= 0) return index;
  }
  return null;
}

function addedColumns(texts: readonly string[]): readonly number[] | null {
  const places = ADDED_COLUMNS.map((name) => texts.lastIndexOf(foldHeader(name)));
  return places.includes(-1) ? null : places;
}

function is(role: FixedRole, text: string): boolean {
  return text !== "" && headerAliases(role).some((alias) => foldHeader(alias) === text);
}
