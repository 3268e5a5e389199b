import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Database } from "../src/store/database.ts";
import { holdReferences, putReferenceMark, referenceMark } from "../src/store/reference-marks.ts";
import { seedFile } from "./seed-rows.ts";

/**
 * Loads reference data if its files are others than those that were loaded last under this name, and returns what
 * `load` returned; null if they are the same. `db` is a transaction; `always` loads in any case.
 */
export async function whenChanged<Loaded>(
  db: Database,
  name: string,
  files: readonly string[],
  load: (db: Database) => Promise<Loaded>,
  { always = false }: { always?: boolean } = {},
): Promise<Loaded | null> {
  await holdReferences(db);
  const sha256 = await digestOf(files);
  if (!always && (await referenceMark(db, name)) === sha256) return null;
  const loaded = await load(db);
  await putReferenceMark(db, name, sha256);
  return loaded;
}

async function digestOf(files: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const file of files) {
    const content = await readFile(seedFile(file));
    digest.update(`${file} ${content.length}\n`).update(content);
  }
  return digest.digest("hex");
}
