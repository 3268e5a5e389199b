import { sql } from "kysely";
import type { PartReading } from "../../domain/incident/vantage-health.ts";
import { type KnownVantage, silentAfterMs } from "./vantage-tracks.ts";
import type { Database } from "../database.ts";
import type { Round } from "./round.ts";

/** How the schedule of a vantage point was read. */
interface ScheduleSight {
  readonly part: "schedule";
  readonly reading: PartReading;
  readonly cause: string;
  readonly why: string;
}

/** The last results that are looked at: a share of hundreds is as good as one of all, and costs nothing. */
const LOOKED_AT = 500;
/** Vantage points that were silent for longer when they were first looked at are gone, not ill. */
const GONE_MS = 7 * 86_400_000;
/** What our own machine did to a run. */
const OWN_FAULTS = ["event_loop_lag", "own_sockets", "prober_fault"];

interface Pulse {
  readonly vantage: number;
  readonly last: Date | null;
  readonly runs: number;
  readonly faulty: number;
}

/**
 * Whether vantage points keep up with their schedule: self-tests and results come, and are not for the most part spoilt
 * by the machine. One that is unknown for long, or that nothing was asked of, has no sight.
 */
export async function readSchedules(
  round: Round,
  vantages: readonly KnownVantage[],
): Promise<Map<number, ScheduleSight>> {
  const { trx, now, intervalMs, watchingSince } = round;
  const limit = silentAfterMs(intervalMs);
  const isSilent = (at: number | null) => now - Math.max(at ?? 0, watchingSince) > limit;
  const pulses = await readPulses(
    round,
    vantages.filter(({ checkedAt }) => !isSilent(checkedAt)),
  );
  const anyProbed = pulses.size > 0 && (await isAnythingProbed(trx));
  const sights = new Map<number, ScheduleSight>();
  for (const { id, checkedAt, parts } of vantages) {
    if (checkedAt === null) continue;
    if (now - checkedAt > GONE_MS && !parts.has("schedule")) continue;
    const stopped = (since: number, why: string) => ({
      ...SCHEDULE,
      reading: { state: "ill", since } as const,
      cause: "schedule_stopped",
      why,
    });
    const pulse = pulses.get(id);
    if (pulse === undefined) {
      sights.set(id, stopped(checkedAt, "Its last self-test is too old."));
    } else if (anyProbed && isSilent(pulse.last?.getTime() ?? null)) {
      sights.set(id, stopped(pulse.last?.getTime() ?? now, "No results come that tell anything."));
    } else if (pulse.faulty * 2 > pulse.runs) {
      const why = `${pulse.faulty} of its last ${pulse.runs} runs were spoilt by the machine itself.`;
      sights.set(id, {
        ...SCHEDULE,
        reading: { state: "ill", since: now },
        cause: "event_loop_lag",
        why,
      });
    } else if (pulse.last !== null) {
      sights.set(id, { ...SCHEDULE, reading: { state: "well" }, cause: "", why: "" });
    }
  }
  return sights;
}

const SCHEDULE = { part: "schedule" } as const;

/** The last results of vantage points that are alive: the newest one of all, and how many of an interval were spoilt. */
async function readPulses(
  { trx, now, intervalMs }: Round,
  vantages: readonly KnownVantage[],
): Promise<Map<number, Pulse>> {
  if (vantages.length === 0) return new Map();
  const from = new Date(now - silentAfterMs(intervalMs));
  const lately = new Date(now - intervalMs);
  const { rows } = await sql<Pulse>`
    select vantage.id as vantage, max(run.scheduled_at) as last,
      count(*) filter (where run.scheduled_at > ${lately}) as runs,
      count(*) filter (where run.scheduled_at > ${lately} and run.outcome = 'unknown'
        and run.failure = any(${OWN_FAULTS}::text[])) as faulty
    from unnest(${vantages.map(({ id }) => id)}::smallint[]) as vantage(id)
    left join lateral (
      select scheduled_at, outcome, failure from probe_result
      where vantage_id = vantage.id and outcome <> 'skipped'
        and scheduled_at > ${from} and scheduled_at <= ${new Date(now)}
      order by scheduled_at desc limit ${LOOKED_AT}
    ) as run on true
    group by vantage.id`.execute(trx);
  return new Map(rows.map((row) => [row.vantage, row]));
}

/** Whether any portal is to be probed at all. */
async function isAnythingProbed(trx: Database): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from portal where lifecycle in ('active', 'redirected_to_dvcqg')) as any`.execute(
    trx,
  );
  return rows[0]?.any ?? false;
}
