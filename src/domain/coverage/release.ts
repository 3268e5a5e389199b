import type { Day } from "../calendar.ts";
import { withoutFormula } from "../formula-guard.ts";
import type { Basis, FigureStatus } from "./figure.ts";
import { quarterName } from "./quarter.ts";

/** What the register held at one moment, of figures up to one day: all that a release is made of. */
export interface Edition {
  /** Figures of this day and before. */
  readonly asOf: Day;
  /** The last figure (its id) that was recorded by then. */
  readonly cut: number;
}

/** One figure of a release: its key, its value and nothing that could be called otherwise later (names are left out). */
export interface ReleaseFigure {
  readonly indicator: string;
  readonly as_of: Day;
  readonly indicator_version: number;
  readonly unit_level: string;
  readonly unit_code: string;
  /** The first day of the unit: with level and code its identity. */
  readonly unit_valid_from: Day;
  readonly operator: string;
  readonly basis: Basis;
  readonly source: string;
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly denominator_source: string | null;
  /** 0–1. */
  readonly stated_ratio: number | null;
  readonly revision: number;
  readonly note: string | null;
  readonly made_up: boolean;
}

/** The columns of a release's file, in order; the rows are sorted by the first nine of them. */
const RELEASE_COLUMNS = [
  "indicator",
  "as_of",
  "indicator_version",
  "unit_level",
  "unit_code",
  "unit_valid_from",
  "operator",
  "basis",
  "source",
  "status",
  "numerator",
  "denominator",
  "denominator_source",
  "stated_ratio",
  "revision",
  "note",
  "made_up",
] as const satisfies readonly (keyof ReleaseFigure)[];

/** What a release's file begins with: the byte order mark and the header. */
export const RELEASE_HEAD = `\uFEFF${RELEASE_COLUMNS.join(",")}\r\n`;

/**
 * A figure as a line of the release's file: RFC 4180 with CRLF, empty where there is no value, quoted only where it
 * must be. Whoever has the same figures gets the same bytes.
 */
export function releaseLine(figure: ReleaseFigure): string {
  return `${RELEASE_COLUMNS.map((column) => cell(figure[column])).join(",")}\r\n`;
}

/** The name of the nth edition (from 1) of a quarter: `2026-Q3`, then `2026-Q3.2`. */
export function releaseCode(asOf: Day, edition: number): string {
  return edition === 1 ? quarterName(asOf) : `${quarterName(asOf)}.${edition}`;
}

/** Decimals that a stated ratio is kept with. */
const RATIO_DECIMALS = 8;

function cell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value === "number") return decimal(value);
  if (typeof value === "boolean") return String(value);
  const safe = withoutFormula(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Never in powers of ten, as `String` would write one in a hundred million. */
function decimal(value: number): string {
  return Number.isInteger(value)
    ? String(value)
    : value.toFixed(RATIO_DECIMALS).replace(/\.?0+$/, "");
}
