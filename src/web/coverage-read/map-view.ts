import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Threshold } from "../../reports/coverage/gaps.ts";
import type { FigureRow } from "../../reports/coverage/figures.ts";
import type { IndicatorRow } from "../../reports/coverage/indicators.ts";
import type { CoverageSourceRow } from "../../reports/coverage/sources.ts";
import type { TargetRow } from "../../reports/coverage/targets.ts";
import type { CoverageFacts } from "../coverage/page.ts";
import type { Lang } from "../lang.ts";

/** Orders of the table of units. */
export const MAP_SORTS = ["name", "ratio", "numerator", "reported"] as const;

export type MapSort = (typeof MAP_SORTS)[number];

/** Levels that a map is drawn of. */
export const MAP_LEVELS = ["province", "commune"] as const;

export type MapLevel = (typeof MAP_LEVELS)[number];

/** What the address of the map's page says. */
export interface MapQuery {
  readonly lang?: Lang | undefined;
  readonly indicator?: string | undefined;
  /** A day, or the code of a release. */
  readonly at?: string | undefined;
  readonly level?: MapLevel | undefined;
  readonly province?: string | undefined;
  readonly target?: string | undefined;
  readonly sort?: MapSort | undefined;
  readonly order?: "asc" | "desc" | undefined;
  readonly page?: number | undefined;
}

/** An indicator with the days that it has figures of, newest first. */
export interface ShownIndicator extends IndicatorRow {
  readonly days: readonly Day[];
}

/** What can be chosen. */
export interface MapChoices {
  /** Those with figures first. */
  readonly indicators: readonly ShownIndicator[];
  /** Newest first. */
  readonly releases: readonly { readonly code: string; readonly as_of: Day }[];
  readonly provinces: readonly { readonly code: string; readonly name_vi: string }[];
  /** Of the indicator; those that communes and provinces can be held against. */
  readonly targets: readonly TargetRow[];
}

/** One indicator on one day, of the country and of the units of a level. */
export interface MapView extends CoverageFacts {
  readonly query: MapQuery;
  readonly choices: MapChoices;
  readonly indicator: ShownIndicator;
  readonly asOf: Day;
  readonly level: MapLevel;
  readonly province: { readonly code: string; readonly name_vi: string } | null;
  /** What units are held against; null where nothing is. */
  readonly held: { readonly target: TargetRow; readonly threshold: Threshold } | null;
  /** Of the country, or of the province whose communes are shown; null where there is none. */
  readonly whole: CoverageSum | null;
  /** In the order that is asked for, all of them. */
  readonly sums: readonly CoverageSum[];
  /** Of a commune's code, where communes of several provinces are shown. */
  readonly provinceOf: (commune: string) => string | null;
  /** Every target of the indicator. */
  readonly targets: readonly TargetRow[];
  /** What was said of the country or this province itself. */
  readonly stated: readonly FigureRow[];
  readonly sources: readonly CoverageSourceRow[];
}
