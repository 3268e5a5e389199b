import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Two programs that start on one database load reference data one after the other; until the transaction ends. */
export async function holdReferences(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('hatangso reference data', 0))`.execute(
    trx,
  );
}

/** Hex SHA-256 of the files that reference data of this name was loaded from last, or null. */
export async function referenceMark(db: Database, name: string): Promise<string | null> {
  const row = await db
    .selectFrom("reference_mark")
    .select("sha256")
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.sha256 ?? null;
}

/** Notes what reference data of this name was loaded from; the same again changes nothing. */
export async function putReferenceMark(db: Database, name: string, sha256: string): Promise<void> {
  await sql`
    insert into reference_mark as mark (name, sha256, loaded_at) values (${name}, ${sha256}, now())
    on conflict (name) do update set sha256 = excluded.sha256, loaded_at = excluded.loaded_at
      where mark.sha256 <> excluded.sha256`.execute(db);
}
