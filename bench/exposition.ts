import { parseArgs } from "node:util";
import { type RealScrapes, scrapedByPrometheus } from "./exposition/prometheus.ts";
import { type Scrape, scrape } from "./exposition/scrape.ts";
import { interleave } from "./kit/interleave.ts";
import type { Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { type ServerProcess, startServer } from "./serving/child.ts";

/**
 * What a scrape of /metrics/portals costs at national size: through the product's HTTP side, over loopback, by a client in
 * another process, while nothing changes and while results come in. Beside it prom-client with as many series of runs, and
 * as the limit the same octets from one buffer.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "20000" },
    rounds: { type: "string", default: "7" },
    /** How long a real Prometheus scrapes every 30 s; 10 for the goal, which is longer than the rest together. */
    "prometheus-minutes": { type: "string", default: "2" },
  },
});

/** The parts of a scrape that has a goal. */
const GOALS = { ms: 400, heldMs: 25, aboveIdleMb: 250, series: 500_000 } as const;

const MB = 1e6;

const rounds = Number(values.rounds);
tell(`filling ${values.portals} portals`);
const ours = await startServer(new URL("./exposition/ours.ts", import.meta.url), [values.portals]);
const limit = await startServer(new URL("./exposition/one-buffer.ts", import.meta.url), [
  `${ours.url}/metrics/portals`,
]);
const text = await (await fetch(`${ours.url}/metrics/portals`)).text();
const encoded = await fetch(`${ours.url}/metrics/portals`, {
  headers: { "Accept-Encoding": "gzip" },
});
await encoded.body?.cancel();
const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
await ours.stop();

// Anew, so that idle is what it is before any scrape.
const fresh = await startServer(new URL("./exposition/ours.ts", import.meta.url), [values.portals]);
const [idle, limitIdle] = await Promise.all([fresh, limit].map((server) => idleOf(server)));
const sides = [
  { name: "quiet", round: () => afterChange(fresh, idle ?? 0) },
  { name: "results", round: () => whileResultsCome(fresh, idle ?? 0) },
  { name: "limit", round: () => scrape(limit, limitIdle ?? 0) },
];
const found = await interleave(sides, rounds, tell);
await Promise.all([fresh.stop(), limit.stop()]);
tell("prom-client, in a process of its own");
const peer = await promClient();
const minutes = Number(values["prometheus-minutes"]);
tell(`Prometheus for ${minutes} minutes`);
const real = minutes > 0 ? await scrapedByPrometheus(values.portals, minutes) : null;

const of = (name: string, value: (each: Scrape) => number) => (found.get(name) ?? []).map(value);
const beside = (value: (each: Scrape) => number) => ({
  name: "one buffer",
  values: of("limit", value),
});
const megabytes = (each: Scrape) => each.aboveIdleBytes / MB;
const ms = (each: Scrape) => each.ms;
const cpu = (each: Scrape) => each.cpuMs;
const held = (each: Scrape) => each.heldMs;
const rows: Row[] = [
  { what: "series", unit: "", values: [series], goal: { atLeast: GOALS.series } },
  {
    what: "to the last octet",
    unit: "ms",
    values: of("quiet", ms),
    peer: beside(ms),
    goal: { atMost: GOALS.ms },
  },
  {
    what: "to the last octet, results coming in",
    unit: "ms",
    values: of("results", ms),
    goal: { atMost: GOALS.ms },
  },
  {
    what: "to the last octet, beside prom-client",
    unit: "ms",
    values: of("quiet", ms),
    peer: { name: "prom-client", values: peer.map(ms) },
  },
  { what: "CPU of a scrape", unit: "ms", values: of("quiet", cpu), peer: beside(cpu) },
  {
    what: "event loop held, longest",
    unit: "ms",
    values: of("quiet", held),
    peer: { name: "prom-client", values: peer.map(held) },
    goal: { atMost: GOALS.heldMs },
  },
  {
    what: "event loop held, longest, results coming in",
    unit: "ms",
    values: of("results", held),
    goal: { atMost: GOALS.heldMs },
  },
  {
    what: "memory above idle, at most",
    unit: "MB",
    values: [...of("quiet", megabytes), ...of("results", megabytes)],
    peer: { name: "prom-client", values: peer.map(megabytes) },
    goal: { atMost: GOALS.aboveIdleMb },
  },
  { what: "memory of the idle server", unit: "MB", values: [(idle ?? 0) / MB] },
];
conclude({
  section: "exposition",
  facts: {
    portals: values.portals,
    octets: of("quiet", ({ octets }) => octets)[0] ?? 0,
    "answer to Accept-Encoding: gzip": encoded.headers.get("content-encoding") ?? "identity",
  },
  rows: [...rows, ...rowsOf(real)],
  ...(real === null && minutes > 0
    ? { missing: ["scrapes by a real Prometheus, which is not installed"] }
    : {}),
});

function rowsOf(seen: RealScrapes | null): Row[] {
  if (seen === null) return [];
  const note = `${seen.scrapes} scrapes in ${minutes} minutes, results coming in`;
  return [
    {
      what: "scrapes by Prometheus that failed",
      unit: "",
      values: [seen.failed],
      goal: { atMost: 0 },
      note,
    },
    { what: "scrapes by Prometheus, longest", unit: "ms", values: [seen.longestMs], note },
    { what: "CPU per second of service", unit: "ms", values: [seen.cpuMsPerSecond], note },
  ];
}

async function idleOf(server: ServerProcess): Promise<number> {
  return (await server.cost()).rssBytes;
}

/** Every portal has had a run since the last scrape, as with an interval of 30 s. */
async function afterChange(server: ServerProcess, idleBytes: number): Promise<Scrape> {
  await server.ask("everything");
  return scrape(server, idleBytes);
}

async function whileResultsCome(server: ServerProcess, idleBytes: number): Promise<Scrape> {
  await server.ask("results");
  try {
    return await scrape(server, idleBytes);
  } finally {
    await server.ask("quiet");
  }
}

/** Its series are fewer than ours: standings and incidents are left out. */
async function promClient(): Promise<Scrape[]> {
  const server = await startServer(new URL("./exposition/prom-client.ts", import.meta.url), [
    values.portals,
  ]);
  const idleBytes = await idleOf(server);
  const scrapes: Scrape[] = [];
  for (let round = 0; round < 2; round += 1) scrapes.push(await scrape(server, idleBytes));
  await server.stop();
  return scrapes;
}
