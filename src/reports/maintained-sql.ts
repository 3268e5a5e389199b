import { type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Whether a window covers `portal as p` at an instant (milliseconds since the epoch); the sets are read once. */
export function isMaintainedSql(now: number): RawBuilder<boolean> {
  const covered = (portal: string, window: string) =>
    sql`coalesce(${sql.ref(portal)} in (select ${sql.ref(window)}
      from maintenance_occurrence o join maintenance_window w on w.id = o.window_id
      where o.starts_at <= ${new Date(now)} and o.ends_at > ${new Date(now)}
        and w.cancelled_at is null and ${sql.ref(window)} is not null), false)`;
  return sql<boolean>`(${covered("p.id", "w.portal_id")} or ${covered("p.agency_id", "w.agency_id")}
    or ${covered("p.province_id", "w.province_id")})`;
}

/** Numbers of all portals that a window covers at an instant. */
export async function maintainedPortals(db: Database, now: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select p.id from portal p where ${isMaintainedSql(now)} order by p.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** How many windows are active at an instant. */
export async function activeWindows(db: Database, now: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct w.id) as count
    from maintenance_occurrence o join maintenance_window w on w.id = o.window_id
    where o.starts_at <= ${new Date(now)} and o.ends_at > ${new Date(now)} and w.cancelled_at is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
