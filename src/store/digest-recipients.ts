import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { holdAgency } from "./belonging.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** Who gets an agency's digest; the address is one plain mailbox (domain/mail-address.ts). */
export interface NewRecipient {
  readonly address: string;
  readonly lang: "vi" | "en";
}

/** Why a recipient was not added or removed. */
export type RecipientProblem =
  | { readonly kind: "no_agency" | "no_recipient" | "too_many" }
  | { readonly kind: "duplicate"; readonly field: "address" }
  | NotCovered;

/** A digest is for a handful of people; more is a mailing list, which has one address. */
const MAX_RECIPIENTS = 20;

/** Adds a recipient of an agency's digest and returns its number; the audit log gets it in the same transaction. */
export async function addRecipient(
  context: WriteContext,
  agency: string,
  { address, lang }: NewRecipient,
  now: Date,
): Promise<Result<number, RecipientProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const owner = await holdAgency(trx, agency);
    if (owner === null) return refused({ kind: "no_agency" });
    if (!mayTouchAll(context, [owner.belonging])) return refused({ kind: "not_covered" });
    const present = await trx
      .selectFrom("digest_recipient")
      .select("address")
      .where("agency_id", "=", owner.number)
      .execute();
    // The part behind the at sign knows no case, and nobody's mailboxes differ in the case of the part before it.
    const taken = present.some((each) => each.address.toLowerCase() === address.toLowerCase());
    if (taken) return refused({ kind: "duplicate", field: "address" });
    if (present.length >= MAX_RECIPIENTS) return refused({ kind: "too_many" });
    const { id } = await trx
      .insertInto("digest_recipient")
      .values({ agency_id: owner.number, address, lang, created_at: now })
      .returning("id")
      .executeTakeFirstOrThrow();
    await writeAudit(trx, context.actor, [
      {
        action: "create",
        objectType: "digest_recipient",
        objectId: String(id),
        before: null,
        after: { agency, address, lang },
      },
    ]);
    return done(id);
  });
}

/** Removes a recipient with what was noted about deliveries to them; the audit log keeps that there was one. */
export async function removeRecipient(
  context: WriteContext,
  agency: string,
  id: number,
): Promise<Result<null, RecipientProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const owner = await holdAgency(trx, agency);
    if (owner === null) return refused({ kind: "no_agency" });
    if (!mayTouchAll(context, [owner.belonging])) return refused({ kind: "not_covered" });
    const gone = await trx
      .deleteFrom("digest_recipient")
      .where("id", "=", id)
      .where("agency_id", "=", owner.number)
      .returning(["address", "lang"])
      .executeTakeFirst();
    if (!gone) return refused({ kind: "no_recipient" });
    await writeAudit(trx, context.actor, [
      {
        action: "delete",
        objectType: "digest_recipient",
        objectId: String(id),
        before: { agency, ...gone },
        after: null,
      },
    ]);
    return done(null);
  });
}
