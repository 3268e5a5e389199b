import type { ReadFile, UnderstoodColumn } from "../coverage/contract.ts";
import type { ImportFault } from "../domain/coverage/import-fault.ts";
import type { Basis } from "../domain/coverage/figure.ts";
import type { RowCounts } from "./gather.ts";

/**
 * What an import came to. `accepted`, `held` and `refused` are rows (of a file that is refused before its rows are
 * counted: 1, the file), `unchanged` figures that were recorded already, `figures` those that were written.
 */
export interface ImportOutcome extends RowCounts {
  readonly file: string;
  /** Its number in the register; null for a dry run. */
  readonly submission: number | null;
  /** Whether the same file with the same settings was imported before, as that submission, and brought nothing new. */
  readonly repeated: boolean;
  readonly outcome: "accepted" | "held" | "refused";
  readonly dryRun: boolean;
  readonly figures: number;
  readonly format: ReadFile["format"] | "unknown";
  readonly encoding: ReadFile["encoding"];
  readonly columns: readonly UnderstoodColumn[];
  /** What figures were taken to be where neither the file nor its sender says it; else null. */
  readonly assumedBasis: Basis | null;
  readonly faultCount: number;
  /** At most 20,000 of them. */
  readonly faults: readonly ImportFault[];
}

/** Why a file was not even looked at, or could not be written. */
export type ImportProblem =
  | { readonly kind: "unknown_source"; readonly known: readonly string[] }
  | { readonly kind: "unknown_operator"; readonly known: readonly string[] }
  /** Others kept writing figures of the same units. */
  | { readonly kind: "busy" };
