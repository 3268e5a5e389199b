import type { VantageState } from "../domain/vantage.ts";
import type { Freshness } from "../reports/freshness.ts";
import type { Overview } from "../reports/overview.ts";
import type { PortalSummary } from "../reports/portal-summary.ts";
import type { HomeQuery } from "./home-query.ts";
import type { ShownIncident } from "./incidents/incident-table.ts";
import type { Lang } from "./lang.ts";

/** What the first page shows. */
export interface HomeData {
  readonly lang: Lang;
  readonly query: HomeQuery;
  readonly overview: Overview;
  readonly vantage: VantageState;
  readonly portals: readonly PortalSummary[];
  /** Cursor of the next page of portals, null on the last one. */
  readonly nextCursor: string | null;
  /** What is open now, newest first; parts of a listed one among them. */
  readonly incidents: readonly ShownIncident[];
  /** Whether more are open than those. */
  readonly moreOpen: boolean;
  readonly freshness: Freshness;
  readonly madeUp: boolean;
  readonly signedIn: string | null;
  /** IANA name of the zone that times are shown in. */
  readonly timezone: string;
  readonly version: string;
}
