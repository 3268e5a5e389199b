import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import type { Database } from "../../store/database.ts";

/** A unit as sums need it. */
export interface SumUnit {
  readonly id: number;
  readonly level: UnitLevel;
  readonly code: string;
  readonly name_vi: string;
  /** With its type: Phường Ba Đình. */
  readonly full_name_vi: string;
  /** Of communes: their province. */
  readonly parent_id: number | null;
}

/** The units of one day, by code. */
export interface UnitsOnDay {
  readonly all: readonly SumUnit[];
  readonly byId: ReadonlyMap<number, SumUnit>;
}

/** The country, its provinces and communes on a day; `undefined`: the present ones. */
export async function unitsOn(db: Database, day: Day | undefined): Promise<UnitsOnDay> {
  let query = db
    .selectFrom("admin_unit as u")
    .select(["u.id", "u.level", "u.code", "u.name_vi", "u.full_name_vi", "u.parent_id"])
    .where("u.level", "in", ["country", "province", "commune"])
    .orderBy(sql`u.code collate "C"`);
  query =
    day === undefined
      ? query.where("u.valid_to", "is", null)
      : query
          .where("u.valid_from", "<=", day)
          .where(sql<boolean>`coalesce(u.valid_to > ${day}::date, true)`);
  const all = (await query.execute()).map((row) => ({ ...row, level: row.level as UnitLevel }));
  return { all, byId: new Map(all.map((unit) => [unit.id, unit])) };
}
