import type {
  ImportSettings,
  JudgedRow,
  Understood,
  UnderstoodRow,
  UploadedFile,
} from "../coverage/contract.ts";
import { openTable } from "../coverage/read/index.ts";
import { judge } from "../coverage/rules/index.ts";
import { understand } from "../coverage/understand/index.ts";
import type { Day } from "../domain/calendar.ts";
import { ALL_OPERATORS } from "../domain/coverage/figure.ts";
import type { ImportFault } from "../domain/coverage/import-fault.ts";
import type { AdminLevel } from "../domain/units/unit.ts";
import {
  type CountsProblem,
  type CountsWritten,
  recordCounts,
  type StatedCount,
} from "../store/denominator-register.ts";
import type { Actor } from "../store/write-context.ts";
import type { ImportDeps } from "./import-options.ts";
import { loadRegister } from "./register.ts";

/** What is stated beside a file of counts. */
export interface CountsOptions {
  readonly actor: Actor;
  /** Who counted: free text, kept with each count. */
  readonly source: string;
  readonly sourceUrl: string | null;
  /** The day that the counts are true of. */
  readonly asOf: Day;
  /** Why counts that are there are corrected. */
  readonly reason: string | null;
  readonly today: Day;
  readonly dryRun: boolean;
}

/** What became of a file of counts. */
export interface CountsOutcome {
  readonly file: string;
  /** Faults of reading, headers and places; rows of which one is refused bring nothing. */
  readonly faults: readonly ImportFault[];
  /** Rows that were refused; all of them where the file was. */
  readonly refused: number;
  /** Counts that were understood. */
  readonly counts: readonly StatedCount[];
  /** Null: nothing was written, for a dry run or a problem. */
  readonly written: CountsWritten | null;
  readonly problem: CountsProblem | null;
}

/**
 * Imports how many households, people, hamlets units have: the columns that are named so in a file that has a column
 * of codes, read, understood and placed as files with figures are. Counts that can be written are, all or none of them.
 */
export async function importDenominators(
  deps: ImportDeps,
  file: UploadedFile,
  options: CountsOptions,
): Promise<CountsOutcome> {
  const { faults, refused, counts } = await readCounts(deps, file, options);
  const told = { file: file.name, faults, refused, counts, written: null, problem: null };
  if (options.dryRun || counts.length === 0) return told;
  const { actor, reason, today } = options;
  const at = { reason, today, now: new Date(deps.clock()) };
  const written = await recordCounts({ db: deps.db, actor }, counts, at);
  return written.ok ? { ...told, written: written.value } : { ...told, problem: written.problem };
}

async function readCounts(deps: ImportDeps, file: UploadedFile, options: CountsOptions) {
  const settings: ImportSettings = {
    source: "denominators",
    asOf: options.asOf,
    unitsDay: null,
    basis: "reported",
    operator: ALL_OPERATORS,
    reason: null,
    onlyProvince: null,
    today: options.today,
  };
  const stopped = (faults: readonly ImportFault[]) => ({ faults, refused: 1, counts: [] });
  const opened = await openTable(file);
  if (!opened.ok) return stopped(opened.problem);
  const register = await loadRegister(deps);
  const made = await understand(opened.value, register, settings);
  if (!made.ok) return stopped([...opened.value.faults, ...made.problem]);
  const understood = withoutFigures(made.value);
  const judged = await judge(understood, register, settings, nothingRecorded);
  const before = [...opened.value.faults, ...understood.faults, ...judged.faults];
  if (judged.refused) return stopped(before);
  const faults = [...before];
  const counts: StatedCount[] = [];
  let refused = 0;
  for await (const { row, verdict } of paired(understood, judged.rows())) {
    faults.push(...verdict.faults.filter(concernsCounts));
    if (verdict.verdict === "refused") refused += 1;
    else counts.push(...countsOf(row, verdict, options));
  }
  return { faults, refused, counts };
}

/** Figures in the same file are not what is imported here. */
function withoutFigures(understood: Understood): Understood {
  async function* rows() {
    for await (const row of understood.rows()) yield { ...row, figures: [] };
  }
  return { ...understood, totals: [], rows };
}

/** Nobody is asked about counts, they may be of any day, and a row without figures is what is expected here. */
function concernsCounts({ severity, detail }: ImportFault): boolean {
  return severity !== "hold" && detail.code !== "nothing_to_record";
}

const nothingRecorded = async () => ({ current: () => null, before: () => null });

/** Rows are judged in the order in which they stand. */
async function* paired(understood: Understood, judged: AsyncIterable<JudgedRow>) {
  const rows = understood.rows()[Symbol.asyncIterator]();
  for await (const verdict of judged) {
    const next = await rows.next();
    if (next.done === true) throw new Error("More rows were judged than understood");
    yield { row: next.value, verdict };
  }
}

function countsOf(
  row: UnderstoodRow,
  { unit }: JudgedRow,
  { asOf, source, sourceUrl }: CountsOptions,
): StatedCount[] {
  if (unit === null) return [];
  const { code } = unit;
  const level = levelOf(unit.level);
  return Object.entries(row.denominators).map(([kind, value]) => {
    const day = row.asOf ?? asOf;
    return { level, code, kind, asOf: day, value, source, sourceUrl };
  });
}

function levelOf(level: AdminLevel): StatedCount["level"] {
  if (level === "district") throw new Error("Districts have no counts");
  return level;
}
