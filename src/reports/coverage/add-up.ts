import type { Day } from "../../domain/calendar.ts";
import type { Basis } from "../../domain/coverage/figure.ts";
import type { SumIndicator } from "./indicators.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { CurrentFigure } from "./current-figures.ts";
import type { Tally } from "./tally.ts";
import type { SumUnit } from "./units-on.ts";

/** What a sum is of, and what was said of the unit itself. */
export interface SumFrame {
  readonly unit: SumUnit;
  readonly indicator: SumIndicator;
  readonly asOf: Day;
  readonly basis: Basis;
  readonly stated: CurrentFigure | null;
}

/** A sum from its parts. `missingSize`: what all gaps together come to, null where the size of one is not known. */
export function addUp(frame: SumFrame, tally: Tally, missingSize: number | null): CoverageSum {
  const { unit, indicator, asOf, basis, stated } = frame;
  const share = indicator.denominator_kind !== null;
  const some = tally.values > 0;
  return {
    unit: { level: unit.level, code: unit.code, name_vi: unit.name_vi },
    indicator: indicator.code,
    indicator_version: indicator.version,
    as_of: asOf,
    basis: tally.recast.estimated > 0 ? "estimated" : basis,
    numerator: some ? tally.numerator : null,
    denominator: some && share ? tally.denominator : null,
    ratio: some && share && tally.denominator > 0 ? tally.numerator / tally.denominator : null,
    ...(share ? boundsOf(tally, missingSize) : { lower: null, upper: null, bounds: "none" }),
    reported_communes: tally.reported,
    expected_communes: tally.expected,
    missing_denominator: share ? missingSize : null,
    missing: tally.missing,
    denominator_source: tally.origin,
    operators: tally.operators,
    recast: tally.recast,
    stated: stated && toStated(stated, basis),
    made_up: tally.madeUp || stated?.made_up === true,
  };
}

/** With everything missing at 0 % and at 100 %. */
function boundsOf(
  { numerator, denominator }: Tally,
  missingSize: number | null,
): Pick<CoverageSum, "lower" | "upper" | "bounds"> {
  if (missingSize === null) return { lower: 0, upper: 1, bounds: "open" };
  const all = denominator + missingSize;
  if (all === 0) return { lower: null, upper: null, bounds: "none" };
  return { lower: numerator / all, upper: (numerator + missingSize) / all, bounds: "closed" };
}

function toStated(figure: CurrentFigure, basis: Basis): NonNullable<CoverageSum["stated"]> {
  const { numerator, denominator, stated_ratio, source_code, note } = figure;
  const counted = numerator === null || denominator === null ? null : numerator / denominator;
  return {
    numerator,
    denominator,
    ratio: counted ?? stated_ratio,
    source: source_code,
    basis,
    note,
  };
}
