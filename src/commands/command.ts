import type { Config } from "../config.ts";
import type { Database } from "../store/database.ts";
import type { UnitBookSource } from "../store/unit-book.ts";

/** 0 done; 1 done, but something in the input was refused or a verdict is fail; 2 wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** Where a command writes: JSON and data on stdout, everything that a person reads on stderr. */
export interface CommandOutput {
  out(line: string): void;
  err(line: string): void;
  /** Bytes of the command's output file (of the one called so, where it has several), in order; resolves when more may come. */
  data(chunk: Uint8Array, file?: string): Promise<void>;
}

/** All that a command may touch; the same whether it runs in its own process or inside the running service. */
export interface CommandContext {
  readonly db: Database;
  readonly config: Config;
  /** Arguments and options as the command line gave them, already checked for shape. */
  readonly args: Readonly<Record<string, string | boolean | undefined>>;
  /** The content of the input file, where the command has one. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: CommandOutput;
  /** Who is written into the audit log. */
  readonly actor: string;
  /** The running service, where the command runs inside it. */
  readonly service: RunningService | null;
}

/** What a command may ask of the service that it runs in. */
export interface RunningService {
  /** Units of every vintage, kept for all. */
  readonly units: UnitBookSource;
  /** Portals were added or changed: the prober reads them again. */
  portalsChanged(): Promise<void>;
  /** Coverage figures came into the register: what is made of them is made again. */
  coverageChanged(): void;
}

/** A command that needs the database. */
export type DatabaseCommand = (context: CommandContext) => Promise<ExitCode>;
