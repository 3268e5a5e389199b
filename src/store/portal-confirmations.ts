import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { holdPortal } from "./belonging.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** Somebody's word that a portal belongs on the list. */
export interface PortalConfirmation {
  /** Person or unit. */
  readonly confirmedBy: string;
  /** Document or other source, or null. */
  readonly source: string | null;
}

/** Why a confirmation was not written. */
export type ConfirmationProblem = { readonly kind: "no_portal" } | NotCovered;

/** Notes that a portal was confirmed; earlier confirmations stay. The audit log gets it in the same transaction. */
export async function confirmPortal(
  context: WriteContext,
  portal: string,
  { confirmedBy, source }: PortalConfirmation,
  now: Date,
): Promise<Result<null, ConfirmationProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const owned = await holdPortal(trx, portal);
    if (owned === null) return refused({ kind: "no_portal" });
    if (!mayTouchAll(context, [owned.belonging])) return refused({ kind: "not_covered" });
    await trx
      .insertInto("portal_confirmation")
      .values({
        portal_id: owned.number,
        confirmed_by: confirmedBy,
        confirmed_at: now,
        source,
        key_id: context.actor.keyId,
      })
      .execute();
    const after = { confirmed_by: confirmedBy, source };
    await writeAudit(trx, context.actor, [
      { action: "confirm", objectType: "portal", objectId: portal, before: null, after },
    ]);
    return done(null);
  });
}
