import { sql } from "kysely";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** Who is reminded for a province; the address is one plain mailbox (domain/mail-address.ts). */
export interface NewContact {
  /** Code of a province of today. */
  readonly province: string;
  readonly address: string;
  readonly lang: "vi" | "en";
}

/** Why a contact was not added or removed. */
export type ContactProblem =
  | { readonly kind: "no_province" | "no_contact" | "too_many" | "duplicate" }
  | NotCovered;

/** Reminders are for a handful of people; more is a mailing list, which has one address. */
const MAX_CONTACTS = 20;

/** Adds a contact of a province and returns its number; the audit log gets it in the same transaction. */
export function addContact(
  context: WriteContext,
  { province, address, lang }: NewContact,
): Promise<Result<number, ContactProblem>> {
  return context.db.transaction().execute(async (trx) => {
    if (!mayTouchAll(context, [{ agency: "", province }])) return refused({ kind: "not_covered" });
    const unit = await trx
      .selectFrom("admin_unit")
      .select("id")
      .where("level", "=", "province")
      .where("code", "=", province)
      .where("valid_to", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!unit) return refused({ kind: "no_province" });
    const present = await trx
      .selectFrom("coverage_contact")
      .select("address")
      .where("province_id", "=", unit.id)
      .execute();
    // The part behind the at sign knows no case, and nobody's mailboxes differ in the case of the part before it.
    const taken = present.some((each) => each.address.toLowerCase() === address.toLowerCase());
    if (taken) return refused({ kind: "duplicate" });
    if (present.length >= MAX_CONTACTS) return refused({ kind: "too_many" });
    const { id } = await trx
      .insertInto("coverage_contact")
      .values({ province_id: unit.id, address, lang })
      .returning("id")
      .executeTakeFirstOrThrow();
    await writeAudit(trx, context.actor, [
      {
        action: "create",
        objectType: "coverage_contact",
        objectId: String(id),
        before: null,
        after: { province, address, lang },
      },
    ]);
    return done(id);
  });
}

/** Removes a contact with what was noted about reminders to it; the audit log keeps that there was one. */
export function removeContact(
  context: WriteContext,
  id: number,
): Promise<Result<null, ContactProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const contact = await trx
      .selectFrom("coverage_contact as c")
      .innerJoin("admin_unit as p", "p.id", "c.province_id")
      .select(["p.code as province", "c.address", "c.lang"])
      .where("c.id", "=", id)
      .executeTakeFirst();
    if (!contact) return refused({ kind: "no_contact" });
    const { province } = contact;
    if (!mayTouchAll(context, [{ agency: "", province }])) return refused({ kind: "not_covered" });
    await sql`delete from coverage_contact where id = ${id}`.execute(trx);
    await writeAudit(trx, context.actor, [
      {
        action: "delete",
        objectType: "coverage_contact",
        objectId: String(id),
        before: contact,
        after: null,
      },
    ]);
    return done(null);
  });
}
