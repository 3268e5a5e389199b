import { FAULT_COLUMNS } from "../src/catalogue/import-faults/fault-row.ts";
import { MAX_UPLOAD_BYTES } from "../src/coverage/read/index.ts";
import { annotate } from "../src/importing/annotated.ts";
import { importCoverage } from "../src/importing/import-coverage.ts";
import type { ImportOptions } from "../src/importing/import-options.ts";
import type { ImportOutcome } from "../src/importing/import-outcome.ts";
import { outcomeJson } from "../src/importing/outcome-json.ts";
import { toCsv } from "../src/reports/csv.ts";
import { type Beside, type DroppedFile, droppedFiles, putAway, readQuiet } from "./inbox-files.ts";
import type { Job, JobDeps } from "./job.ts";

/**
 * Imports what was dropped into COVERAGE_INBOX. A run that was cut off left its file where it was; importing that again
 * changes nothing.
 */
export const inbox: Job = {
  name: "inbox",
  does: "imports files with coverage figures from COVERAGE_INBOX/SOURCE/ and moves them to done/ or refused/",
  cron: "* * * * *",
  atStart: false,
  async run(deps) {
    const folder = deps.settings.coverageInbox;
    return folder === null ? { inbox: "not configured" } : takeAll(deps, folder);
  },
};

interface Taken {
  readonly imported: number;
  readonly refused: number;
  readonly waiting: number;
}

async function takeAll(deps: JobDeps, folder: string): Promise<Taken> {
  const taken = { imported: 0, refused: 0, waiting: 0 };
  const faults: unknown[] = [];
  for (const file of await droppedFiles(folder)) {
    try {
      taken[await take(deps, folder, file)] += 1;
    } catch (error) {
      // One file that can't be read must not keep the others waiting; the run fails when all had their turn.
      faults.push(new Error(`${file.source}/${file.name} was not imported`, { cause: error }));
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, "Files of the inbox were not imported");
  return taken;
}

async function take(deps: JobDeps, folder: string, file: DroppedFile): Promise<keyof Taken> {
  const { db, clock, log, settings, units } = deps;
  const bytes = await readQuiet(file.path, clock(), MAX_UPLOAD_BYTES);
  if (bytes === null) return "waiting";
  const given = { name: file.name, bytes };
  const imported = await importCoverage(
    { db, clock, timezone: settings.reportTimezone, ...(units && { units }) },
    given,
    optionsOf(file),
  );
  if (!imported.ok) {
    const facts = { file: file.name, source: file.source, problem: imported.problem.kind };
    log.warn(facts, "A file of the inbox waits until this is mended");
    return "waiting";
  }
  const outcome = imported.value;
  if (outcome.figures > 0) deps.onCoverageChanged?.();
  if (outcome.submission === null) throw new Error("An import without a number");
  const end = outcome.outcome === "refused" ? "refused" : "done";
  const beside = await besideOf(given, outcome);
  await putAway(folder, file, { end, number: outcome.submission, beside });
  return end === "refused" ? "refused" : "imported";
}

function optionsOf({ source }: DroppedFile): ImportOptions {
  return {
    via: "inbox",
    actor: { keyId: null, name: "inbox" },
    source,
    asOf: null,
    unitsDay: null,
    basis: null,
    operator: "all",
    reason: null,
    onlyProvince: null,
    dryRun: false,
    allOrNothing: false,
    onProgress: () => undefined,
  };
}

/** What the province gets back; a file without a fault has nothing beside it. */
async function besideOf(
  file: { readonly name: string; readonly bytes: Uint8Array },
  outcome: ImportOutcome,
): Promise<Beside> {
  if (outcome.faultCount === 0) return {};
  const rows = outcomeJson(outcome).faults;
  const chunks: Uint8Array[] = [];
  for await (const chunk of toCsv(FAULT_COLUMNS, eachOf(rows))) chunks.push(chunk);
  const faults = Buffer.concat(chunks);
  const copy = await annotate({ file, faults: outcome.faults, counts: outcome });
  return { ".faults.csv": faults, ".annotated.xlsx": copy };
}

async function* eachOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
