import type { Database } from "./database.ts";
import { expand, type Occurrence } from "./maintenance-rule.ts";

const MINUTE_MS = 60_000;
/** As far ahead as a window may begin. */
const AHEAD_MS = 5 * 366 * 86_400_000;

/**
 * The next occurrences of a window that begin after an instant (milliseconds), at most `count`, by its rule: also those
 * that are not written out yet. Empty for a window that there is none of, or that was cancelled.
 */
export async function nextOccurrences(
  db: Database,
  window: number,
  { after, count }: { readonly after: number; readonly count: number },
): Promise<readonly Occurrence[]> {
  const row = await db
    .selectFrom("maintenance_window")
    .select(["starts_at", "duration_minutes", "rrule", "timezone"])
    .where("id", "=", window)
    .where("cancelled_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return [];
  const recurrence = {
    startsAt: row.starts_at.getTime(),
    durationMs: row.duration_minutes * MINUTE_MS,
    rrule: row.rrule,
    timezone: row.timezone,
  };
  return expand(recurrence, after + 1, after + AHEAD_MS).occurrences.slice(0, count);
}
