import { parseArgs } from "node:util";
import { openDatabase } from "../src/store/open-database.ts";
import { prepareDrill, registerLab } from "../test/drills/drill.ts";
import { createServerDatabase } from "../test/support/database.ts";
import { startServiceProcess } from "../test/support/service-process.ts";
import type { Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { afterStart, growth, type Sample, watchProcess } from "./soak/samples.ts";
import { storedRuns } from "./soak/stored.ts";

/**
 * A whole service on PostgreSQL (TEST_DATABASE_URL), as an operator runs it, that probes many portals very often, audits
 * them once, and is scraped: whether memory and descriptors stay, whether every run that was due is stored, and whether
 * nothing broke. `--minutes 36` is the whole soak; a few minutes show a leak of the size of a run.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "3" },
    portals: { type: "string", default: "2000" },
    "interval-seconds": { type: "string", default: "6" },
  },
});
const intervalSeconds = Number(values["interval-seconds"]);
const forMs = Number(values.minutes) * 60_000;

/** How much growth over the rest of the run still counts as flat: what the sawtooth of a heap comes to. */
const FLAT_PERCENT = 5;

/** From the start text to the wheel's first turn, and from a run's end to its row. */
const SETTLE_MS = 2000;
const UNFLUSHED_MS = 5000;

const serverUrl = process.env["TEST_DATABASE_URL"];
if (serverUrl === undefined) {
  conclude({ section: "soak", facts: {}, rows: [], missing: ["TEST_DATABASE_URL is not set"] });
} else {
  await soak(serverUrl);
}

async function soak(server: string): Promise<void> {
  const ground = await prepareDrill(Number(values.portals), intervalSeconds, {
    labFlags: ["--addresses", "250"],
  });
  const database = await createServerDatabase(server);
  const env = { ...ground.env, DATABASE_URL: database.url };
  await registerLab({ ...ground, env });
  const service = await startServiceProcess(env);
  tell(`${ground.lab.portals.length} portals every ${intervalSeconds} s, ${values.minutes} min`);
  const from = Date.now() + SETTLE_MS;
  const samples = await watchProcess(service, forMs, (sample) => tell(lineOf(sample)));
  const to = Date.now() - UNFLUSHED_MS;
  const exit = await service.stop();
  const lines = service.stderr().split("\n");

  const opened = await openDatabase({ databaseUrl: database.url, dataDir: "" });
  const slugs = ground.lab.portals.map(({ id }) => id);
  const runs = await storedRuns(opened.db, slugs, intervalSeconds * 1000, { from, to });
  await opened.close();
  await database.drop();
  await ground.end();

  const unhandled = lines.filter((line) => /unhandled|uncaught/i.test(line)).length;
  const warned = lines.filter((line) => line.startsWith("{")).length;
  if (warned > 0)
    tell(`the service warned ${warned} times, at first:\n${lines.slice(0, 6).join("\n")}`);
  conclude({
    section: "soak",
    facts: {
      minutes: values.minutes,
      portals: slugs.length,
      "seconds between runs": intervalSeconds,
      outcomes: Object.entries(runs.byOutcome)
        .map(([outcome, count]) => `${outcome} ${count}`)
        .join(", "),
      "lines of warning": warned,
    },
    rows: [...memoryRows(samples), ...runRows(runs, unhandled, exit, samples)],
  });
}

function lineOf({ rssBytes, heapBytes, openFiles }: Sample): string {
  const heap = heapBytes === null ? "?" : inMegabytes(heapBytes);
  return `resident ${inMegabytes(rssBytes)} MB, heap of the main thread ${heap} MB, ${openFiles} descriptors`;
}

function inMegabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function memoryRows(samples: readonly Sample[]): Row[] {
  const rest = afterStart(samples);
  const percent = (valueOf: (sample: Sample) => number | null) => [100 * growth(rest, valueOf)];
  const goal = { atMost: FLAT_PERCENT };
  const resident = rest.map(({ rssBytes }) => rssBytes / 2 ** 20);
  const files = rest.map(({ openFiles }) => openFiles);
  return [
    { what: "resident memory after the first tenth", unit: "MB", values: resident },
    {
      what: "its growth from there to the end",
      unit: "%",
      values: percent(({ rssBytes }) => rssBytes),
      goal,
    },
    {
      what: "growth of the main thread's used heap",
      unit: "%",
      values: percent(({ heapBytes }) => heapBytes),
      note: "a sawtooth: over a few minutes its teeth are wider than any leak",
    },
    { what: "descriptors after the first tenth", unit: "", values: files },
    {
      what: "their growth from there to the end",
      unit: "%",
      values: percent(({ openFiles }) => openFiles),
      goal,
    },
  ];
}

function runRows(
  { due, stored, told }: Awaited<ReturnType<typeof storedRuns>>,
  unhandled: number,
  exit: number | null,
  samples: readonly Sample[],
): Row[] {
  const [first, last] = [samples[0], samples.at(-1)];
  const ms = (last?.at ?? 0) - (first?.at ?? 0);
  return [
    {
      what: "runs stored, of those that were due",
      unit: "%",
      values: [(100 * stored) / due],
      goal: { atLeast: 100, atMost: 100 },
    },
    { what: "runs due", unit: "", values: [due] },
    { what: "that could tell something of the portal", unit: "%", values: [(100 * told) / due] },
    {
      what: "CPU of the service",
      unit: "cores",
      values: [((last?.cpuMs ?? 0) - (first?.cpuMs ?? 0)) / ms],
    },
    {
      what: "lines of the log about what nobody handled",
      unit: "",
      values: [unhandled],
      goal: { atMost: 0 },
    },
    { what: "exit code", unit: "", values: [exit ?? Number.NaN], goal: { atMost: 0 } },
  ];
}
