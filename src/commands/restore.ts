import { UsageError } from "../domain/usage-error.ts";
import { restore } from "../store/restore.ts";
import type { DatabaseCommand } from "./command.ts";

/** Loads a backup, all or nothing. Not under a running service: what it holds in memory would be of another past. */
export const restoreCommand: DatabaseCommand = async ({ db, args, input, output, service }) => {
  if (service !== null) {
    throw new UsageError(
      "A service is running on this database. Stop it, restore, start it again.",
    );
  }
  const restored = await restore(db, input, { replace: args["replace"] === true });
  const rows = Object.values(restored.rows).reduce((sum, count) => sum + count, 0);
  output.err(`Restored ${rows} rows of the backup of ${restored.writtenAt} (${restored.version}).`);
  return 0;
};
