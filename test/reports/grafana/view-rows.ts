import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** All rows of a view of the schema `grafana`, or those of a condition, with days as they are in Viet Nam. */
export function viewRows(
  db: Database,
  view: string,
  condition = "",
): Promise<Record<string, unknown>[]> {
  return db.transaction().execute(async (trx) => {
    await sql`set local timezone = 'Asia/Ho_Chi_Minh'`.execute(trx);
    const { rows } = await sql<Record<string, unknown>>`
      select * from ${sql.table(`grafana.${view}`)} ${sql.raw(condition)}`.execute(trx);
    return rows;
  });
}
