import type { Database } from "../../store/database.ts";

/** Somebody who is reminded for a province. */
export interface ContactRow {
  readonly id: number;
  /** Code of the province. */
  readonly province: string;
  readonly address: string;
  readonly lang: "vi" | "en";
}

/** Contacts by province, of one or (null) of all: there are few. */
export async function listContacts(db: Database, province: string | null): Promise<ContactRow[]> {
  return db
    .selectFrom("coverage_contact as c")
    .innerJoin("admin_unit as p", "p.id", "c.province_id")
    .select(["c.id", "p.code as province", "c.address", "c.lang"])
    .$if(province !== null, (query) => query.where("p.code", "=", province ?? ""))
    .orderBy("p.code")
    .orderBy("c.id")
    .execute();
}
