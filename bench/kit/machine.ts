import { execFile } from "node:child_process";
import { cpus, release, totalmem } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What the figures were measured on: processors, memory, versions, commit, day. */
export async function machineFacts(): Promise<Readonly<Record<string, string>>> {
  const processors = cpus();
  return {
    processors: `${processors.length} × ${processors[0]?.model ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `Linux ${release()}`,
    node: process.version,
    commit: await commit(),
    measured: new Date().toISOString().slice(0, 10),
  };
}

/** The commit that was measured, marked where the checkout has changes. */
async function commit(): Promise<string> {
  try {
    const [{ stdout: hash }, { stdout: changes }] = await Promise.all([
      run("git", ["rev-parse", "--short", "HEAD"]),
      run("git", ["status", "--porcelain"]),
    ]);
    return `${hash.trim()}${changes.trim() === "" ? "" : " and changes"}`;
  } catch {
    return "unknown";
  }
}
