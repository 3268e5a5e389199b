import type { Basis } from "../domain/coverage/figure.ts";
import type { Day } from "../domain/calendar.ts";
import type { OnProgress } from "../coverage/contract.ts";
import type { Database } from "../store/database.ts";
import type { ImportVia } from "../store/submissions.ts";
import type { UnitBookSource } from "../store/unit-book.ts";
import type { Actor } from "../store/write-context.ts";

/** What an import needs of the service. */
export interface ImportDeps {
  readonly db: Database;
  /** Units of every vintage, where somebody keeps them; else they are read. */
  readonly units?: UnitBookSource;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Where the present day begins. */
  readonly timezone: string;
}

/** What is stated beside a file, and who brings it. */
export interface ImportOptions {
  readonly via: ImportVia;
  readonly actor: Actor;
  readonly source: string;
  readonly asOf: Day | null;
  readonly unitsDay: Day | null;
  /** Null: as the file says, else as is usual for the source. */
  readonly basis: Basis | null;
  readonly operator: string;
  readonly reason: string | null;
  /** Code of the only province that may be written. */
  readonly onlyProvince: string | null;
  /** Judges and stores nothing. */
  readonly dryRun: boolean;
  /** Stores nothing of a file that has a row which is refused or held. */
  readonly allOrNothing: boolean;
  readonly onProgress: OnProgress;
}

/** The source of files for which nobody states one: the ministry that keeps the register. */
export const DEFAULT_SOURCE = "ministry";
