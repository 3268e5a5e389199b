import type { Day } from "../domain/calendar.ts";
import type { CheckId } from "../domain/finding.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import type { FindingFamily } from "./audit-schema.ts";
import { holdPortal } from "./belonging.ts";
import type { Database } from "./database.ts";
import { type FollowUpInput, pastDay } from "./follow-up-input.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";
import { addEntry, type Entry } from "./follow-up-entry.ts";

/** The finding that an entry is about. */
export interface FollowedFinding {
  /** The portal's id. */
  readonly portal: string;
  readonly check: CheckId;
}

/** Why an entry was not written. */
export type FollowUpProblem =
  | {
      readonly kind:
        | "no_portal"
        /** This check never found anything about the portal, over this family if one is named. */
        | "no_finding"
        | "no_entry"
        /** Somebody else's entry, or one that says what the service did. */
        | "not_own"
        /** A reply is the agency's own. */
        | "not_the_agency";
    }
  | { readonly kind: "past_day"; readonly field: "promised_on" | "exempt_until" }
  | NotCovered;

/** When an entry is written, and for which agency its writer's key is, if it is for one. */
export interface FollowUpWriting {
  readonly now: Date;
  readonly today: Day;
  readonly writerAgency: string | null;
}

/** Adds an entry to a finding and returns its number; the audit log gets it in the same transaction. */
export async function addFollowUp(
  context: WriteContext,
  finding: FollowedFinding,
  input: FollowUpInput,
  { now, today, writerAgency }: FollowUpWriting,
): Promise<Result<number, FollowUpProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const held = await holdFinding(context, trx, finding, input.family ?? "");
    if (!held.ok) return held;
    if (input.kind === "reply" && writerAgency !== held.value.agency) {
      return refused({ kind: "not_the_agency" });
    }
    const past = pastDay(input, today);
    if (past !== null) return refused({ kind: "past_day", field: past });
    const entry: Entry = {
      portal_id: held.value.portal,
      check_id: finding.check,
      family: input.family ?? "",
      kind: input.kind,
      text: input.text,
      responsible_unit: "responsible_unit" in input ? (input.responsible_unit ?? null) : null,
      promised_on: "promised_on" in input ? input.promised_on : null,
      exempt_until: "exempt_until" in input ? input.exempt_until : null,
      evidence_url: "evidence_url" in input ? (input.evidence_url ?? null) : null,
      created_at: now,
    };
    const id = await addEntry(trx, context.actor, entry, { ...finding, ...input });
    return done(id);
  });
}

/** Withdraws one's own entry: it stays in the audit log and in lists that ask for it. Again changes nothing. */
export async function withdrawFollowUp(
  context: WriteContext,
  id: number,
  now: Date,
): Promise<Result<null, FollowUpProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const entry = await trx
      .selectFrom("follow_up")
      .innerJoin("portal", "portal.id", "follow_up.portal_id")
      .selectAll("follow_up")
      .select("portal.slug as portal")
      .where("follow_up.id", "=", id)
      .forUpdate("follow_up")
      .executeTakeFirst();
    const owned = entry ? await holdPortal(trx, entry.portal) : null;
    if (!entry || owned === null) return refused({ kind: "no_entry" });
    if (!mayTouchAll(context, [owned.belonging])) return refused({ kind: "not_covered" });
    const { actor } = context;
    const own = entry.key_id === actor.keyId && entry.actor === actor.name;
    if (!own || entry.kind === "recheck") return refused({ kind: "not_own" });
    if (entry.withdrawn_at !== null) return done(null);
    await trx.updateTable("follow_up").set({ withdrawn_at: now }).where("id", "=", id).execute();
    const { portal, check_id: check, family, kind, text } = entry;
    await writeAudit(trx, actor, [
      {
        action: "withdraw",
        objectType: "follow_up",
        objectId: String(id),
        before: { portal, check, family, kind, text },
        after: null,
      },
    ]);
    return done(null);
  });
}

/** The number and agency of a portal about which the check found something, held until the transaction ends. */
export async function holdFinding(
  context: WriteContext,
  trx: Database,
  { portal, check }: FollowedFinding,
  family: FindingFamily,
): Promise<Result<{ readonly portal: number; readonly agency: string }, FollowUpProblem>> {
  const owned = await holdPortal(trx, portal);
  if (owned === null) return refused({ kind: "no_portal" });
  if (!mayTouchAll(context, [owned.belonging])) return refused({ kind: "not_covered" });
  const found = await trx
    .selectFrom("finding")
    .select("id")
    .where("portal_id", "=", owned.number)
    .where("check_id", "=", check)
    .$if(family !== "", (query) => query.where("family", "=", family))
    .limit(1)
    .executeTakeFirst();
  if (!found) return refused({ kind: "no_finding" });
  return done({ portal: owned.number, agency: owned.belonging.agency });
}
