import { sql } from "kysely";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";
import { openDatabase } from "../../src/store/open-database.ts";

/** What became of the runs that were due in a span, as it stands in the database. */
export interface StoredRuns {
  readonly due: number;
  readonly stored: number;
  readonly skipped: number;
  /** Runs by outcome, with the reason where there is one, as `skipped skip_address_busy`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Milliseconds between the slot and the beginning of a run, skipped ones left out. */
  readonly lagMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The longest delay of the thread's event loop during a run. */
  readonly loopLagMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** Holds what is stored against what the schedule alone says was due in `from` ≤ slot < `to` (milliseconds). */
export async function storedRuns(
  databaseUrl: string,
  span: { readonly from: number; readonly to: number; readonly intervalMs: number },
): Promise<StoredRuns> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: "" });
  try {
    const portals = await db
      .selectFrom("portal")
      .select(["id", "slug"])
      .where("lifecycle", "=", "active")
      .execute();
    const due = new Set<string>();
    for (const { id, slug } of portals) {
      for (const family of FAMILIES) {
        const phase = phaseOf(slug, family, span.intervalMs);
        for (const slot of slotsBetween(phase, span.intervalMs, span.from, span.to)) {
          due.add(keyOf(id, family, slot));
        }
      }
    }
    const [from, to] = [new Date(span.from), new Date(span.to)];
    const { rows } = await sql<{ portal_id: number; family: Family; at: Date; outcome: string }>`
      select portal_id, family, scheduled_at as at, concat_ws(' ', outcome, failure) as outcome from probe_result
      where scheduled_at >= ${from} and scheduled_at < ${to} and attempt = 0`.execute(db);
    const stored = rows.filter(({ portal_id: id, family, at }) =>
      due.has(keyOf(id, family, at.getTime())),
    );
    const outcomes = Object.fromEntries(
      Map.groupBy(stored, ({ outcome }) => outcome)
        .entries()
        .map(([outcome, own]) => [outcome, own.length]),
    );
    const { rows: times } = await sql<Record<string, number>>`
      select percentile_disc(0.5) within group (order by start_delay_ms) as lag50,
        percentile_disc(0.99) within group (order by start_delay_ms) as lag99, max(start_delay_ms) as lag,
        percentile_disc(0.5) within group (order by loop_lag_ms) as loop50,
        percentile_disc(0.99) within group (order by loop_lag_ms) as loop99, max(loop_lag_ms) as loop
      from probe_result
      where scheduled_at >= ${from} and scheduled_at < ${to} and attempt = 0 and outcome <> 'skipped'`.execute(
      db,
    );
    const [time = {}] = times;
    const of = (name: string) => time[name] ?? Number.NaN;
    return {
      due: due.size,
      stored: stored.length,
      skipped: stored.filter(({ outcome }) => outcome.startsWith("skipped")).length,
      outcomes,
      lagMs: { p50: of("lag50"), p99: of("lag99"), max: of("lag") },
      loopLagMs: { p50: of("loop50"), p99: of("loop99"), max: of("loop") },
    };
  } finally {
    await close();
  }
}

function keyOf(portal: number, family: Family, slot: number): string {
  return `${portal} ${family} ${slot}`;
}
