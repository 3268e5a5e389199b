import { createHash } from "node:crypto";
import {
  type FigureValue,
  type RecordedFigure,
  REPORTED_DENOMINATOR,
  sameValue,
} from "../domain/coverage/figure.ts";
import { done, refused, type Result } from "../domain/result.ts";
import type { ChallengeEffect, CorrectionFault, FigureCorrection } from "./challenge-input.ts";
import { addFigures, recordedFigures } from "./coverage-figures.ts";
import type { Database } from "./database.ts";
import { supersedeStale } from "./held-rows.ts";
import { addSubmission } from "./submissions.ts";
import type { Actor } from "./write-context.ts";

/** Why a correction was not written; `current` is the revision that took the place of the one to be replaced. */
export type EffectProblem =
  | { readonly kind: "figure_changed"; readonly current: number }
  | { readonly kind: "same_figure" }
  | { readonly kind: "wrong_correction"; readonly faults: readonly CorrectionFault[] };

/** Which challenge changes a figure, and why. */
export interface EffectOrigin {
  readonly challenge: number;
  readonly figureId: number;
  readonly reason: string;
  readonly actor: Actor;
  readonly now: Date;
}

/**
 * Writes what a challenge comes to as a new revision of the figure, by the store's only way to write figures; returns
 * its number. `trx` is a transaction that holds the lock of the register.
 */
export async function applyEffect(
  trx: Database,
  { correction, replaces }: ChallengeEffect,
  origin: EffectOrigin,
): Promise<Result<number, EffectProblem>> {
  const current = await presentRevision(trx, origin.figureId);
  if (current.id !== (replaces ?? origin.figureId)) {
    return refused({ kind: "figure_changed", current: current.id });
  }
  const value = await corrected(trx, current, correction);
  if (!value.ok) return refused({ kind: "wrong_correction", faults: value.problem });
  if (sameValue(current, value.value)) return refused({ kind: "same_figure" });
  const { id: _id, revision: _revision, ...key } = current;
  const figure = { ...key, ...value.value, sheet: null, row: null, note: null };
  const submissionId = await keep(trx, figure, origin);
  const { reason, now: recordedAt } = origin;
  await addFigures(trx, [figure], { submissionId, reason, recordedAt });
  await supersedeStale(trx);
  return done((await presentRevision(trx, origin.figureId)).id);
}

/** The revision that counts of the figure that this one is a revision of. Throws where there is no such figure. */
export async function presentRevision(trx: Database, id: number): Promise<RecordedFigure> {
  const key = await trx
    .selectFrom("coverage_figure")
    .select(["unit_id as unitId", "indicator_code as indicator", "operator", "basis"])
    .select(["indicator_version as indicatorVersion", "as_of as asOf", "source_code as source"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const current = (await recordedFigures(trx, [key])).current(key);
  if (current === null) throw new Error(`Figure ${id} has no present revision`);
  return current;
}

async function corrected(
  trx: Database,
  current: RecordedFigure,
  correction: FigureCorrection,
): Promise<Result<FigureValue, readonly CorrectionFault[]>> {
  const nothing = {
    numerator: null,
    denominator: null,
    denominatorSource: null,
    statedRatio: null,
  };
  if (correction.kind === "withdrawal") return done({ status: "withdrawn", ...nothing });
  const { kind, level } = await trx
    .selectFrom("indicator as i")
    .innerJoin("admin_unit as u", (join) => join.on("u.id", "=", current.unitId))
    .select(["i.denominator_kind as kind", "u.level"])
    .where("i.code", "=", current.indicator)
    .where("i.version", "=", current.indicatorVersion)
    .executeTakeFirstOrThrow();
  const { numerator } = correction;
  const denominator = correction.denominator ?? current.denominator;
  if (kind === null) {
    const stated = correction.denominator !== null || correction.denominatorSource !== null;
    return stated
      ? refused([{ field: "denominator", detail: "this indicator is a count: it has none" }])
      : done({ ...nothing, status: "present", numerator });
  }
  const fault = denominatorFault(
    numerator,
    denominator,
    kind === "communes" && level === "commune",
  );
  if (denominator === null || fault !== null) {
    return refused([fault ?? { field: "denominator", detail: "is needed" }]);
  }
  const denominatorSource =
    correction.denominatorSource ?? current.denominatorSource ?? REPORTED_DENOMINATOR;
  return done({ ...nothing, status: "present", numerator, denominator, denominatorSource });
}

function denominatorFault(
  numerator: number,
  denominator: number | null,
  ofOne: boolean,
): CorrectionFault | null {
  if (denominator === null || denominator === 0) {
    return { field: "denominator", detail: "is needed, and above 0" };
  }
  if (ofOne && denominator !== 1) {
    return { field: "denominator", detail: "is 1 for a commune that answers yes (1) or no (0)" };
  }
  return numerator > denominator
    ? { field: "numerator", detail: `is above the denominator ${denominator}` }
    : null;
}

/** Figures come from submissions: this one is what was decided, as a file. */
function keep(trx: Database, figure: object, origin: EffectOrigin): Promise<number> {
  const { challenge, reason, actor, now } = origin;
  const { source, ...facts } = figure as { readonly source: string };
  const content = Buffer.from(JSON.stringify({ challenge, reason, source, ...facts }, null, 2));
  return addSubmission(trx, {
    fileName: `challenge-${challenge}.json`,
    sha256: createHash("sha256").update(content).digest("hex"),
    bytes: content.length,
    content,
    format: "unknown",
    encoding: "utf-8",
    source,
    settings: { challenge },
    understood: null,
    via: "api",
    actor,
    receivedAt: now,
    outcome: "accepted",
    accepted: 1,
    held: 0,
    refused: 0,
    unchanged: 0,
    faultCount: 0,
    faults: [],
  });
}
