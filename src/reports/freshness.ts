import { sql } from "kysely";
import { isFresh } from "../domain/portal-state.ts";
import type { Database } from "../store/database.ts";
import type { Viewpoint } from "./page.ts";

/** How new what is shown is. */
export interface Freshness {
  /** When the latest run was due, ISO 8601 UTC; null before any. */
  readonly as_of: string | null;
  /** Whether that is too long ago for the present state to be told. */
  readonly stale: boolean;
}

/** How new the latest run from a vantage point is. */
export async function freshness(
  db: Database,
  { vantage, now, intervalMs }: Viewpoint,
): Promise<Freshness> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(scheduled_at) as at from probe_latest
    where vantage_id = (select id from vantage where name = ${vantage})`.execute(db);
  const at = rows[0]?.at ?? null;
  if (at === null) return { as_of: null, stale: true };
  return {
    as_of: at.toISOString(),
    stale: !isFresh(at.getTime(), now, intervalMs),
  };
}
