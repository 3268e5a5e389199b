import type { DatabaseCommand } from "./command.ts";
import { backupCommand } from "./backup.ts";
import { jobCommand } from "./job.ts";
import { keysCreateCommand } from "./keys-create.ts";
import { migrateCommand } from "./migrate.ts";
import { portalsImportCommand } from "./portals-import.ts";
import { restoreCommand } from "./restore.ts";
import { seedCommand } from "./seed.ts";

/** The commands that need the database, by the words that call them. */
export const DATABASE_COMMANDS: Readonly<Record<string, DatabaseCommand>> = {
  migrate: migrateCommand,
  seed: seedCommand,
  job: jobCommand,
  "portals import": portalsImportCommand,
  "keys create": keysCreateCommand,
  backup: backupCommand,
  restore: restoreCommand,
};
