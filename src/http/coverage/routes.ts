import { coverageComparison } from "./compare.ts";
import { coverageFigures } from "./figures.ts";
import { coverageGapList } from "./gaps.ts";
import { coverageOverview } from "./overview.ts";
import { coverageSeriesList } from "./series.ts";
import { coverageSumList } from "./sums.ts";

/** Everything that is read of coverage figures. */
export const COVERAGE_READS = [
  coverageOverview,
  coverageFigures,
  coverageSumList,
  coverageGapList,
  coverageSeriesList,
  coverageComparison,
];
