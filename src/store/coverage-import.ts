import { sql } from "kysely";
import type { NewFigure } from "../domain/coverage/figure.ts";
import { writeAudit } from "./audit-log.ts";
import { breathe } from "./breathe.ts";
import { addFigureText, figuresCameAfter, lastFigureId } from "./coverage-figures.ts";
import { lockCoverage } from "./coverage-lock.ts";
import { type CoverageSource, putSources } from "./coverage-sources.ts";
import type { Database } from "./database.ts";
import { addHeldRows, countNewHeld, type NewHeldRow, supersedeStale } from "./held-rows.ts";
import type { Pile } from "./pile.ts";
import { addSubmission, findEarlier, type NewSubmission } from "./submissions.ts";

/** What came of judging a file, ready to be written. */
export interface ImportToWrite {
  readonly submission: NewSubmission;
  readonly source: CoverageSource;
  readonly figures: Pile<NewFigure>;
  readonly held: Pile<NewHeldRow>;
  /** Of all these figures. */
  readonly units: ReadonlySet<number>;
  /** The last figure of the register before the file was judged. */
  readonly judgedAfter: number;
  /** Why figures that are there are corrected. */
  readonly reason: string | null;
  /** The instant at which it becomes known; asked for when it is written. */
  readonly now: () => Date;
  /** Told after each chunk. */
  readonly onFigures: (written: number) => void;
}

/**
 * How the writing ended: `repeated`, when the same file with the same settings brought nothing new, with the number of
 * its earlier import; `changed_meanwhile`, when somebody wrote figures of the same units since it was judged.
 */
export type ImportWritten =
  | { readonly kind: "written"; readonly submission: number; readonly figures: number }
  | { readonly kind: "repeated"; readonly submission: number }
  | { readonly kind: "changed_meanwhile" };

/** From so many new figures on the table is another one to the planner of questions. */
const ANALYZE_FROM = 1000;

/** Writes all of an import in one transaction, or nothing of it; imports follow each other. */
export async function writeImport(db: Database, given: ImportToWrite): Promise<ImportWritten> {
  const written = await db.transaction().execute((trx) => writeAll(trx, given));
  // Nothing gathers statistics on the embedded database: without them sums of a province take four times as long.
  if (written.kind === "written" && written.figures >= ANALYZE_FROM) {
    await sql`analyze coverage_figure`.execute(db);
  }
  return written;
}

async function writeAll(trx: Database, given: ImportToWrite): Promise<ImportWritten> {
  await lockCoverage(trx);
  if (await changedMeanwhile(trx, given)) return { kind: "changed_meanwhile" };
  const earlier = await findEarlier(trx, given.submission);
  if (earlier?.refused === given.submission.refused && (await bringsNothing(trx, given))) {
    return { kind: "repeated", submission: earlier.id };
  }
  await putSources(trx, [given.source]);
  const submission = await addSubmission(trx, given.submission);
  const figures = await addAll(trx, given, submission);
  await queue(trx, given, submission);
  await note(trx, given, submission);
  return { kind: "written", submission, figures };
}

function changedMeanwhile(trx: Database, { judgedAfter, source, units }: ImportToWrite) {
  if (units.size === 0) return false;
  return figuresCameAfter(trx, judgedAfter, { source: source.code, units: [...units] });
}

async function bringsNothing(trx: Database, { figures, held, submission }: ImportToWrite) {
  if (figures.size() > 0) return false;
  for (const rows of held.texts()) {
    if ((await countNewHeld(trx, rows, submission.sha256)) > 0) return false;
    await breathe();
  }
  return true;
}

async function addAll(trx: Database, given: ImportToWrite, submissionId: number): Promise<number> {
  const origin = { submissionId, reason: given.reason, recordedAt: given.now() };
  let added = 0;
  for (const text of given.figures.texts()) {
    added += await addFigureText(trx, text, origin);
    given.onFigures(added);
    await breathe();
  }
  return added;
}

async function queue(trx: Database, { figures, held, submission }: ImportToWrite, id: number) {
  if (figures.size() > 0) await supersedeStale(trx);
  const after = await lastFigureId(trx);
  for (const rows of held.texts()) {
    await addHeldRows(trx, rows, { submissionId: id, sha256: submission.sha256, after });
    await breathe();
  }
}

function note(trx: Database, { submission }: ImportToWrite, id: number) {
  const { fileName, sha256, source, outcome, accepted, held, refused, actor } = submission;
  const after = { file_name: fileName, sha256, source, outcome, accepted, held, refused };
  return writeAudit(trx, actor, [
    { action: "import", objectType: "submission", objectId: String(id), before: null, after },
  ]);
}
