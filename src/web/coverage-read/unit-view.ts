import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { FigureOrigin } from "../../reports/coverage/figure-origins.ts";
import type { FigureRow } from "../../reports/coverage/figures.ts";
import type { GapRow, Threshold } from "../../reports/coverage/gaps.ts";
import type { TargetRow } from "../../reports/coverage/targets.ts";
import type { SuccessionRow, UnitRow } from "../../reports/units.ts";
import type { CoverageFacts } from "../coverage/page.ts";
import type { MapLevel, ShownIndicator } from "./map-view.ts";

/** An indicator of one unit over time. */
export interface UnitIndicator {
  readonly indicator: ShownIndicator;
  /** Oldest first, at least one; the last is now. */
  readonly series: readonly CoverageSum[];
  /** Days from which on it is counted by another method, as releases say. */
  readonly breaks: readonly Day[];
  readonly held: { readonly target: TargetRow; readonly threshold: Threshold } | null;
}

/** A province or commune with everything that the register has of it. */
export interface UnitView extends CoverageFacts {
  readonly level: MapLevel;
  readonly unit: UnitRow;
  readonly predecessors: readonly SuccessionRow[];
  readonly indicators: readonly UnitIndicator[];
  readonly origins: readonly FigureOrigin[];
  /** Of the unit itself, every revision, the last one first. */
  readonly revisions: readonly FigureRow[];
  /** Of a province: the first rows of its gap list, of the first of its targets that has figures. */
  readonly gaps: {
    readonly target: TargetRow;
    readonly rows: readonly GapRow[];
    readonly all: number;
  } | null;
}
