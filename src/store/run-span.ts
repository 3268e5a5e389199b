import { type RawBuilder, sql } from "kysely";

/** The longest span of time whose runs one row keeps: packed hours (docs/adr/0022-closed-hours-are-packed.md). */
export const HOUR_MS = 3_600_000;

/**
 * Whether a run of the view `probe_run` was scheduled in a half-open span. Says it twice: by its own instant, and by the one
 * that it is kept by, from an hour earlier on, so that the partitions of these days alone are looked at, packed and not.
 */
export function scheduledWithin(from: Date, to: Date): RawBuilder<boolean> {
  const keptFrom = new Date(from.getTime() - HOUR_MS);
  return sql<boolean>`(scheduled_at >= ${from}::timestamptz and scheduled_at < ${to}::timestamptz
    and kept_at > ${keptFrom}::timestamptz and kept_at < ${to}::timestamptz)`;
}
