import { sql } from "kysely";
import { review, type ReviewProblem } from "../domain/coverage/held-review.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { breathe } from "./breathe.ts";
import { addFigures } from "./coverage-figures.ts";
import { lockCoverage } from "./coverage-lock.ts";
import type { Database } from "./database.ts";
import { supersedeStale } from "./held-rows.ts";
import type { WriteContext } from "./write-context.ts";

/** What a person decides, and why. */
export interface HeldDecision {
  readonly verdict: "accept" | "refuse";
  readonly reason: string;
  /** Whether a second person has to agree with an acceptance. */
  readonly secondApproval: boolean;
  readonly now: Date;
}

/** Which rows that wait: those of one submission, or of them those that a rule holds. */
export interface HeldSelection {
  readonly submission: number;
  readonly rule: string | null;
}

/** What became of the rows; `same_person`: they wait for somebody else. Figures are those that were added. */
export interface HeldDecided {
  readonly accepted: number;
  readonly proposed: number;
  readonly refused: number;
  readonly same_person: number;
  readonly figures: number;
}

export type HeldProblem = { readonly kind: "no_row" } | { readonly kind: ReviewProblem };

/** So many rows are decided in one statement. */
const ROWS_A_STATEMENT = 1000;

/** Decides one held row; an acceptance writes its figures with the reason, in the same transaction. */
export function decideHeldRow(
  context: WriteContext,
  id: number,
  decision: HeldDecision,
): Promise<Result<HeldDecided, HeldProblem>> {
  return context.db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    await supersedeStale(trx);
    const row = await rows(trx).where("id", "=", id).executeTakeFirst();
    if (!row) return refused({ kind: "no_row" });
    const step = stepOf(row, context, decision);
    if (!step.ok) return refused({ kind: step.problem });
    return done(await decide(trx, context, [row], decision));
  });
}

/** Decides all rows of a selection that still wait. */
export function decideHeldRows(
  context: WriteContext,
  { submission, rule }: HeldSelection,
  decision: HeldDecision,
): Promise<HeldDecided> {
  return context.db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    await supersedeStale(trx);
    let sum: HeldDecided = NOTHING;
    let last = 0;
    for (;;) {
      let next = rows(trx)
        .where("submission_id", "=", submission)
        .where("state", "in", ["pending", "proposed"])
        .where("id", ">", last)
        .orderBy("id")
        .limit(ROWS_A_STATEMENT);
      if (rule !== null) next = next.where(sql<boolean>`${rule} = any(rules)`);
      const chunk = await next.execute();
      const end = chunk.at(-1);
      if (end === undefined) return sum;
      sum = plus(sum, await decide(trx, context, chunk, decision));
      last = end.id;
      await breathe();
    }
  });
}

const NOTHING: HeldDecided = { accepted: 0, proposed: 0, refused: 0, same_person: 0, figures: 0 };

function rows(trx: Database) {
  return trx
    .selectFrom("held_row")
    .select(["id", "submission_id", "state", "figures", "rules", "proposed_by", "proposed_key_id"]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

function stepOf(
  row: Row,
  { actor }: WriteContext,
  { verdict, secondApproval }: HeldDecision,
): ReturnType<typeof review> {
  const proposedBy =
    row.proposed_by === null ? null : { keyId: row.proposed_key_id, name: row.proposed_by };
  return review({ state: row.state, proposedBy }, verdict, actor, secondApproval);
}

async function decide(
  trx: Database,
  context: WriteContext,
  given: readonly Row[],
  decision: HeldDecision,
): Promise<HeldDecided> {
  const steps = given.map((row) => ({ row, step: stepOf(row, context, decision) }));
  const to = (state: string) =>
    steps.filter(({ step }) => step.ok && step.value === state).map(({ row }) => row);
  const [accepted, proposed, refused] = [to("accepted"), to("proposed"), to("refused")];
  let figures = 0;
  for (const [submissionId, own] of Map.groupBy(accepted, (row) => row.submission_id)) {
    figures += await addFigures(
      trx,
      own.flatMap((row) => row.figures),
      { submissionId, reason: decision.reason, recordedAt: decision.now },
    );
  }
  await settle(trx, context, accepted, "accepted", decision);
  await settle(trx, context, refused, "refused", decision);
  await propose(trx, context, proposed, decision);
  return {
    accepted: accepted.length,
    proposed: proposed.length,
    refused: refused.length,
    same_person: steps.filter(({ step }) => !step.ok).length,
    figures,
  };
}

async function settle(
  trx: Database,
  context: WriteContext,
  given: readonly Row[],
  state: "accepted" | "refused",
  { reason, now }: HeldDecision,
) {
  if (given.length === 0) return;
  const { keyId, name } = context.actor;
  await trx
    .updateTable("held_row")
    .set({ state, decided_by: name, decided_key_id: keyId, decided_at: now, reason })
    .where("id", "in", idsOf(given))
    .execute();
  await note(trx, context, given, { state, reason });
}

async function propose(
  trx: Database,
  context: WriteContext,
  given: readonly Row[],
  { reason, now }: HeldDecision,
) {
  if (given.length === 0) return;
  const { keyId, name } = context.actor;
  await trx
    .updateTable("held_row")
    .set({ state: "proposed", proposed_by: name, proposed_key_id: keyId, proposed_at: now, reason })
    .where("id", "in", idsOf(given))
    .execute();
  await note(trx, context, given, { state: "proposed", reason });
}

function note(
  trx: Database,
  { actor }: WriteContext,
  given: readonly Row[],
  after: { readonly state: string; readonly reason: string },
) {
  const entries = given.map(({ id, state }) => ({
    action: "decide" as const,
    objectType: "held_row",
    objectId: String(id),
    before: { state },
    after,
  }));
  return writeAudit(trx, actor, entries);
}

function idsOf(given: readonly Row[]): number[] {
  return given.map(({ id }) => id);
}

function plus(one: HeldDecided, other: HeldDecided): HeldDecided {
  return {
    accepted: one.accepted + other.accepted,
    proposed: one.proposed + other.proposed,
    refused: one.refused + other.refused,
    same_person: one.same_person + other.same_person,
    figures: one.figures + other.figures,
  };
}
