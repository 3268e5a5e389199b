import { sql } from "kysely";
import { addDays } from "../domain/calendar.ts";
import { FAMILIES, type Family } from "../domain/family.ts";
import { type Phase, PHASES } from "../domain/observation.ts";
import type { Database } from "../store/database.ts";
import { scheduledWithin } from "../store/run-span.ts";
import type { Viewpoint } from "./page.ts";
import { listLatency } from "./portal-latency.ts";
import type { StripSpan } from "./portal-strip.ts";
import { dayIn, dayStartIn } from "./zone-day.ts";

/** How long half of the runs of one step took at most, milliseconds by phase; null where none answered. */
export interface LatencyPoint {
  /** When the step began, ISO 8601 UTC. */
  readonly at: string;
  readonly p50_ms: Readonly<Record<Phase | "total", number | null>>;
}

/** A portal's latency over each family, oldest step first; steps without any answer are left out. */
export type LatencySeries = Readonly<Record<Family, readonly LatencyPoint[]>>;

const STEP_MS = 600_000;
const DAY_MS = 86_400_000;

/** Enough for a week of hours over both families from several vantage points. */
const MOST_ROWS = 2000;

/**
 * Medians of a portal (by number) from one vantage point up to now: of ten minutes for a day, counted from the runs
 * themselves; of hours for a week and of days for a quarter, from roll-ups.
 */
export async function latencySeries(
  db: Database,
  portal: number,
  view: Viewpoint,
  { span, timezone }: { readonly span: StripSpan; readonly timezone: string },
): Promise<LatencySeries> {
  if (span === "24h") return fromRuns(db, portal, view);
  const today = dayIn(timezone, view.now);
  const from = addDays(today, span === "7d" ? -7 : -89);
  const filter = { span: span === "7d" ? "hour" : "day", from, timezone } as const;
  const { rows } = await listLatency(db, portal, filter, { limit: MOST_ROWS, after: null });
  const own = rows.filter(({ vantage }) => vantage === view.vantage).toReversed();
  const at = (start: string) =>
    span === "7d" ? start : new Date(dayStartIn(timezone, start)).toISOString();
  return byFamily((family) =>
    own
      .filter((row) => row.family === family && row.latency_ms.total.p50 !== null)
      .map(({ start, latency_ms: ms }) => ({
        at: at(start),
        p50_ms: phases((phase) => ms[phase].p50),
      })),
  );
}

/** Only scheduled runs that got an answer, as in roll-ups: how long a failure takes says when we gave up. */
async function fromRuns(
  db: Database,
  portal: number,
  { vantage, now }: Viewpoint,
): Promise<LatencySeries> {
  const end = Math.floor(now / STEP_MS) * STEP_MS + STEP_MS;
  const from = new Date(end - DAY_MS);
  const medians = [...PHASES, "total" as const].map(
    (phase) =>
      sql`percentile_cont(0.5) within group (order by ${sql.ref(`${phase}_ms`)}::float8) as ${sql.id(phase)}`,
  );
  const { rows } = await sql<{ step: number; family: Family } & Record<Phase | "total", number>>`
    select floor(extract(epoch from scheduled_at - ${from}::timestamptz) / ${STEP_MS / 1000})::int as step,
      family, ${sql.join(medians)}
    from probe_run
    where portal_id = ${portal} and vantage_id = (select id from vantage where name = ${vantage})
      and attempt = 0 and outcome in ('ok', 'degraded') and ${scheduledWithin(from, new Date(end))}
    group by step, family order by step`.execute(db);
  return byFamily((family) =>
    rows
      .filter((row) => row.family === family)
      .map((row) => ({
        at: new Date(from.getTime() + row.step * STEP_MS).toISOString(),
        p50_ms: phases((phase) => row[phase]),
      })),
  );
}

function byFamily(of: (family: Family) => readonly LatencyPoint[]): LatencySeries {
  return Object.fromEntries(FAMILIES.map((family) => [family, of(family)])) as LatencySeries;
}

function phases(of: (phase: Phase | "total") => number | null): LatencyPoint["p50_ms"] {
  const names = [...PHASES, "total" as const];
  return Object.fromEntries(names.map((name) => [name, of(name)])) as LatencyPoint["p50_ms"];
}
