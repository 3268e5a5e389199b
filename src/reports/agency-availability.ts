import { sql } from "kysely";
import { addMonths, type Day, monthStart } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";
import { listAvailability } from "./availability.ts";

/** One agency's availability in one month, over the portals that it answers for. */
export interface AgencyAvailability {
  /** The agency's stable id. */
  readonly agency: string;
  readonly period: "this_month" | "last_month";
  /** 0 to 1. */
  readonly ratio: number;
}

/** More than there are agencies, twice. */
const ALL = 1_000_000;

/**
 * Availability of every agency in the month of a day of the reporting time zone and the one before, over the hours that
 * have ended, as docs/availability.md says; agencies of which nothing could be told are absent. Reads the roll-ups of
 * two months.
 */
export async function agencyAvailability(
  db: Database,
  { vantage, today }: { readonly vantage: string; readonly today: Day },
): Promise<AgencyAvailability[]> {
  const thisMonth = monthStart(today);
  const from = addMonths(thisMonth, -1);
  const { rows } = await listAvailability(
    db,
    { by: "agency", span: "month", vantage, from },
    { limit: ALL, after: null },
  );
  return rows.flatMap(({ id: agency, start, ratio }) => {
    const period = start === thisMonth ? "this_month" : "last_month";
    return ratio === null ? [] : [{ agency, period, ratio }];
  });
}

/** Changes when days were counted anew, by whichever process on this database. */
export async function countedDaysMark(db: Database): Promise<string> {
  const { rows } = await sql<{ id: number }>`
    select id from job_run where job = 'rollup' and outcome = 'ok' and (detail->>'days')::int > 0
    order by started_at desc limit 1`.execute(db);
  return String(rows[0]?.id ?? "");
}
