import type { Selectable } from "kysely";
import {
  answerDueOn,
  answered,
  type ChallengeRefusal,
  type ChallengeState,
  decided,
  fitsOutcome,
} from "../domain/coverage/challenge.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { applyEffect, type EffectProblem, presentRevision } from "./challenge-effect.ts";
import type {
  AnswerInput,
  ChallengeEffect,
  ChallengeMoment,
  DecisionInput,
  NewChallenge,
} from "./challenge-input.ts";
import { lockCoverage } from "./coverage-lock.ts";
import type { CoverageSchema } from "./coverage-schema.ts";
import type { Database } from "./database.ts";
import { presentProvince } from "./present-province.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** Why a challenge was not filed, answered or decided. */
export type ChallengeProblem =
  | { readonly kind: "no_challenge" | "no_figure" | "no_release" | "not_in_release" | "withdrawn" }
  /** The figure is not the one that counts, and no release shows it. */
  | { readonly kind: "replaced"; readonly current: number }
  | { readonly kind: "outcome_contradicts" }
  | { readonly kind: ChallengeRefusal }
  | EffectProblem
  | NotCovered;

/** A step of a challenge that was taken; `figure`: the revision that it brought. */
export interface ChallengeStep {
  readonly id: number;
  readonly figure: number | null;
}

/** Files a challenge of a figure; its source has until `due_on` to answer. Returns its number. */
export function fileChallenge(
  context: WriteContext,
  input: NewChallenge,
  at: ChallengeMoment,
): Promise<Result<number, ChallengeProblem>> {
  return context.db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const figure = await figureOf(trx, input.figureId);
    if (!figure) return refused({ kind: "no_figure" });
    const province = await presentProvince(trx, figure.unit_id);
    if (!mayTouchAll(context, [{ agency: "", province }])) return refused({ kind: "not_covered" });
    if (figure.status === "withdrawn") return refused({ kind: "withdrawn" });
    const release = await shownIn(trx, input, figure);
    if (!release.ok) return release;
    const row = {
      figure_id: input.figureId,
      release_id: release.value,
      reason_code: input.reason,
      statement: input.statement,
      evidence_url: input.evidenceUrl,
      filed_by: input.filedBy,
      filed_at: at.now,
      due_on: answerDueOn(at.today),
      state: "open" as const,
    };
    const { id } = await trx
      .insertInto("coverage_challenge")
      .values(row)
      .returning("id")
      .executeTakeFirstOrThrow();
    await note(trx, context, id, null, row);
    return done(id);
  });
}

/** Notes what the source says; what it concedes may change the figure, in the same transaction. */
export function answerChallenge(
  context: WriteContext,
  id: number,
  input: AnswerInput,
  { now }: ChallengeMoment,
): Promise<Result<ChallengeStep, ChallengeProblem>> {
  return step(context, id, async (trx, challenge) => {
    const province = await sourceProvince(trx, challenge.figure_id);
    if (!mayTouchAll(context, [{ agency: "", province }])) return refused({ kind: "not_covered" });
    const state = answered(courseOf(challenge), input.answer);
    if (!state.ok) return refused({ kind: state.problem });
    const conceded = input.answer === "conceded" ? input : null;
    return done({
      state: state.value,
      effect: conceded?.effect ?? null,
      text: input.text,
      set: {
        answer: input.text,
        answered_by: context.actor.name,
        answered_at: now,
        outcome_code: conceded?.outcome ?? null,
      },
      now,
    });
  });
}

/** Ends a challenge that was rebutted, or that nobody answered in time; what is upheld may change the figure. */
export function decideChallenge(
  context: WriteContext,
  id: number,
  input: DecisionInput,
  { now, today }: ChallengeMoment,
): Promise<Result<ChallengeStep, ChallengeProblem>> {
  return step(context, id, async (_trx, challenge) => {
    const state = decided(courseOf(challenge), input.decision, today);
    if (!state.ok) return refused({ kind: state.problem });
    return done({
      state: state.value,
      effect: input.decision === "upheld" ? input.effect : null,
      text: input.text,
      set: {
        outcome_code: input.outcome,
        decision: input.text,
        decided_by: context.actor.name,
        decided_at: now,
      },
      now,
    });
  });
}

type Row = Selectable<CoverageSchema["coverage_challenge"]>;

interface Taken {
  readonly state: ChallengeState;
  readonly effect: ChallengeEffect | null;
  readonly text: string;
  readonly set: Partial<Row>;
  readonly now: Date;
}

/** Takes one step of a challenge under the lock of the register: steps and figures follow each other. */
function step(
  context: WriteContext,
  id: number,
  take: (trx: Database, challenge: Row) => Promise<Result<Taken, ChallengeProblem>>,
): Promise<Result<ChallengeStep, ChallengeProblem>> {
  return context.db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const challenge = await trx
      .selectFrom("coverage_challenge")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (!challenge) return refused({ kind: "no_challenge" });
    const taken = await take(trx, challenge);
    if (!taken.ok) return taken;
    const { state, set, now } = taken.value;
    const outcome = set.outcome_code ?? null;
    if (outcome !== null && !fitsOutcome(state, outcome)) {
      return refused({ kind: "outcome_contradicts" });
    }
    const figure = await effectOf(trx, context, challenge, taken.value);
    if (!figure.ok) return figure;
    const change = { state, ...set, result_figure_id: figure.value };
    await trx.updateTable("coverage_challenge").set(change).where("id", "=", id).execute();
    await note(trx, context, id, { state: challenge.state }, { ...change, at: now });
    return done({ id, figure: figure.value });
  });
}

async function effectOf(
  trx: Database,
  { actor }: WriteContext,
  { id, figure_id: figureId }: Row,
  { state, effect, set, text, now }: Taken,
): Promise<Result<number | null, ChallengeProblem>> {
  if (effect === null) return done(null);
  const outcome = set.outcome_code ? ` (${set.outcome_code})` : "";
  const reason = `challenge ${id} ${state}${outcome}: ${text}`;
  return applyEffect(trx, effect, { challenge: id, figureId, reason, actor, now });
}

function courseOf({ state, due_on: dueOn }: Row) {
  return { state, dueOn };
}

function figureOf(trx: Database, id: number) {
  return trx
    .selectFrom("coverage_figure")
    .select(["id", "unit_id", "as_of", "status"])
    .where("id", "=", id)
    .executeTakeFirst();
}

/** The release that a challenge names, if it shows the figure; without one the figure has to be the present one. */
async function shownIn(
  trx: Database,
  { figureId, release: code }: NewChallenge,
  figure: { readonly as_of: string },
): Promise<Result<number | null, ChallengeProblem>> {
  if (code === null) {
    const { id: current } = await presentRevision(trx, figureId);
    return current === figureId ? done(null) : refused({ kind: "replaced", current });
  }
  const release = await trx
    .selectFrom("coverage_release")
    .select(["id", "as_of", "cut_figure_id"])
    .where("code", "=", code)
    .executeTakeFirst();
  if (!release) return refused({ kind: "no_release" });
  const shown = figureId <= release.cut_figure_id && figure.as_of <= release.as_of;
  return shown ? done(release.id) : refused({ kind: "not_in_release" });
}

/** The province that stands behind a figure's source; null: none, and only who is for everything answers for it. */
async function sourceProvince(trx: Database, figureId: number): Promise<string | null> {
  const row = await trx
    .selectFrom("coverage_figure as f")
    .innerJoin("coverage_source as s", "s.code", "f.source_code")
    .leftJoin("admin_unit as p", "p.id", "s.province_id")
    .select("p.code")
    .where("f.id", "=", figureId)
    .executeTakeFirst();
  return row?.code ?? null;
}

function note(
  trx: Database,
  { actor }: WriteContext,
  id: number,
  before: object | null,
  after: object,
) {
  const action = before === null ? ("create" as const) : ("decide" as const);
  return writeAudit(trx, actor, [
    { action, objectType: "coverage_challenge", objectId: String(id), before, after },
  ]);
}
