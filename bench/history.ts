/**
 * History that answers at once: portal pages, availability and the compliance list of many portals with days for long, hours
 * for a while and runs for a little, over PostgreSQL and HTTP; what is dropped when it expires. Portals are other ones each
 * time. Needs TEST_DATABASE_URL; `--full` fills a year, which takes half an hour.
 */
import { parseArgs } from "node:util";
import { sql } from "kysely";
import { DAY_MS } from "../src/domain/calendar.ts";
import { type Database, openPostgres } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { dropExpiredPartitions } from "../src/store/partitions.ts";
import { createServerDatabase } from "../test/support/database.ts";
import { plainScan } from "./compliance/world.ts";
import { ask, daysOfAgency, daysOfPortal, read, type Took } from "./history/ask.ts";
import { type Depth, fillHistory } from "./history/fill.ts";
import { agenciesOf, fillPortals, NOW, QUARTER } from "./history/world.ts";
import { interleave, type Side } from "./kit/interleave.ts";
import type { Goal, Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { startServer } from "./serving/child.ts";
import { serverProcess } from "./store/server-cost.ts";

const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    full: { type: "boolean", default: false },
  },
});

const DEPTH: Depth = values.full
  ? { days: 365, hourDays: 30, rawDays: 7 }
  : { days: 92, hourDays: 2, rawDays: 1 };
/** Different portals that are asked for in a round. */
const ASKED = 12;
const GOALS = { portalMs: 50, agencyMs: 200, complianceMs: 300, dropMs: 1000 } as const;

const serverUrl = process.env["TEST_DATABASE_URL"];
if (serverUrl === undefined) throw new Error("TEST_DATABASE_URL is not set: .ci/with-postgres.sh");
const { url, drop } = await createServerDatabase(serverUrl);
const db = openPostgres(url);
await migrate(db);
tell(`filling ${values.portals} portals`);
await fillPortals(db, Number(values.portals));
const began = performance.now();
const filled = await fillHistory(db, DEPTH, tell);
const fillSeconds = Math.round((performance.now() - began) / 1000);

const database = await serverProcess(db);
const service = await startServer(new URL("./history/ours.ts", import.meta.url), [
  url,
  String(NOW),
]);
const { largest, usual } = await agenciesOf(db);
const quarter = `from=${QUARTER.from}&to=${QUARTER.to}&span=quarter`;
const asking = (name: string, paths: () => readonly string[]): Side<Took> => ({
  name,
  round: () => ask(service, database, paths()),
});
const reading = (name: string, works: () => readonly (() => Promise<unknown>)[]): Side<Took> => ({
  name,
  round: () => read(works()),
});
const sides: Side<Took>[] = [
  asking("portal, 90 days", () =>
    portals().map((slug) => `/portals/${slug}/times?span=90d&lang=vi`),
  ),
  asking("portal page", () => portals().map((slug) => `/portals/${slug}?lang=vi`)),
  reading("portal's days", () => portals().map((slug) => () => daysOfPortal(db, slug))),
  asking("agency", () => [`/api/v1/availability?by=agency&agency=${usual}&${quarter}`]),
  reading("agency's days", () => [() => daysOfAgency(db, usual)]),
  asking("largest agency", () => [`/api/v1/availability?by=agency&agency=${largest}&${quarter}`]),
  reading("largest agency's days", () => [() => daysOfAgency(db, largest)]),
  asking("list", () => ["/compliance?lang=vi", "/compliance?lang=vi&sort=level"]),
  asking("list, API", () => ["/api/v1/compliance?limit=100"]),
  reading("plain scan", () => [() => plainScan(db)]),
];
const found = await interleave(sides, Number(values.rounds), tell);
await service.stop();

const rowsOf = (what: string, side: string, peer: string, limitMs?: number): Row[] => {
  const of = (name: string, value: (each: Took) => number) => (found.get(name) ?? []).map(value);
  const row = (text: string, value: (each: Took) => number, goal?: Goal): Row => ({
    what: `${what}: ${text}`,
    unit: "ms",
    values: of(side, value),
    peer: { name: peer, values: of(peer, value) },
    ...(goal === undefined ? {} : { goal }),
  });
  const limit = limitMs === undefined ? undefined : { atMost: limitMs };
  return [
    row("asked for the first time", ({ first }) => first, limit),
    row("asked again", ({ again }) => again, limit),
    { what: `${what}: CPU`, unit: "ms", values: of(side, ({ cpu }) => cpu) },
  ];
};
const rows = [
  ...rowsOf("a portal's 90 days", "portal, 90 days", "portal's days", GOALS.portalMs),
  ...rowsOf("a portal's page", "portal page", "portal's days", GOALS.portalMs),
  ...rowsOf("a quarter of an agency of 60", "agency", "agency's days", GOALS.agencyMs),
  ...rowsOf(
    "a quarter of an agency of 2,000",
    "largest agency",
    "largest agency's days",
    GOALS.agencyMs,
  ),
  ...rowsOf("compliance page", "list", "plain scan", GOALS.complianceMs),
  ...rowsOf("compliance list, API", "list, API", "plain scan", GOALS.complianceMs),
  ...(await dropped()),
];
const sizes = await sizesOf(db);
await db.destroy();
await drop();
conclude({
  section: "history",
  facts: {
    portals: values.portals,
    "days kept": DEPTH.days,
    "hours kept, days": DEPTH.hourDays,
    "runs kept, days": DEPTH.rawDays,
    "rows of days": filled.days,
    "rows of hours": filled.hours,
    "runs (every 10 minutes)": filled.runs,
    "rows of days, MB": sizes.rows,
    "their indexes, MB": sizes.indexes,
    "filled in, s": fillSeconds,
  },
  rows,
});

/** Stable ids of some portals, evenly spread over all of them from a place that chance decides. */
function portals(): string[] {
  const count = Number(values.portals);
  const from = Math.floor(Math.random() * count);
  return Array.from({ length: ASKED }, (_, index) => {
    const place = (from + Math.floor((index * count) / ASKED)) % count;
    return `made-up-${String(place).padStart(5, "0")}`;
  });
}

/** What it takes to drop a day of runs and the hours of a month, as the job for retention does. */
async function dropped(): Promise<Row[]> {
  const timed = async (
    what: string,
    count: string,
    now: number,
    hourDays: number,
  ): Promise<Row> => {
    const start = performance.now();
    const names = await dropExpiredPartitions(db, now, { rawDays: 0, hourDays });
    if (names.length === 0) throw new Error("Nothing was dropped");
    const ms = (performance.now() - start) / names.length;
    return {
      what,
      unit: "ms",
      values: [ms],
      goal: { atMost: GOALS.dropMs },
      note: `${count}; ${names.length} partitions, one after the other`,
    };
  };
  const days = NOW + 8 * DAY_MS;
  return [
    await timed("dropping a day of runs", `${filled.runs / DEPTH.rawDays} runs a day`, days, 400),
    await timed("dropping a month of hours", `${filled.hours} rows`, NOW + 70 * DAY_MS, 0),
  ];
}

async function sizesOf(of: Database): Promise<{ rows: number; indexes: number }> {
  const { rows: found } = await sql<{ rows: number; indexes: number }>`
    select pg_table_size('probe_rollup_day') / 1000000 as rows, pg_indexes_size('probe_rollup_day') / 1000000 as indexes`.execute(
    of,
  );
  return found[0] ?? { rows: Number.NaN, indexes: Number.NaN };
}
