import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StartFacts } from "./start-text.ts";
import { anyKey, createKey } from "./store/api-keys.ts";
import type { Database } from "./store/database.ts";

/**
 * Makes the admin key of a first start and hands it over: to the terminal, or where there is none to a file (0600)
 * in the data folder, so that it never lands in a log. Null where the database has keys already.
 */
export async function makeFirstKey(
  db: Database,
  dataDir: string,
  // The start text goes to stderr: either of the two may be a log.
  isTerminal = process.stdout.isTTY && process.stderr.isTTY,
): Promise<StartFacts["firstKey"]> {
  if (await anyKey(db)) return null;
  const made = await createKey(
    { db, actor: { keyId: null, name: "first start" } },
    { label: "first admin key", role: "admin" },
  );
  if (!made.ok) throw new Error(`The first key was refused: ${made.problem.kind}`);
  const { key } = made.value;
  if (isTerminal) return { shown: key };
  const file = join(dataDir, "first-admin-key");
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  return { file };
}
