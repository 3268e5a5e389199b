import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Database } from "../../store/database.ts";
import { type Step, steps } from "../coverage/lineage.ts";

/** When a commune's figures came, and in which submission; held: its rows wait for a person. */
export type CommuneSent =
  | { readonly state: "received"; readonly at: Date; readonly submission: number }
  | { readonly state: "held" }
  | { readonly state: "none" };

const NONE: CommuneSent = { state: "none" };
const HELD: CommuneSent = { state: "held" };

/**
 * What is there of each commune's figures of a day. Counted is what a province sent, or the ministry or a survey for
 * it; not what operators or publications say, what is projected, and words instead of figures. A commune whose
 * predecessors were all reported by their old codes is there too. `indicators`: all of these, or (empty) any.
 */
export async function sentOf(
  db: Database,
  asOf: Day,
  indicators: readonly string[],
): Promise<(unit: number) => CommuneSent> {
  const own = await received(db, asOf, indicators);
  const waiting = await held(db, asOf);
  const into = Map.groupBy(await steps(db, undefined), ({ to }) => to);
  const told = new Map<number, CommuneSent>();
  const sent = (unit: number): CommuneSent => {
    const known = told.get(unit);
    if (known) return known;
    const found =
      own.get(unit) ??
      (waiting.has(unit)
        ? HELD
        : together((into.get(unit) ?? []).map(({ from }: Step) => sent(from))));
    told.set(unit, found);
    return found;
  };
  return sent;
}

/** What the predecessors of a commune make together: it is there when the last of them is. */
function together(parts: readonly CommuneSent[]): CommuneSent {
  if (parts.length === 0 || parts.some(({ state }) => state === "none")) return NONE;
  const came = parts.flatMap((part) => (part.state === "received" ? [part] : []));
  if (came.length < parts.length) return HELD;
  return came.reduce((last, each) => (each.at > last.at ? each : last));
}

async function received(
  db: Database,
  asOf: Day,
  indicators: readonly string[],
): Promise<Map<number, Extract<CommuneSent, { state: "received" }>>> {
  const wanted = JSON.stringify(indicators);
  // The last revision decides whether there is a figure, the first one when it came: a correction makes nobody late.
  const { rows } = await sql<{ unit: number; indicators: number; at: Date; submission: number }>`
    with wanted as (
      select distinct code from indicator
      where ${indicators.length === 0} or code in (select json_array_elements_text(${wanted}::json))
    ), figure as (
      select distinct on (f.indicator_code, f.basis, f.operator, f.unit_id, f.source_code, f.indicator_version)
        f.unit_id, f.indicator_code, f.status, f.basis, f.source_code,
        first_value(f.submission_id) over (
          partition by f.indicator_code, f.basis, f.operator, f.unit_id, f.source_code, f.indicator_version
          order by f.revision) as submission_id
      from wanted w join coverage_figure f on f.indicator_code = w.code
      where f.as_of = ${asOf}::date and f.basis <> 'projected'
      order by f.indicator_code, f.basis, f.operator, f.unit_id, f.source_code, f.indicator_version, f.revision desc
    ), part as (
      select distinct on (f.unit_id, f.indicator_code) f.unit_id, f.indicator_code, m.received_at, m.id
      from figure f
      join coverage_source s on s.code = f.source_code and s.kind in ('province', 'ministry', 'survey')
      join submission m on m.id = f.submission_id
      where f.status in ('present', 'suppressed', 'not_applicable')
      order by f.unit_id, f.indicator_code, m.received_at, m.id
    )
    select unit_id as unit, count(*) as indicators, ${indicators.length === 0 ? sql`min` : sql`max`}(received_at) as at,
      (array_agg(id order by received_at ${indicators.length === 0 ? sql`asc` : sql`desc`}, id))[1] as submission
    from part group by unit_id`.execute(db);
  const asked = Math.max(1, new Set(indicators).size);
  const whole = rows.filter((row) => row.indicators >= asked);
  return new Map(
    whole.map(({ unit, at, submission }) => [unit, { state: "received", at, submission }]),
  );
}

async function held(db: Database, asOf: Day): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ unit_id: number }>`
    select distinct h.unit_id from held_row h
    cross join lateral jsonb_to_recordset(h.figures) as g("asOf" date)
    where h.state in ('pending', 'proposed') and g."asOf" = ${asOf}::date`.execute(db);
  return new Set(rows.map(({ unit_id }) => unit_id));
}
