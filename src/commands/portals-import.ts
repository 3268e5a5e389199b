import { importPortals } from "../store/portal-import.ts";
import type { DatabaseCommand } from "./command.ts";

/** Adds the portals of a CSV file; each bad row is told as file:line column value reason, and ends the command with 1. */
export const portalsImportCommand: DatabaseCommand = async (context) => {
  const { db, args, actor, input, output, service } = context;
  const done = await importPortals({ db, actor: { keyId: null, name: actor } }, input);
  for (const { line, column, value, reason } of done.faults) {
    output.err(`${String(args["file"])}:${line} ${column} ${JSON.stringify(value)} ${reason}`);
  }
  const { accepted, unchanged, refused } = done;
  output.err(`${accepted} accepted, ${unchanged} registered already, ${refused} refused.`);
  if (accepted > 0) await service?.portalsChanged();
  return refused > 0 ? 1 : 0;
};
