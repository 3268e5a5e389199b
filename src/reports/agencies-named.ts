import { sql } from "kysely";
import type { Database } from "../store/database.ts";
import { containing, folded, foldedSql } from "./folded-text.ts";

/** Enough to recognise the one that was meant. */
const SHOWN = 5;

/** At most five agencies whose name or id holds a text, whatever its case and marks, by id. */
export function agenciesNamed(
  db: Database,
  text: string,
): Promise<{ readonly id: string; readonly name_vi: string }[]> {
  const names = sql<string>`concat_ws(' ', name_vi, name_en, slug)`;
  return db
    .selectFrom("agency")
    .select(["slug as id", "name_vi"])
    .where(foldedSql(names), "like", containing(folded(text)))
    .orderBy(sql`slug collate "C"`)
    .limit(SHOWN)
    .execute();
}
