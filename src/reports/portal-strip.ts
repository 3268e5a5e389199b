import { sql } from "kysely";
import { addDays } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import type { Database } from "../store/database.ts";
import { scheduledWithin } from "../store/run-span.ts";
import type { Viewpoint } from "./page.ts";
import { dayIn, dayStartIn } from "./zone-day.ts";

/** How much time a strip shows: in steps of 15 minutes, of an hour, of a day of the reporting time zone. */
export const STRIP_SPANS = ["24h", "7d", "90d"] as const;

export type StripSpan = (typeof STRIP_SPANS)[number];

/**
 * What a step was: `down` where at least half of the runs that could tell failed, `degraded` where fewer did or a limit
 * was exceeded, `absent` where the family was not published.
 */
export type StripState = "down" | "degraded" | "maintenance" | "up" | "absent" | "unknown";

/** One step of a strip. */
export interface StripStep {
  /** Begin and end, ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
  readonly state: StripState;
  /** Runs that were seen: up and degraded, down (not in maintenance, not in doubt), in maintenance, and not told. */
  readonly up: number;
  readonly down: number;
  readonly maintenance: number;
  readonly unknown: number;
}

/** A portal's last day, week or quarter over each family, oldest step first; steps without any run are unknown. */
export type PortalStrip = Readonly<Record<Family, readonly StripStep[]>>;

const QUARTER_HOUR_MS = 900_000;
const HOUR_MS = 3_600_000;

/** The strip of a portal (by number) from one vantage point up to now. */
export async function portalStrip(
  db: Database,
  portal: number,
  view: Viewpoint,
  wanted: { readonly span: StripSpan; readonly timezone: string },
): Promise<PortalStrip> {
  const starts = startsOf(wanted.span, wanted.timezone, view.now);
  const steps = { "24h": countRuns, "7d": countHours, "90d": countDays }[wanted.span];
  const rows = await steps(db, portal, view, starts, wanted.timezone);
  const found = new Map(rows.map((row) => [`${row.family} ${row.step}`, row]));
  const strip = (family: Family) =>
    starts
      .slice(0, -1)
      .map((from, step) => toStep(found.get(`${family} ${step}`), from, starts[step + 1] ?? from));
  return { ip4: strip("ip4"), ip6: strip("ip6") };
}

/** Where steps begin, and where the last one ends. */
function startsOf(span: StripSpan, timezone: string, now: number): number[] {
  if (span === "90d") {
    const today = dayIn(timezone, now);
    return Array.from({ length: 91 }, (_, index) =>
      dayStartIn(timezone, addDays(today, index - 89)),
    );
  }
  const [step, count] = span === "24h" ? [QUARTER_HOUR_MS, 96] : [HOUR_MS, 168];
  const end = Math.floor(now / step) * step + step;
  return Array.from({ length: count + 1 }, (_, index) => end - (count - index) * step);
}

interface Counts {
  readonly step: number;
  readonly family: Family;
  readonly ok: number;
  readonly degraded: number;
  readonly fail: number;
  readonly unknown: number;
  readonly no_address: number;
  readonly maintenance: number;
}

/** Counted from the runs themselves: the last hours are not rolled up yet. */
async function countRuns(
  db: Database,
  portal: number,
  { vantage }: Viewpoint,
  starts: readonly number[],
): Promise<Counts[]> {
  const from = new Date(starts[0] ?? 0);
  const to = new Date(starts.at(-1) ?? 0);
  const { rows } = await sql<Counts>`
    with runs as (
      select r.family, r.outcome, floor(extract(epoch from r.scheduled_at - ${from}::timestamptz)
          / ${QUARTER_HOUR_MS / 1000})::int as step,
        exists (select from maintenance_occurrence o join maintenance_window w on w.id = o.window_id
          join portal p on p.id = r.portal_id
          where (w.portal_id = p.id or w.agency_id = p.agency_id or w.province_id = p.province_id)
            and o.starts_at <= r.scheduled_at and o.ends_at > r.scheduled_at
            and (w.cancelled_at is null or w.cancelled_at > r.scheduled_at)) as maintained,
        r.outcome = 'fail' and exists (select from incident i
          where i.kind = 'vantage_degraded' and i.cause = 'mass_failure' and i.vantage_id = r.vantage_id
            and i.opened_at <= r.scheduled_at and r.scheduled_at < coalesce(i.resolved_at, 'infinity')) as doubted
      from probe_run r
      where r.portal_id = ${portal} and r.attempt = 0
        and r.vantage_id = (select id from vantage where name = ${vantage})
        and ${scheduledWithin(from, to)}
    )
    select step, family, count(*) filter (where maintained and outcome <> 'no_address') as maintenance,
      count(*) filter (where outcome = 'ok' and not maintained) as ok,
      count(*) filter (where outcome = 'degraded' and not maintained) as degraded,
      count(*) filter (where outcome = 'fail' and not maintained and not doubted) as fail,
      count(*) filter (where outcome = 'no_address') as no_address,
      count(*) filter (where (outcome in ('unknown', 'skipped') or doubted) and not maintained) as unknown
    from runs group by step, family`.execute(db);
  return rows;
}

/** Of the last two days hours are read instead of days: a day has only hours that have ended, and its last one a minute later. */
const DAYS_BY_HOURS = 2;

/** Columns of a roll-up `r`, summed over a step; what was due and never run is unknown. */
const SUMS = sql`
  sum(r.ok + r.degraded - r.maintenance_good) - sum(case when r.maintenance = 0 then r.degraded else 0 end) as ok,
  sum(case when r.maintenance = 0 then r.degraded else 0 end) as degraded,
  sum(r.fail - r.maintenance_bad - r.suspect) as fail, sum(r.no_address) as no_address,
  sum(r.maintenance) as maintenance,
  sum(r.slots - r.no_address - r.maintenance - (r.ok + r.degraded - r.maintenance_good)
    - (r.fail - r.maintenance_bad - r.suspect)) as unknown`;

/** Counted from hours. */
async function countHours(
  db: Database,
  portal: number,
  { vantage }: Viewpoint,
  starts: readonly number[],
): Promise<Counts[]> {
  const edges = starts.map((start) => new Date(start).toISOString());
  const { rows } = await sql<Counts>`
    with edges as (
      select (place - 1)::int as step, edge as starts, lead(edge) over (order by edge) as ends
      from unnest(${edges}::timestamptz[]) with ordinality as given(edge, place)
    )
    select e.step, r.family, ${SUMS}
    from probe_rollup_hour r join edges e on r.start_at >= e.starts and r.start_at < e.ends
    where r.portal_id = ${portal} and r.vantage_id = (select id from vantage where name = ${vantage})
      and r.start_at >= ${edges[0]}::timestamptz and r.start_at < ${edges.at(-1)}::timestamptz
    group by e.step, r.family`.execute(db);
  return rows;
}

/**
 * Counted from days, whose counts lie side by side in an index. The last days are counted from hours, and so is a day with
 * both maintenance and limits exceeded: what was exceeded counts outside the hours with maintenance alone.
 */
async function countDays(
  db: Database,
  portal: number,
  view: Viewpoint,
  starts: readonly number[],
  timezone: string,
): Promise<Counts[]> {
  const first = dayIn(timezone, starts[0] ?? 0);
  const whole = starts.length - 1 - DAYS_BY_HOURS;
  const { rows: days } = await sql<Counts & { readonly told: boolean }>`
    select r.day - ${first}::date as step, r.family, ${SUMS}, bool_and(r.maintenance = 0 or r.degraded = 0) as told
    from probe_rollup_day r
    where r.portal_id = ${portal} and r.vantage_id = (select id from vantage where name = ${view.vantage})
      and r.day >= ${first}::date and r.day < ${addDays(first, whole)}::date
    group by r.day, r.family`.execute(db);
  const from = Math.min(whole, ...days.flatMap(({ told, step }) => (told ? [] : [step])));
  const hours = await countHours(db, portal, view, starts.slice(from));
  const byHours = hours.map((row) => ({ ...row, step: row.step + from }));
  const counted = new Set(byHours.map(({ step, family }) => `${step} ${family}`));
  return [...byHours, ...days.filter(({ step, family }) => !counted.has(`${step} ${family}`))];
}

function toStep(counts: Counts | undefined, from: number, to: number): StripStep {
  const { ok = 0, degraded = 0, fail = 0, unknown = 0, maintenance = 0 } = counts ?? {};
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    state: stateOf(counts),
    up: ok + degraded,
    down: fail,
    maintenance,
    unknown,
  };
}

function stateOf(counts: Counts | undefined): StripState {
  if (counts === undefined) return "unknown";
  const { ok, degraded, fail, maintenance, no_address: absent } = counts;
  if (fail > 0 && fail >= ok + degraded) return "down";
  if (fail + degraded > 0) return "degraded";
  if (ok > 0) return "up";
  if (maintenance > 0) return "maintenance";
  return absent > 0 ? "absent" : "unknown";
}
