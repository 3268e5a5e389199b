import { sql } from "kysely";
import { done, refused, type Result } from "../domain/result.ts";
import type { SeenHow } from "../domain/seen-names.ts";
import { writeAudit } from "./audit-log.ts";
import { holdPortal } from "./belonging.ts";
import type { Database } from "./database.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** What somebody decided about a name: it is (of) this portal of the list, or it does not belong there. */
export type NameDecision =
  | { readonly decision: "listed"; readonly portal: string; readonly reason: string | null }
  | { readonly decision: "declined"; readonly reason: string };

/** Why a decision was not written. */
export type NameProblem =
  | { readonly kind: "no_name" }
  | { readonly kind: "no_portal"; readonly field: "portal" }
  | NotCovered;

/** No agency's and no province's: ids have at least one character. */
const NOBODYS = { agency: "", province: "" };

/** Decides about a name, also again; the audit log gets it in the same transaction. */
export async function decideName(
  context: WriteContext,
  host: string,
  wanted: NameDecision,
  now: Date,
): Promise<Result<null, NameProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const before = await holdName(trx, host);
    if (before === null) return refused({ kind: "no_name" });
    const listed = wanted.decision === "listed" ? await holdPortal(trx, wanted.portal) : null;
    if (wanted.decision === "listed" && listed === null) {
      return refused({ kind: "no_portal", field: "portal" });
    }
    const seenAt = before.portal === null ? null : await holdPortal(trx, before.portal);
    const touched = [seenAt, listed].flatMap((owned) => (owned ? [owned.belonging] : []));
    // A name that was seen at nobody's portal is nobody's part: only who may touch everything decides about it.
    if (!mayTouchAll(context, seenAt === null ? [...touched, NOBODYS] : touched)) {
      return refused({ kind: "not_covered" });
    }
    await trx
      .updateTable("seen_name")
      .set({
        decision: wanted.decision,
        reason: wanted.reason,
        decided_by: context.actor.name,
        decided_at: now,
        ...(listed ? { portal_id: listed.number } : {}),
      })
      .where("host", "=", host)
      .execute();
    await writeAudit(trx, context.actor, [
      { action: "decide", objectType: "seen_name", objectId: host, before, after: wanted },
    ]);
    return done(null);
  });
}

interface HeldName {
  /** Id of the portal where it was seen, or that it was listed as. */
  readonly portal: string | null;
  readonly how: SeenHow;
  readonly decision: NameDecision["decision"] | null;
  readonly reason: string | null;
}

async function holdName(trx: Database, host: string): Promise<HeldName | null> {
  const { rows } = await sql<HeldName>`
    select portal.slug as portal, how, decision, reason
    from seen_name left join portal on portal.id = portal_id
    where seen_name.host = ${host} for update of seen_name`.execute(trx);
  return rows[0] ?? null;
}
