import { readdir, readFile } from "node:fs/promises";
import { sql } from "kysely";
import type { Database } from "../../src/store/database.ts";

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux. */
const MS_PER_TICK = 10;

/** The number of the server's first process, which is the parent of those that do its work; the server is on this machine. */
export async function serverProcess(db: Database): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  const backend = await statOf(rows[0]?.pid ?? 0);
  if (backend === null) throw new Error("The PostgreSQL server is not on this machine");
  return backend.parent;
}

/** CPU of a server's processes so far, in milliseconds, those that have ended included. */
export async function serverCpuMs(first: number): Promise<number> {
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(numbers.map(async (pid) => ({ pid, stat: await statOf(pid) })));
  return stats.reduce((sum, { pid, stat }) => {
    if (stat === null) return sum;
    if (pid === first) return sum + stat.cpuMs + stat.endedCpuMs;
    return stat.parent === first ? sum + stat.cpuMs : sum;
  }, 0);
}

/** What /proc says of a process; null where there is none. */
async function statOf(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name of the program, in parentheses, may contain spaces: what counts comes after it (proc_pid_stat(5)).
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = (from: number) => ((fields[from] ?? 0) + (fields[from + 1] ?? 0)) * MS_PER_TICK;
  return { parent: fields[1] ?? 0, cpuMs: ticks(11), endedCpuMs: ticks(13) };
}
