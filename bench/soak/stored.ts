import { sql } from "kysely";
import { FAMILIES } from "../../src/domain/family.ts";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";
import type { Database } from "../../src/store/database.ts";

/** What became of the runs that were due in a span. */
export interface StoredRuns {
  readonly due: number;
  readonly stored: number;
  /** Those that could tell something of the portal. */
  readonly told: number;
  /** How many came to what, with the reason where there is one, as `unknown event_loop_lag`. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** Holds the rows against the slots that the schedule alone says were due in `from` ≤ slot < `to`, by their number. */
export async function storedRuns(
  db: Database,
  slugs: readonly string[],
  intervalMs: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StoredRuns> {
  let due = 0;
  for (const slug of slugs) {
    for (const family of FAMILIES) {
      due += slotsBetween(phaseOf(slug, family, intervalMs), intervalMs, from, to).length;
    }
  }
  const { rows } = await sql<{ outcome: string; failure: string | null; runs: number }>`
    select outcome, failure, count(*)::int as runs from probe_result
    where attempt = 0 and scheduled_at >= ${new Date(from)} and scheduled_at < ${new Date(to)}
    group by outcome, failure order by runs desc`.execute(db);
  const sum = (some: typeof rows) => some.reduce((total, { runs }) => total + runs, 0);
  const named = rows.map(({ outcome, failure, runs }) => [
    failure === null ? outcome : `${outcome} ${failure}`,
    runs,
  ]);
  return {
    due,
    stored: sum(rows),
    told: sum(rows.filter(({ outcome }) => outcome !== "skipped" && outcome !== "unknown")),
    byOutcome: Object.fromEntries(named) as Record<string, number>,
  };
}
