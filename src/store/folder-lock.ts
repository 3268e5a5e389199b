import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../domain/usage-error.ts";

/** SQLITE_BUSY: somebody else holds the lock (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

/** A command that runs beside may hold the folder for a moment; a service holds it for good. */
const BUSY_WAIT_MS = 2_000;

/**
 * Takes the exclusive lock of a data folder, or throws UsageError naming the process that has it.
 * The lock is SQLite's lock on a file that holds nothing: the kernel keeps it for the open file, so it ends
 * with its process whichever way that ends, and a reused process id means nothing to it.
 */
export function lockFolder(folder: string): { release: () => void } {
  const lock = new DatabaseSync(join(folder, "lock"), { timeout: BUSY_WAIT_MS });
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) {
      throw new UsageError(
        `DATA_DIR ${folder} is in use by another hatangso (process ${holder(folder)}). Stop that one, or set DATA_DIR to another folder.`,
      );
    }
    throw new Error(`Cannot lock ${folder}`, { cause: error });
  }
  writeFileSync(join(folder, "lock-holder"), `${process.pid}\n`);
  return { release: () => lock.close() };
}

/** The holder's process id for the message only; nothing is decided on it. */
function holder(folder: string): string {
  try {
    return readFileSync(join(folder, "lock-holder"), "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "unknown";
    throw error;
  }
}
