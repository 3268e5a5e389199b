import { parseArgs } from "node:util";
import { openPostgres } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { createServerDatabase } from "../test/support/database.ts";
import { burst } from "./api/clients.ts";
import { fillApiWorld, newResults } from "./api/world.ts";
import { interleave } from "./kit/interleave.ts";
import type { Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { quantile } from "./kit/quantile.ts";
import { type ServerProcess, startServer } from "./serving/child.ts";

/**
 * How many times in a second the list of portals is answered, 100 of 20,000 per page, over PostgreSQL, to 50 clients on
 * connections that stay, while results come in: one page that all want, and all pages in turn. Beside it an application of
 * the same framework that says "hello". Needs TEST_DATABASE_URL.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
  },
});

const GOALS = { perSecond: 3000, p99Ms: 50 } as const;
const CLIENTS = 50;
const PER_PAGE = 100;
const VANTAGE = "local";

interface Figures {
  /** By the clock, and per second of the server's processor time. */
  readonly perSecond: number;
  readonly perCoreSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly octets: number;
}

const serverUrl = process.env["TEST_DATABASE_URL"];
if (serverUrl === undefined) throw new Error("TEST_DATABASE_URL names no server");
const { url: databaseUrl, drop } = await createServerDatabase(serverUrl);
const db = openPostgres(databaseUrl);
tell(`filling ${values.portals} portals`);
await migrate(db);
await fillApiWorld(db, Number(values.portals), VANTAGE);

const [ours, hello] = await Promise.all([
  startServer(new URL("./api/ours.ts", import.meta.url), [databaseUrl]),
  startServer(new URL("./api/hello.ts", import.meta.url), []),
]);
const paths = await pagesOf(ours.url);
let second = 0;
const results = setInterval(() => void newResults(db, (second += 1)), 1000);
const sides = [
  { name: "one page", round: () => figures(ours, paths.slice(0, 1)) },
  { name: "all pages", round: () => figures(ours, paths) },
  { name: "hello", round: () => figures(hello, ["/"]) },
];
const found = await interleave(sides, Number(values.rounds), tell);
clearInterval(results);
await Promise.all([ours.stop(), hello.stop()]);
await db.destroy();
await drop();

const of = (name: string, value: (each: Figures) => number) => (found.get(name) ?? []).map(value);
const rowsOf = (name: string, goals: boolean): Row[] => {
  const row = (
    what: string,
    unit: string,
    value: (each: Figures) => number,
    goal: Row["goal"],
  ): Row => ({
    what: `${name}: ${what}`,
    unit,
    values: of(name, value),
    peer: { name: "hello", values: of("hello", value) },
    ...(goals && goal ? { goal } : {}),
  });
  return [
    row("requests per second of the server's processor", "", (each) => each.perCoreSecond, {
      atLeast: GOALS.perSecond,
    }),
    row("requests per second by the clock", "", (each) => each.perSecond, undefined),
    row("half of them within", "ms", (each) => each.p50, undefined),
    row("99 of 100 within", "ms", (each) => each.p99, { atMost: GOALS.p99Ms }),
  ];
};
conclude({
  section: "api",
  facts: {
    portals: values.portals,
    clients: CLIENTS,
    pages: paths.length,
    "octets of a page": of("one page", ({ octets }) => octets)[0] ?? 0,
  },
  rows: [...rowsOf("one page", true), ...rowsOf("all pages", false)],
});

/** Paths of all pages, from the first to the last. */
async function pagesOf(url: string): Promise<string[]> {
  const all: string[] = [];
  let next: string | null = `/api/v1/portals?limit=${PER_PAGE}`;
  while (next !== null) {
    all.push(next);
    const page = (await (await fetch(url + next)).json()) as { next_cursor: string | null };
    const cursor = page.next_cursor;
    next = cursor === null ? null : `/api/v1/portals?limit=${PER_PAGE}&cursor=${cursor}`;
  }
  return all;
}

async function figures(server: ServerProcess, asked: readonly string[]): Promise<Figures> {
  const before = await server.cost();
  const seen = await burst(server.url, asked, {
    clients: CLIENTS,
    seconds: Number(values.seconds),
  });
  const after = await server.cost();
  return {
    perSecond: seen.requests / seen.seconds,
    perCoreSecond: seen.requests / ((after.cpuMs - before.cpuMs) / 1000),
    p50: quantile(seen.ms, 0.5) ?? Number.NaN,
    p99: quantile(seen.ms, 0.99) ?? Number.NaN,
    octets: seen.octets,
  };
}
