import { createHash } from "node:crypto";
import type { ImportSettings, UploadedFile } from "../coverage/contract.ts";
import { ALL_OPERATORS, type FigureKey } from "../domain/coverage/figure.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { lastFigureId, recordedFigures } from "../store/coverage-figures.ts";
import { type ImportWritten, writeImport } from "../store/coverage-import.ts";
import { type CoverageSource, listSources, sourceNamed } from "../store/coverage-sources.ts";
import type { NewSubmission } from "../store/submissions.ts";
import { storableText } from "../store/storable-json.ts";
import { gather, nothingGathered } from "./gather.ts";
import type { ImportDeps, ImportOptions } from "./import-options.ts";
import type { ImportOutcome, ImportProblem } from "./import-outcome.ts";
import { type JudgedFile, type JudgeFile, judgeFile } from "./judge-file.ts";
import { seldom } from "./progress.ts";
import { loadRegister } from "./register.ts";
import { judgedFile, refusedFile, type Weighed } from "./weigh.ts";

/** How often a file is judged again because somebody else wrote figures of the same units meanwhile. */
const TRIES = 3;

/** Longest name that a file has on the usual systems. */
const NAME_CHARACTERS = 255;

/** A file that came, with what its sender stated. */
interface Received {
  readonly file: UploadedFile;
  readonly sha256: string;
  readonly source: CoverageSource;
  readonly options: ImportOptions;
  readonly at: Date;
}

/**
 * Imports a file: reads, understands and judges it, then writes all that comes of it in one transaction. With the same
 * file and settings again nothing changes. A refused file is an outcome; problems are what its sender has to mend first.
 */
export async function importCoverage(
  deps: ImportDeps,
  { name, bytes }: UploadedFile,
  options: ImportOptions,
  judge: JudgeFile = judgeFile,
): Promise<Result<ImportOutcome, ImportProblem>> {
  const { db, clock } = deps;
  const source = await sourceNamed(db, options.source);
  if (source === null) return refused(await unknownSource(deps));
  const register = await loadRegister(deps);
  if (options.operator !== ALL_OPERATORS && !register.operators.includes(options.operator)) {
    return refused({ kind: "unknown_operator", known: register.operators });
  }
  const file = { name: storableText(name).slice(0, NAME_CHARACTERS), bytes };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const received = { file, sha256, source, options, at: new Date(clock()) };
  const onProgress = seldom(options.onProgress, clock);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const judgedAfter = await lastFigureId(db);
    const given = {
      sourceKind: source.kind,
      settings: settingsOf(deps, options),
      register,
      lookUp: (keys: readonly FigureKey[]) => recordedFigures(db, keys),
      onProgress,
    };
    const { read, weighed } = await weigh(judge(file, given), options.allOrNothing);
    if (options.dryRun) return done(outcomeOf(received, read, weighed, null));
    const written = await writeImport(db, {
      ...weighed.gathered,
      submission: submissionOf(received, read, weighed),
      source,
      judgedAfter,
      reason: options.reason,
      now: () => new Date(clock()),
      onFigures: (figures) => onProgress("writing", figures),
    });
    if (written.kind !== "changed_meanwhile") {
      return done(outcomeOf(received, read, weighed, written));
    }
  }
  return refused({ kind: "busy" });
}

/** What was read, without what judging needed of it: writing goes on for minutes, and has to be small. */
async function weigh(judging: Promise<JudgedFile>, allOrNothing: boolean) {
  const { judged, rowsSeen, ...read } = await judging;
  const weighed = judged.refused
    ? refusedFile(nothingGathered(judged.faults), rowsSeen())
    : judgedFile(await gather(judged), allOrNothing);
  return { read, weighed };
}

/** What a file was taken for. */
type ReadAs = Omit<JudgedFile, "judged" | "rowsSeen">;

async function unknownSource({ db }: ImportDeps): Promise<ImportProblem> {
  const known = (await listSources(db)).map(({ code }) => code);
  return { kind: "unknown_source", known };
}

function settingsOf({ clock, timezone }: ImportDeps, options: ImportOptions): ImportSettings {
  const { source, asOf, unitsDay, basis, operator, reason, onlyProvince } = options;
  // The Swedish form of a date is YYYY-MM-DD.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }).format(clock());
  return { source, asOf, unitsDay, basis, operator, reason, onlyProvince, today };
}

function submissionOf(
  { file, sha256, source, options, at }: Received,
  read: ReadAs,
  { outcome, counts, gathered }: Weighed,
): NewSubmission {
  const { faults, faultCount } = gathered;
  // A bomb or a macro is not kept, and nobody can download it from here.
  const hostile = faults.some(({ rule, severity }) => rule === "V28" && severity === "reject_file");
  return {
    fileName: file.name,
    sha256,
    bytes: file.bytes.length,
    content: hostile ? null : file.bytes,
    format: read.format,
    encoding: read.encoding?.name ?? null,
    source: source.code,
    settings: {
      as_of: options.asOf,
      units: options.unitsDay,
      basis: options.basis,
      operator: options.operator,
      reason: options.reason,
      source: options.source,
      only_province: options.onlyProvince,
      all_or_nothing: options.allOrNothing,
    },
    understood: {
      columns: read.columns,
      encoding: read.encoding,
      assumed_basis: read.assumedBasis,
    },
    via: options.via,
    actor: options.actor,
    receivedAt: at,
    outcome,
    ...counts,
    faultCount,
    faults,
  };
}

function outcomeOf(
  { file, options }: Received,
  { format, encoding, columns, assumedBasis }: ReadAs,
  { outcome, counts, gathered }: Weighed,
  written: Exclude<ImportWritten, { kind: "changed_meanwhile" }> | null,
): ImportOutcome {
  return {
    file: file.name,
    submission: written?.submission ?? null,
    repeated: written?.kind === "repeated",
    outcome,
    dryRun: options.dryRun,
    ...counts,
    figures: written?.kind === "written" ? written.figures : 0,
    format,
    encoding,
    columns,
    assumedBasis,
    faultCount: gathered.faultCount,
    faults: gathered.faults,
  };
}
