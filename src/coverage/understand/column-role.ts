import { remembered } from "../../domain/remembered.ts";

/** Roles that a column has whatever the indicators are. */
export const FIXED_ROLES = [
  "province_code",
  "province_name",
  "district",
  "commune_code",
  "commune_name",
  "unit_code",
  "unit_name",
  "level",
  "as_of",
  "year",
  "quarter",
  "month",
  "indicator",
  "version",
  "numerator",
  "denominator",
  "ratio",
  "operator",
  "basis",
  "status",
  "denominator_source",
  "ignored",
] as const;

export type FixedRole = (typeof FIXED_ROLES)[number];

/** What a column is taken for; the three with a colon name an indicator or a kind of denominator. */
export type ColumnRole =
  | FixedRole
  | `numerator:${string}`
  | `ratio:${string}`
  | `denominator:${string}`;

/** Whether a role says where a row is. */
export function isPlaceRole(role: ColumnRole): boolean {
  return /^(?:province|commune|unit)_(?:code|name)$|^level$/u.test(role);
}

/** Whether cells of a role hold what is counted, so that a row that has none of them says nothing. */
export function isValueRole(role: ColumnRole): boolean {
  return /^(?:numerator|denominator|ratio)(?::|$)/u.test(role);
}

/** The indicator or denominator kind that a role of this kind names, or null. */
export function roleOf(
  kind: "numerator" | "ratio" | "denominator",
  role: ColumnRole,
): string | null {
  return role.startsWith(`${kind}:`) ? role.slice(kind.length + 1) : null;
}

/** More indicators than a register has. */
const MOST_CODES = 1000;

/** The role of a column of this indicator's or denominator kind's counts or percentages: one text for each. */
export const numeratorRole = remembered(MOST_CODES, (code): ColumnRole => `numerator:${code}`);
export const ratioRole = remembered(MOST_CODES, (code): ColumnRole => `ratio:${code}`);
export const denominatorRole = remembered(MOST_CODES, (kind): ColumnRole => `denominator:${kind}`);
