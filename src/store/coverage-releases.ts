import { sql } from "kysely";
import type { CoverageSum } from "../domain/coverage/sum.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { lockCoverage } from "./coverage-lock.ts";
import type { Database } from "./database.ts";
import {
  planRelease,
  type ReleaseMoment,
  type ReleasePlan,
  type ReleaseProblem,
  type ReleaseRequest,
} from "./release-plan.ts";
import type { WriteContext } from "./write-context.ts";

/** What the sums of an edition come to for the country and its provinces; asked inside the transaction, with `trx` alone. */
export type SumsAt = (trx: Database, plan: ReleasePlan) => Promise<readonly CoverageSum[]>;

/** A release that was just made. */
export interface PublishedRelease {
  readonly id: number;
  readonly code: string;
  readonly sha256: string;
  readonly figures: number;
}

/**
 * Freezes what the register holds up to a quarter's end as a release, with its checksum and sums, or says everything
 * that stands against it. One transaction, under the lock that all writers of figures take, with its entry in the
 * audit log.
 */
export async function publishRelease(
  { db, actor }: WriteContext,
  request: ReleaseRequest,
  sumsAt: SumsAt,
  at: ReleaseMoment,
): Promise<Result<PublishedRelease, readonly ReleaseProblem[]>> {
  return db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const plan = await planRelease(trx, request, at);
    if (plan.problems.length > 0) return refused(plan.problems);
    const { id } = await trx
      .insertInto("coverage_release")
      .values({
        code: plan.code,
        as_of: plan.asOf,
        published_at: at.now,
        published_by: actor.name,
        cut_figure_id: plan.cut,
        note_vi: request.noteVi,
        note_en: request.noteEn,
        licence: request.licence,
        sha256: plan.sha256,
        figures: plan.figures,
        made_up: plan.madeUp,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await putBreaks(trx, id, request.breaks);
    await putSums(trx, id, plan, await sumsAt(trx, plan));
    const { code, sha256, figures } = plan;
    const after = {
      code,
      as_of: plan.asOf,
      cut_figure_id: plan.cut,
      sha256,
      figures,
      held: plan.held,
    };
    await writeAudit(trx, actor, [
      { action: "create", objectType: "coverage_release", objectId: code, before: null, after },
    ]);
    return done({ id, code, sha256, figures });
  });
}

async function putBreaks(trx: Database, release: number, breaks: ReleaseRequest["breaks"]) {
  if (breaks.length === 0) return;
  const rows = breaks.map(({ indicator, noteVi, noteEn }) => ({
    release_id: release,
    indicator_code: indicator,
    note_vi: noteVi,
    note_en: noteEn,
  }));
  await trx.insertInto("coverage_release_break").values(rows).execute();
}

/** Units are told by level and code as of the release's day. Throws where a sum is of none: it would be lost. */
async function putSums(
  trx: Database,
  release: number,
  { code, asOf }: ReleasePlan,
  sums: readonly CoverageSum[],
) {
  const { numAffectedRows } = await sql`
    insert into coverage_release_sum (release_id, indicator_code, indicator_version, basis, unit_id, content)
    select ${release}::int, given->>'indicator', (given->>'indicator_version')::int, given->>'basis', unit.id, given
    from jsonb_array_elements(${JSON.stringify(sums)}::jsonb) given
    join admin_unit unit on unit.level = given#>>'{unit,level}' and unit.code = given#>>'{unit,code}'
      and unit.valid_from <= ${asOf}::date and coalesce(unit.valid_to > ${asOf}::date, true)`.execute(
    trx,
  );
  if (Number(numAffectedRows ?? 0) !== sums.length) {
    throw new Error(`Sums of ${code} are of units that were not there on ${asOf}`);
  }
}
