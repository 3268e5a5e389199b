import { BASES, type Basis } from "../src/domain/coverage/figure.ts";
import { periodEnd } from "../src/domain/coverage/period-end.ts";
import type { Day } from "../src/domain/calendar.ts";
import { type CheckedRow, checkedRows } from "./checked-rows.ts";

/** A figure that somebody published, under the names that this register has for what it counts. */
export interface PublishedFigure {
  readonly level: "country" | "province";
  readonly code: string;
  /** A day on which the unit was there that it speaks of: provinces before and after July 2025 share codes. */
  readonly unitsOn: Day;
  /** Exactly one of the two: what it is a figure of, or a number of households … that shares are taken of. */
  readonly indicator: string | null;
  readonly denominator: { readonly kind: string; readonly source: string } | null;
  readonly operator: string;
  readonly asOf: Day;
  readonly basis: Basis;
  readonly numerator: number | null;
  readonly denominatorValue: number | null;
  /** The percentage as a ratio, where it came without the counts that it is made of. */
  readonly statedRatio: number | null;
  /** Code of the source: who published it. */
  readonly source: string;
  readonly url: string;
  readonly note: string;
  /** In the file, the header being line 1. */
  readonly line: number;
}

/** A published figure that is not loaded, and why. */
export interface LeftOut {
  readonly line: number;
  readonly reason: string;
}

/** By the text in `boundary`. */
const UNITS_ON: Readonly<Record<string, Day>> = {
  "n/a": "2025-07-01",
  "34": "2025-07-01",
  "63": "2025-06-30",
};

/** The published figures; what bears no day that it could be true of is left out. */
export async function readPublishedFigures(): Promise<{
  readonly figures: readonly PublishedFigure[];
  readonly leftOut: readonly LeftOut[];
}> {
  const names = new Map(
    (await checkedRows("published_coverage_indicators.csv")).map((row) => [
      row.text("published_indicator"),
      row,
    ]),
  );
  const figures: PublishedFigure[] = [];
  const leftOut: LeftOut[] = [];
  for (const row of await checkedRows("published_coverage_figures.csv")) {
    const meant = names.get(row.text("indicator"));
    if (!meant) throw row.wrong(`nothing says what ${row.text("indicator")} is here`);
    const asOf = periodEnd(row.text("as_of"));
    if (asOf === null) leftOut.push({ line: row.position + 1, reason: row.text("as_of") });
    else figures.push(published(row, meant, asOf));
  }
  return { figures, leftOut };
}

function published(row: CheckedRow, meant: CheckedRow, asOf: Day): PublishedFigure {
  const unitsOn = UNITS_ON[row.text("boundary")];
  if (unitsOn === undefined) throw row.wrong("boundary is 34, 63 or n/a");
  const kind = meant.textOrNull("denominator_kind");
  const indicator = meant.textOrNull("indicator_code");
  if ((kind === null) === (indicator === null)) {
    throw meant.wrong("it is either of an indicator or a denominator");
  }
  const url = row.text("source_url");
  return {
    level: row.oneOf("level", ["country", "province"]),
    code: row.text("unit_code"),
    unitsOn,
    indicator,
    denominator: kind === null ? null : { kind, source: meant.text("denominator_source") },
    operator: meant.text("operator"),
    asOf,
    basis: row.oneOf("basis", BASES),
    ...counts(row),
    source: sourceOf(url),
    url,
    note: noteOf(row, url),
    line: row.position + 1,
  };
}

/** A percentage is kept only where it did not come with both counts: then they say the same, exactly. */
function counts(row: CheckedRow) {
  const value = row.number("value");
  const numerator = row.numberOrNull("numerator");
  const denominatorValue = row.numberOrNull("denominator");
  if (row.text("unit") !== "percent") {
    if (numerator !== null && numerator !== value) throw row.wrong("value is not the numerator");
    return { numerator: value, denominatorValue, statedRatio: null };
  }
  const statedRatio = denominatorValue === null ? Number((value / 100).toFixed(8)) : null;
  return { numerator, denominatorValue, statedRatio };
}

/** The code of the source that stands for whoever published at an address. */
function sourceOf(url: string): string {
  return `pub-${new URL(url).hostname.replace(/^www\./, "").replaceAll(".", "-")}`;
}

/** What the publication says of it: in which sense, over which day, where. */
function noteOf(row: CheckedRow, url: string): string {
  const publishedOn = row.textOrNull("published_on");
  const parts = [
    row.textOrNull("definition_note"),
    `${row.text("value")} ${row.text("unit")}, as of ${row.text("as_of")}`,
    publishedOn === null ? null : `published ${publishedOn}`,
    url,
  ];
  return parts.filter((part) => part !== null).join("; ");
}
