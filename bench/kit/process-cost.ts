import { readdir, readFile } from "node:fs/promises";

/** What the kernel has accounted to a process so far. */
export interface ProcessCost {
  /** All threads, user and system; of children that ended too. */
  readonly cpuMs: number;
  /** Resident memory now and at its most, octets. */
  readonly rssBytes: number;
  readonly peakRssBytes: number;
  readonly openFiles: number;
}

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux. */
const MS_PER_TICK = 10;

/** Of a process of this machine (Linux), from /proc; `pid` may be this one. */
export async function processCost(pid: number): Promise<ProcessCost> {
  const [stat, status, files] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/status`, "utf8"),
    readdir(`/proc/${pid}/fd`),
  ]);
  // The name of the program, in parentheses, may contain spaces: what counts comes after it.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  // utime, stime, cutime, cstime (proc_pid_stat(5)): the whole process, and children that were waited for.
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? Number.NaN);
  return {
    cpuMs: ticks * MS_PER_TICK,
    rssBytes: kilobytes("VmRSS") * 1024,
    peakRssBytes: kilobytes("VmHWM") * 1024,
    openFiles: files.length,
  };
}
