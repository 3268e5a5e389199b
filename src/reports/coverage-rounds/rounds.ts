import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import { quarterName } from "../../domain/coverage/quarter.ts";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** A reporting round as lists show it. */
export interface RoundRow {
  readonly id: number;
  /** `2026-Q3`. */
  readonly quarter: string;
  readonly as_of: Day;
  readonly opens_on: Day;
  readonly due_on: Day;
  /** Codes of what is owed; empty: any indicator of communes. */
  readonly indicators: readonly string[];
  readonly note: string | null;
  /** Provinces that owe in it, and of them those that are excused. */
  readonly provinces: number;
  readonly excused: number;
}

/** Rounds, the latest quarter first; the position is the day of the last one shown. */
export async function listRounds(
  db: Database,
  page: PageRequest<readonly [Day]>,
): Promise<Page<RoundRow, readonly [Day]>> {
  let query = rounds(db)
    .orderBy("r.as_of", "desc")
    .limit(page.limit + 1);
  if (page.after) query = query.where("r.as_of", "<", page.after[0]);
  const rows = (await query.execute()).map(toRow);
  return toPage(rows, page.limit, ({ as_of }): readonly [Day] => [as_of]);
}

/** One round, or null. */
export async function findRound(db: Database, id: number): Promise<RoundRow | null> {
  const row = await rounds(db).where("r.id", "=", id).executeTakeFirst();
  return row ? toRow(row) : null;
}

/** What the round of a quarter asks for; empty where there is no round, or it names nothing. */
export async function askedFor(db: Database, asOf: Day): Promise<readonly string[]> {
  const row = await rounds(db).where("r.as_of", "=", asOf).executeTakeFirst();
  return row?.indicators ?? [];
}

/** Rounds that have opened by a day, the earliest first. */
export async function openedRounds(db: Database, day: Day): Promise<RoundRow[]> {
  const rows = await rounds(db).where("r.opens_on", "<=", day).orderBy("r.as_of").execute();
  return rows.map(toRow);
}

function rounds(db: Database) {
  return db
    .selectFrom("coverage_round as r")
    .select(["r.id", "r.as_of", "r.opens_on", "r.due_on", "r.indicators", "r.note"])
    .select([
      sql<number>`(select count(*) from coverage_round_duty d where d.round_id = r.id)`.as(
        "provinces",
      ),
      sql<number>`(select count(*) from coverage_round_duty d
        where d.round_id = r.id and d.excused_reason is not null)`.as("excused"),
    ]);
}

function toRow(row: Omit<RoundRow, "quarter">): RoundRow {
  return { ...row, quarter: quarterName(row.as_of) };
}
