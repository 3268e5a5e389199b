/**
 * Imports generated rows (argument: how many, 3 figures each, none of them real) by the command into a running service on
 * the embedded database, and prints what memory and time that took the service, as JSON. Linux only.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../support/service-process.ts";
import { largeTable } from "./large-table.ts";

const rows = Number(process.argv[2] ?? 200_000);
const folder = await mkdtemp(join(tmpdir(), "hatangso-import-"));
const dataDir = join(folder, "data");
try {
  await writeFile(join(folder, "large.csv"), await largeTable(rows));
  // The first start fills the database; only the second one is as idle as a service is.
  const first = await startQuiet();
  await first.stop();
  const service = await startQuiet();
  const idle = await settled(service.pid);
  // From here on its peak is counted anew.
  writeFileSync(`/proc/${service.pid}/clear_refs`, "5");
  const health = watchHealth(service.url);
  const begun = performance.now();
  const done = await runCommand(
    ["coverage", "import", join(folder, "large.csv"), "--source", "ministry", "--json"],
    { DATA_DIR: dataDir, LANG: "en" },
  );
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const answers = await health.stop();
  const mebibytes = memory(service.pid, "VmHWM") - idle;
  await service.stop();
  const { accepted, held, refused, figures } = JSON.parse(done.stdout) as Record<string, number>;
  const progress = [...new Set(done.stderr.match(/^(?:Reading|Checking|Writing)/gm))];
  const facts = { rows, accepted, held, refused, figures, mebibytes, idle, progress, ...answers };
  console.log(JSON.stringify({ ...facts, seconds, load: loadavg() }));
} finally {
  await rm(folder, { recursive: true });
}

async function startQuiet() {
  const program = fileURLToPath(new URL("quiet-service.ts", import.meta.url));
  const child = spawn(process.execPath, [program, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [said] = (await Promise.race([once(child.stdout, "data"), ended])) as [unknown];
  const { pid, url } = JSON.parse(String(said)) as { pid: number; url: string };
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { pid, url, stop };
}

/** What a service takes once its start is over, its first jobs and pages of numbers included: no growth for 3 seconds. */
async function settled(pid: number): Promise<number> {
  let most = memory(pid, "VmRSS");
  for (let quiet = 0; quiet < 6; quiet += 1) {
    await pause(500);
    const now = memory(pid, "VmRSS");
    if (now > most) quiet = 0;
    most = Math.max(most, now);
  }
  return memory(pid, "VmRSS");
}

function memory(pid: number, what: "VmRSS" | "VmHWM"): number {
  const found = new RegExp(`^${what}:\\s+(\\d+) kB$`, "m").exec(
    readFileSync(`/proc/${pid}/status`, "utf8"),
  );
  return Math.round(Number(found?.[1]) / 1024);
}

/** Asks twenty times a second whether the process is alive: how often it said so, and the longest that it took. */
function watchHealth(url: string) {
  const watching = new AbortController();
  let answers = 0;
  let longestMs = 0;
  const asking = (async () => {
    while (!watching.signal.aborted) {
      const asked = performance.now();
      await (await fetch(`${url}/healthz`)).text();
      longestMs = Math.max(longestMs, Math.round(performance.now() - asked));
      answers += 1;
      await pause(50);
    }
  })();
  return {
    stop: async () => {
      watching.abort();
      await asking;
      return { answers, longestMs };
    },
  };
}
