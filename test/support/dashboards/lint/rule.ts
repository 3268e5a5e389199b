import type { BoardJson } from "../boards.ts";
import type { KnownSeries } from "../series.ts";

/** What a rule may know beside the dashboard. */
export interface Surroundings {
  readonly known: KnownSeries;
  /** Where a link may lead: uids of dashboards with the variables that each has, and pages of the service. */
  readonly boards: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tags: ReadonlySet<string>;
  readonly hasPage: (path: string) => boolean;
}

/** One thing that every dashboard keeps; a fault says where and what. */
export type BoardRule = (board: BoardJson, around: Surroundings) => string[];
