import { type RawBuilder, sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Viewpoint } from "./page.ts";
import { dayEndIn, dayIn } from "./zone-day.ts";

/** From where one looks at compliance, and as of when. */
export interface ComplianceView extends Viewpoint {
  /** Where days begin and end, IANA name. */
  readonly timezone: string;
  /** The day at whose end one looks; null for now. */
  readonly asOf: Day | null;
}

/** One instant that a report speaks of. */
export interface Moment {
  readonly vantage: string;
  /** Everything that began before this counts. */
  readonly at: Date;
  /** The day of the report in its time zone. */
  readonly day: Day;
  /** Whether spans that have ended since must be looked at. */
  readonly past: boolean;
}

/** What instant a view means; a day that is not over yet means now. */
export function momentOf(view: ComplianceView): Moment {
  const { vantage, timezone, now } = view;
  const end = view.asOf === null ? Infinity : dayEndIn(timezone, view.asOf);
  return end > now
    ? { vantage, at: new Date(now + 1), day: dayIn(timezone, now), past: false }
    : { vantage, at: new Date(end), day: view.asOf ?? dayIn(timezone, now), past: true };
}

/** The number of the vantage point, as a query within a query; null if it never stored anything. */
export function vantageSql(moment: Moment): RawBuilder<number> {
  return sql<number>`(select id from vantage where name = ${moment.vantage})`;
}

/** Whether a span with these bounds was open at the moment. */
export function openAt(moment: Moment, from: string, to: string): RawBuilder<boolean> {
  const end = sql.ref(to);
  if (!moment.past) return sql<boolean>`${end} is null`;
  return sql<boolean>`(${sql.ref(from)} < ${moment.at} and (${end} is null or ${end} >= ${moment.at}))`;
}
