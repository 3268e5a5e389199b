import { sql } from "kysely";
import { done, refused, type Result } from "../domain/result.ts";
import type { RecheckInput } from "./follow-up-input.ts";
import { type FollowedFinding, type FollowUpProblem, holdFinding } from "./follow-ups.ts";
import type { WriteContext } from "./write-context.ts";
import { addEntry, type Entry } from "./follow-up-entry.ts";

/**
 * Between the beginnings of two rechecks of one portal: as long as resolvers commonly keep an answer (a TTL of 300 s),
 * and longer than an audit takes, so that no two of them ever run at once.
 */
export const RECHECK_DISTANCE_MS = 300_000;

/** Why a recheck did not begin; `retryAt` is when the next one may. */
export type RecheckProblem =
  | FollowUpProblem
  | { readonly kind: "too_soon"; readonly retryAt: Date };

/**
 * Begins a recheck of a portal and returns the number of its entry. Whoever asks while another one goes on or was a
 * moment ago is refused: also in another process, and after a crash.
 */
export async function beginRecheck(
  context: WriteContext,
  finding: FollowedFinding,
  input: RecheckInput,
  now: Date,
): Promise<Result<number, RecheckProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const family = input.family ?? "";
    const held = await holdFinding(context, trx, finding, family);
    if (!held.ok) return held;
    const { portal } = held.value;
    // Two who ask at once: the second waits here and sees the first one's entry.
    await sql`select pg_advisory_xact_lock(hashtext('recheck'), ${portal})`.execute(trx);
    const { last } = await trx
      .selectFrom("follow_up")
      .select((each) => each.fn.max("created_at").as("last"))
      .where("portal_id", "=", portal)
      .where("kind", "=", "recheck")
      .executeTakeFirstOrThrow();
    const retryAt = new Date((last?.getTime() ?? 0) + RECHECK_DISTANCE_MS);
    if (retryAt > now) return refused({ kind: "too_soon", retryAt });
    const entry: Entry = {
      portal_id: portal,
      check_id: finding.check,
      family,
      kind: "recheck",
      text: input.text ?? "",
      created_at: now,
    };
    const id = await addEntry(trx, context.actor, entry, { ...finding, ...input, kind: "recheck" });
    return done(id);
  });
}

/** Notes between which audits the recheck compared. */
export async function finishRecheck(
  { db }: WriteContext,
  id: number,
  audits: { readonly before: number | null; readonly after: number },
): Promise<void> {
  await db
    .updateTable("follow_up")
    .set({ audit_before_id: audits.before, audit_after_id: audits.after })
    .where("id", "=", id)
    .execute();
}

/** Takes back a recheck that came to no audit by our own fault: nothing was visited, so nobody has to wait. */
export async function dropRecheck({ db }: WriteContext, id: number): Promise<void> {
  await db.deleteFrom("follow_up").where("id", "=", id).execute();
}
