import { sql } from "kysely";
import type { Succession, UnitBook } from "../domain/units/unit.ts";
import { createUnitBook } from "../domain/units/unit-book.ts";
import type { Database } from "./database.ts";

/** All units of every vintage as the database has them now. */
export async function loadUnitBook(db: Database): Promise<UnitBook> {
  const units = await db
    .selectFrom("admin_unit")
    .select(["id", "level", "code", "valid_from as validFrom", "valid_to as validTo"])
    .select(["begin_known as beginKnown", "district_id as districtId"])
    .execute();
  const attributes = await db
    .selectFrom("admin_unit_attribute")
    .select(["unit_id as unitId", "valid_from as validFrom", "valid_to as validTo"])
    .select(["name_vi as nameVi", "name_vi_alt as nameViAlt", "full_name_vi as fullNameVi"])
    .select(["type", "parent_id as parentId"])
    .execute();
  const events = await db
    .selectFrom("admin_unit_event")
    .select(["effective_date as effective", "kind", "from_unit_id as from", "to_unit_id as to"])
    .select(["part", "share"])
    .where("kind", "in", ["merge", "split"])
    .orderBy("to_unit_id")
    .orderBy("from_unit_id")
    .execute();
  return createUnitBook({ units, attributes, successions: events as Succession[] });
}

/** Gives the book of a database, and reads it again only when units changed. */
export interface UnitBookSource {
  readonly book: () => Promise<UnitBook>;
}

/** Makes the source of a database's book; each question to it costs one short query. */
export function createUnitBookSource(db: Database): UnitBookSource {
  let last: { readonly state: string; readonly book: Promise<UnitBook> } | null = null;
  return {
    book: async () => {
      const state = await unitsState(db);
      if (last?.state !== state) {
        const book = loadUnitBook(db);
        last = { state, book };
        // A question that failed is asked again by the next one.
        book.catch(() => {
          if (last?.book === book) last = null;
        });
      }
      return last.book;
    },
  };
}

/** Differs when units, their names or what became of them were changed by reference data, or added. */
async function unitsState(db: Database): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws(' ', (select concat(sha256, loaded_at) from reference_mark where name = 'units'),
      (select max(id) from admin_unit), (select max(id) from admin_unit_attribute),
      (select max(id) from admin_unit_event)) as state`.execute(db);
  return rows[0]?.state ?? "";
}
