import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import { daysWithFigures } from "./days.ts";
import { versionFor, versionsOf } from "./indicators.ts";
import type { Known, SumQuestion } from "./question.ts";
import { coverageSums, sumsOn } from "./sums.ts";

/** A series is of one unit over a span of days. */
export interface SeriesQuestion extends Omit<SumQuestion, "asOf"> {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** The sums of units on every day that has figures (that had them, as it was known then), oldest first; each day by the version in force on it. */
export async function coverageSeries(
  db: Database,
  { from, to, ...question }: SeriesQuestion,
): Promise<CoverageSum[]> {
  const { indicator: code, version, basis = "reported", known = null } = question;
  const indicators = await versionsOf(db, code);
  const [found] = await daysWithFigures(db, { indicator: code, basis, known });
  const days = (found?.days ?? [])
    .filter((day) => (from === undefined || from <= day) && (to === undefined || day <= to))
    .toReversed();
  const byVersion = Map.groupBy(days, (day) => versionFor(indicators, code, { version, day }));
  const sums: CoverageSum[] = [];
  for (const [indicator, its] of byVersion) {
    if (indicator !== null) sums.push(...(await sumsOn(db, indicator, question, its)));
  }
  return sums;
}

/** One unit on two days, or as it was known at two times. */
export interface ComparedSums {
  readonly unit: CoverageSum["unit"];
  readonly from: CoverageSum;
  readonly to: CoverageSum;
  /** Of the ratios, `to` less `from`; null where either is missing, or where they don't compare. */
  readonly change: number | null;
  /**
   * Why the two don't compare, if they don't: they are of different definitions, or over denominators of different
   * origin.
   */
  readonly break: "definition" | "denominator" | null;
}

/** What the two sides of a comparison differ in. */
export interface Side {
  readonly asOf: Day;
  readonly known: Known;
}

/** The units of a level on two sides. */
export async function compareSums(
  db: Database,
  question: Omit<SumQuestion, "asOf" | "known">,
  [from, to]: readonly [Side, Side],
): Promise<ComparedSums[]> {
  const [before, after] = await Promise.all([
    coverageSums(db, { ...question, ...from }),
    coverageSums(db, { ...question, ...to }),
  ]);
  const earlier = new Map(before.map((sum) => [sum.unit.code, sum]));
  return after.flatMap((sum) => {
    const other = earlier.get(sum.unit.code);
    return other === undefined ? [] : [compared(other, sum)];
  });
}

function compared(from: CoverageSum, to: CoverageSum): ComparedSums {
  const broken = breakBetween(from, to);
  const comparable = broken === null && from.ratio !== null && to.ratio !== null;
  return {
    unit: to.unit,
    from,
    to,
    change: comparable ? (to.ratio ?? 0) - (from.ratio ?? 0) : null,
    break: broken,
  };
}

function breakBetween(from: CoverageSum, to: CoverageSum): ComparedSums["break"] {
  if (from.indicator_version !== to.indicator_version) return "definition";
  const [one, other] = [from.denominator_source, to.denominator_source];
  return one !== null && other !== null && one !== other ? "denominator" : null;
}
