import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../domain/usage-error.ts";

/** Makes the data folder, private to its owner, and proves that it can be written; else throws UsageError. */
export async function prepareDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.write-test-${randomBytes(4).toString("hex")}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "error";
    throw new UsageError(
      `DATA_DIR ${folder} cannot be written (${code}). Make it writable for this user, or set DATA_DIR to another folder.`,
    );
  }
}
