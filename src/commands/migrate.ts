import { migrate } from "../store/migrate.ts";
import type { DatabaseCommand } from "./command.ts";

/** Brings the schema to this version and says what it did. */
export const migrateCommand: DatabaseCommand = async ({ db, output }) => {
  const applied = await migrate(db);
  for (const name of applied) output.err(`applied ${name}`);
  output.err(applied.length === 0 ? "The schema is up to date." : "The schema is now up to date.");
  return 0;
};
