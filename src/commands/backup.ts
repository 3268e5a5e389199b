import { backup } from "../store/backup.ts";
import { VERSION } from "../version.ts";
import type { DatabaseCommand } from "./command.ts";

/** Writes everything that the database holds into the output file, also while the service runs. */
export const backupCommand: DatabaseCommand = async ({ db, args, output }) => {
  let bytes = 0;
  for await (const chunk of backup(db, { version: VERSION })) {
    bytes += chunk.length;
    await output.data(chunk);
  }
  output.err(`Backup written to ${String(args["file"])}: ${(bytes / 1_000_000).toFixed(1)} MB.`);
  return 0;
};
