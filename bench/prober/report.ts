import type { Account } from "./accounting.ts";
import type { Comparison } from "./control.ts";
import { shown } from "./quantile.ts";

/** What the benchmark found; milliseconds, seconds and octets as named. */
export interface BenchReport {
  readonly minutes: number;
  readonly portals: number;
  readonly threads: number;
  readonly storedIn: "embedded database" | "memory";
  readonly account: Account;
  readonly lagMs: {
    readonly p50: number | null;
    readonly p99: number | null;
    readonly max: number | null;
  };
  readonly loopLagMaxMs: number;
  readonly rssMaxBytes: number;
  readonly cpuSecondsPerRun: { readonly process: number; readonly threads: number };
  readonly control: readonly Comparison[];
  readonly faults: readonly string[];
  readonly passed: boolean;
}

/** The report for people. */
export function tableOf(report: BenchReport): string {
  const { account, lagMs, cpuSecondsPerRun } = report;
  const rows: [string, string][] = [
    ["portals, threads, minutes", `${report.portals}, ${report.threads}, ${report.minutes}`],
    ["stored in", report.storedIn],
    ["scheduled runs", String(account.scheduled)],
    ["run", `${account.run} (${counts(account.byOutcome)})`],
    ["skipped", counts(account.skippedByReason)],
    ["unaccounted for", String(account.unaccounted)],
    [
      "schedule lag p50 / p99 / max",
      `${shown(lagMs.p50, 0)} / ${shown(lagMs.p99, 0)} / ${shown(lagMs.max, 0)} ms`,
    ],
    ["event loop lag of a thread, max", `${shown(report.loopLagMaxMs, 1)} ms`],
    ["resident memory, max", `${(report.rssMaxBytes / 2 ** 20).toFixed(0)} MiB`],
    [
      "CPU per run, threads / process",
      `${shown(cpuSecondsPerRun.threads * 1000, 2)} / ${shown(cpuSecondsPerRun.process * 1000, 2)} ms`,
    ],
    ...report.control.map(
      ({ family, phase, samples, idleMs, loadedMs, ratio }): [string, string] => [
        `control ${family} ${phase}, idle / loaded`,
        `${shown(idleMs, 2)} / ${shown(loadedMs, 2)} ms, ratio ${shown(ratio, 2)} (${samples} samples)`,
      ],
    ),
    ["faults of ours", report.faults.length === 0 ? "none" : report.faults.join("; ")],
    ["verdict", report.passed ? "passed" : "FAILED"],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}

function counts(of: Readonly<Record<string, number>>): string {
  const parts = Object.entries(of).map(([name, count]) => `${name} ${count}`);
  return parts.length > 0 ? parts.join(", ") : "none";
}
