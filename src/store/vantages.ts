import { sql } from "kysely";
import type { VantageState } from "../domain/vantage.ts";
import type { Database } from "./database.ts";

/** The number of the vantage point of this name, which is made if it is new. */
export async function vantageNumber(db: Database, name: string): Promise<number> {
  const known = await find(db, name);
  if (known !== null) return known;
  await sql`insert into vantage (name) values (${name}) on conflict do nothing`.execute(db);
  const made = await find(db, name);
  if (made === null) throw new Error(`Vantage point ${name} vanished while it was made`);
  return made;
}

/**
 * Stores the last self-test of a vantage point, which is made if it is new; a self-test older than the stored one
 * changes nothing.
 */
export async function saveVantageState(db: Database, state: VantageState): Promise<void> {
  await vantageNumber(db, state.name);
  const checkedAt = new Date(state.checkedAt);
  await db
    .updateTable("vantage")
    .set({ country: state.country, state: JSON.stringify(state), checked_at: checkedAt })
    .where("name", "=", state.name)
    .where((where) =>
      where.or([where("checked_at", "is", null), where("checked_at", "<=", checkedAt)]),
    )
    .execute();
}

async function find(db: Database, name: string): Promise<number | null> {
  const row = await db
    .selectFrom("vantage")
    .select("id")
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.id ?? null;
}
