import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Database } from "../../store/database.ts";

/** One step: that (a part of) one unit became (a part of) another. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
  /** 0–1, where somebody stated it. */
  readonly share: number | null;
}

/** A unit that (a part of) which is in a later one. */
export interface Ancestor {
  readonly unit: number;
  readonly whole: boolean;
  /** The part of it that is there; 1 for whole, null where nobody stated it. */
  readonly share: number | null;
}

/** Where units came from, back to those that have figures. */
export interface Lineage {
  /** What a unit came from: on each way back the first unit that has a figure, or the oldest. */
  readonly ancestors: (unit: number) => readonly Ancestor[];
  /** The units of the day that a unit is in today. */
  readonly descendants: (ancestor: number) => readonly number[];
  /** Whether a unit that a part of it became, and that is no more either, has a figure: that part is told twice. */
  readonly retold: (ancestor: number) => boolean;
}

/** Every merge and split up to a day; `undefined`: all of them. */
export async function steps(db: Database, day: Day | undefined): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select from_unit_id as "from", to_unit_id as "to", part = 'whole' as whole, share
    from admin_unit_event
    where part is not null and ${day === undefined ? sql`true` : sql`effective_date <= ${day}::date`}
    order by effective_date, from_unit_id, to_unit_id`.execute(db);
  return rows;
}

/** The lineage of the units of a day (`present`), over the units that have figures. */
export function lineageOf(
  all: readonly Step[],
  present: Iterable<number>,
  hasFigure: (unit: number) => boolean,
): Lineage {
  const into = Map.groupBy(all, (step) => step.to);
  const outOf = Map.groupBy(all, (step) => step.from);
  const retold = (unit: number): boolean =>
    (outOf.get(unit) ?? []).some(({ to }) => outOf.has(to) && (hasFigure(to) || retold(to)));
  const found = new Map<number, readonly Ancestor[]>();
  const back = (unit: number): readonly Ancestor[] => {
    const known = found.get(unit);
    if (known) return known;
    const ancestors = (into.get(unit) ?? []).flatMap((step): Ancestor[] => {
      const first = { unit: step.from, whole: step.whole, share: shareOf(step) };
      if (hasFigure(step.from) || !into.has(step.from)) return [first];
      return back(step.from).map((older) => ({
        unit: older.unit,
        whole: older.whole && step.whole,
        share: first.share === null || older.share === null ? null : first.share * older.share,
      }));
    });
    found.set(unit, ancestors);
    return ancestors;
  };
  const descendants = new Map<number, number[]>();
  for (const unit of present) {
    for (const { unit: ancestor } of back(unit)) {
      const known = descendants.get(ancestor);
      if (known === undefined) descendants.set(ancestor, [unit]);
      else if (!known.includes(unit)) known.push(unit);
    }
  }
  return { ancestors: back, descendants: (ancestor) => descendants.get(ancestor) ?? [], retold };
}

function shareOf({ whole, share }: Step): number | null {
  return whole ? 1 : share;
}
