import { type FaultRow, faultRow } from "../catalogue/import-faults/fault-row.ts";
import type { ImportOutcome } from "./import-outcome.ts";

/** An outcome as programs get it; `faults` are at most 20,000, `fault_count` all of them. */
export interface OutcomeJson {
  readonly submission: number | null;
  readonly repeated: boolean;
  readonly dry_run: boolean;
  readonly outcome: ImportOutcome["outcome"];
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  readonly unchanged: number;
  readonly figures: number;
  readonly format: ImportOutcome["format"];
  readonly encoding: ImportOutcome["encoding"];
  readonly columns: ImportOutcome["columns"];
  /** What figures were taken to be where neither the file nor its sender says it; else null. */
  readonly assumed_basis: ImportOutcome["assumedBasis"];
  readonly fault_count: number;
  readonly faults: readonly FaultRow[];
}

/** An outcome with its faults in words, of them at most `shown`. */
export function outcomeJson(outcome: ImportOutcome, shown = Infinity): OutcomeJson {
  const { file, dryRun, faultCount, faults, ...facts } = outcome;
  return {
    submission: facts.submission,
    repeated: facts.repeated,
    dry_run: dryRun,
    outcome: facts.outcome,
    accepted: facts.accepted,
    held: facts.held,
    refused: facts.refused,
    unchanged: facts.unchanged,
    figures: facts.figures,
    format: facts.format,
    encoding: facts.encoding,
    columns: facts.columns,
    assumed_basis: facts.assumedBasis,
    fault_count: faultCount,
    faults: faults.slice(0, shown).map((fault) => faultRow(file, fault)),
  };
}
