import { UsageError } from "../domain/usage-error.ts";
import type { DatabaseCommand } from "./command.ts";
import { backupCommand } from "./backup.ts";
import { coverageImportCommand } from "./coverage-import.ts";
import { coverageTemplateCommand } from "./coverage-template.ts";
import { denominatorsImportCommand } from "./denominators-import.ts";
import { grafanaRoleCommand } from "./grafana-role.ts";
import { jobCommand } from "./job.ts";
import { keysCreateCommand } from "./keys-create.ts";
import { migrateCommand } from "./migrate.ts";
import { notifyTestCommand } from "./notify-test.ts";
import { portalsImportCommand } from "./portals-import.ts";
import { reportComplianceCommand } from "./report-compliance.ts";
import { restoreCommand } from "./restore.ts";
import { seedCommand } from "./seed.ts";
import { unitsRecastCommand } from "./units-recast.ts";

/** The commands that need the database, by the words that call them. */
const DATABASE_COMMANDS: Readonly<Record<string, DatabaseCommand>> = {
  migrate: migrateCommand,
  seed: seedCommand,
  job: jobCommand,
  "portals import": portalsImportCommand,
  "coverage import": coverageImportCommand,
  "coverage template": coverageTemplateCommand,
  "coverage denominators import": denominatorsImportCommand,
  "keys create": keysCreateCommand,
  "grafana-role": grafanaRoleCommand,
  "notify test": notifyTestCommand,
  "report compliance": reportComplianceCommand,
  "units recast": unitsRecastCommand,
  backup: backupCommand,
  restore: restoreCommand,
};

/** The command of this name; throws UsageError where there is none (a client of another version may ask). */
export function databaseCommand(name: string): DatabaseCommand {
  const command = DATABASE_COMMANDS[name];
  if (!command) throw new UsageError(`There is no command "${name}".`);
  return command;
}
