import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { isOwing } from "../../domain/coverage/round.ts";
import { dayIn } from "../zone-day.ts";
import { type DutyRow, roundProgress } from "./progress.ts";
import { openedRounds } from "./rounds.ts";

/**
 * How a province stands in a round: it has sent everything (`received`, also where some rows wait for a person here),
 * still owes and the day has passed (`late`), or still owes and has time (`due`).
 */
export const ROUND_STATES = ["received", "late", "due"] as const;

type RoundState = (typeof ROUND_STATES)[number];

/** Provinces of one round by how they stand; those that are excused are not counted. */
export interface RoundCount {
  /** `2026-Q3`. */
  readonly round: string;
  readonly provinces: Readonly<Record<RoundState, number>>;
}

/** The round that runs, and the one before it, for what is still late there. */
const ROUNDS = 2;

/** How the latest two rounds that have opened stand at an instant (milliseconds since the epoch). */
export async function roundCounts(
  db: Database,
  at: { readonly now: number; readonly timezone: string },
): Promise<RoundCount[]> {
  const opened = await openedRounds(db, dayIn(at.timezone, at.now));
  const counts: RoundCount[] = [];
  for (const round of opened.slice(-ROUNDS)) {
    const { duties } = await roundProgress(db, round, at);
    const states = duties.flatMap((duty) => roundState(duty) ?? []);
    const count = (state: RoundState) => states.filter((each) => each === state).length;
    const provinces = { received: count("received"), late: count("late"), due: count("due") };
    counts.push({ round: round.quarter, provinces });
  }
  return counts;
}

function roundState({ state, days_late }: Pick<DutyRow, "state" | "days_late">): RoundState | null {
  if (state === "excused") return null;
  if (!isOwing(state)) return "received";
  return (days_late ?? 0) > 0 ? "late" : "due";
}

/** Changes when a round does, or who owes in it, or what waits for review. */
export async function roundsMark(db: Database): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat((select md5(string_agg(r::text, '' order by r.id)) from coverage_round r), ' ',
      (select md5(string_agg(d::text, '' order by d.round_id, d.province_id)) from coverage_round_duty d), ' ',
      (select concat(count(*), ' ', max(id), ' ', sum(id)) from held_row where state in ('pending', 'proposed'))) as mark`.execute(
    db,
  );
  return rows[0]?.mark ?? "";
}
