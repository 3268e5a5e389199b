import { startOfDay } from "../domain/calendar.ts";
import type { CoverageSum } from "../domain/coverage/sum.ts";
import type { IndicatorSums, UnitLabels } from "../reports/coverage/metrics-data.ts";
import type { TargetRow } from "../reports/coverage/targets.ts";
import { type MetricFamily, renderLabels, renderSample } from "./exposition.ts";

/** One metric family together with how an object's lines of it are rendered. */
interface Rendered<T> extends MetricFamily {
  readonly render: (subject: T) => string;
}

/** Of an indicator on the last day that was reported. */
export const INDICATOR_FAMILIES: readonly Rendered<IndicatorSums>[] = [
  perUnit(
    "coverage_ratio",
    "Share that is covered, over the communes that reported",
    (sum) => sum.ratio,
  ),
  perUnit("coverage_ratio_lower", "The share if everything missing were at 0", (sum) =>
    bound(sum, sum.lower),
  ),
  perUnit("coverage_ratio_upper", "The share if everything missing were at 1", (sum) =>
    bound(sum, sum.upper),
  ),
  perUnit(
    "coverage_reported_communes",
    "Communes (or provinces, where those report) whose figures are in the share; of the country and of provinces",
    (sum) => partsOf(sum, sum.reported_communes),
  ),
  perUnit(
    "coverage_expected_communes",
    "Communes (or provinces, where those report) that there are; of the country and of provinces",
    (sum) => partsOf(sum, sum.expected_communes),
  ),
  {
    name: "coverage_as_of_timestamp_seconds",
    type: "gauge",
    help: "The day that an indicator's figures are true of, as its beginning in UTC",
    render: ({ indicator, asOf }) =>
      renderSample(
        "coverage_as_of_timestamp_seconds",
        renderLabels({ indicator }),
        startOfDay(asOf) / 1000,
      ),
  },
  {
    name: "coverage_made_up",
    type: "gauge",
    help: "1 where an indicator's figures rest on a made-up source, as in a demonstration",
    render: ({ indicator, sums }) =>
      renderSample(
        "coverage_made_up",
        renderLabels({ indicator }),
        Number(sums.some(({ made_up }) => made_up)),
      ),
  },
];

/** Of units and targets, whether there are figures or not. */
export const REGISTER_FAMILIES: readonly Rendered<{
  readonly units: readonly UnitLabels[];
  readonly targets: readonly TargetRow[];
}>[] = [
  {
    name: "coverage_unit_info",
    type: "gauge",
    help: "What a unit is called and which province it is in, always 1",
    render: ({ units }) =>
      units
        .map(({ unit, level, province, name }) =>
          renderSample("coverage_unit_info", renderLabels({ unit, level, province, name }), 1),
        )
        .join(""),
  },
  {
    name: "coverage_target_ratio",
    type: "gauge",
    help: "Share that a target asks for",
    render: ({ targets }) =>
      targets
        .filter(({ threshold_kind }) => threshold_kind === "ratio")
        .map(({ code: target, indicator_code: indicator, level, threshold }) =>
          renderSample(
            "coverage_target_ratio",
            renderLabels({ target, indicator, level }),
            threshold,
          ),
        )
        .join(""),
  },
];

function perUnit(
  name: string,
  help: string,
  valueOf: (sum: CoverageSum) => number | null,
): Rendered<IndicatorSums> {
  return {
    name,
    type: "gauge",
    help,
    render: ({ sums }) =>
      sums
        .map((sum) => {
          const value = valueOf(sum);
          if (value === null) return "";
          const { level, code: unit } = sum.unit;
          return renderSample(name, renderLabels({ indicator: sum.indicator, level, unit }), value);
        })
        .join(""),
  };
}

/** Bounds of nothing at all say nothing: like the share, they are left out. */
function bound({ numerator }: CoverageSum, value: number | null): number | null {
  return numerator === null ? null : value;
}

/** Left out of communes, which have no parts, and of what lies below the level that is reported: 0 would be no count. */
function partsOf({ unit, expected_communes }: CoverageSum, value: number): number | null {
  return unit.level === "commune" || expected_communes === 0 ? null : value;
}
