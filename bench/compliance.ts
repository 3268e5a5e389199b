import { parseArgs } from "node:util";
import { complianceList } from "../src/reports/compliance.ts";
import { complianceDiff } from "../src/reports/compliance-diff.ts";
import { complianceShares } from "../src/reports/compliance-groups.ts";
import { complianceReport } from "../src/reports/compliance-report.ts";
import { complianceWorkbook } from "../src/reports/compliance-workbook.ts";
import { fillDatabase, NOW, openBenchDatabase, plainScan, VIEW } from "./compliance/world.ts";
import { startApp } from "../test/http/support/app-server.ts";
import { type Measure, measure, tableOf } from "./compliance/measure.ts";

/**
 * How long does the compliance list take? On the 317 real portals with a month of four made-up audits a day, or on
 * many made-up ones with one a day; on PostgreSQL where TEST_DATABASE_URL names a server, else on PGlite. Every figure
 * stands beside a plain scan of the same tables in the same run: a slow machine is slow at both. The table goes to
 * stderr, JSON to stdout; exit 1 when a limit is exceeded.
 */
const { values } = parseArgs({
  options: {
    /** Made-up portals instead of the real ones. */
    portals: { type: "string" },
    runs: { type: "string", default: "5" },
  },
});

/** What the list must not take longer than, milliseconds: whole for 317 portals, a page of many. */
const LIMIT_MS = { list: 300, workbook: 2000, html: 500, page: 1000 };

const many = values.portals === undefined ? null : Number(values.portals);
const opened = await openBenchDatabase();
const { db } = opened;
process.stderr.write(`filling ${many ?? 317} portals on ${opened.kind} …\n`);
await fillDatabase(db, many);

const runs = Number(values.runs);
const time = (name: string, limitMs: number | null, work: () => Promise<unknown>) =>
  measure({ name, limitMs, runs }, work);
const page = { limit: many === null ? 500 : 100, after: null, order: "asc" } as const;
const past = { ...VIEW, asOf: "2026-11-10" };
const month = { from: "2026-10-30", to: "2026-11-22" };
const CHANGED = { level: "L3", changed_since: "2026-11-01" } as const;
const limit = many === null ? LIMIT_MS.list : LIMIT_MS.page;

const list = (
  name: string,
  view: typeof VIEW | typeof past,
  filter: Parameters<typeof complianceList>[2],
  sort: "name" | "level" | "since",
) =>
  time(name, limit, async () =>
    JSON.stringify(await complianceList(db, view, filter, { ...page, sort })),
  );

const scan = await time("plain scan of the same tables", null, () => plainScan(db));
const measured: Measure[] = [
  scan,
  await list("list as JSON, by name", VIEW, {}, "name"),
  await list("list as JSON, by level", VIEW, {}, "level"),
  await list("list as JSON, text and kind", VIEW, { q: "cong", kind: "portal" }, "name"),
  await list("list as JSON, level and changed since", VIEW, CHANGED, "since"),
  await list(
    "list as JSON, requirement by findings",
    VIEW,
    { requirement: "tt-32-2017-dnssec" },
    "name",
  ),
  await list("list as JSON, of a past day", past, { kind: "portal" }, "name"),
  await list(
    "list as JSON, past, requirement by findings",
    past,
    { requirement: "tt-32-2017-dnssec" },
    "name",
  ),
  await time("shares", null, () => complianceShares(db, VIEW, {})),
  await time("difference of a month, first page", null, () =>
    complianceDiff(db, VIEW, month, {}, { limit: page.limit, after: null }),
  ),
];
if (many === null) {
  const request = { filter: {}, sort: "agency", order: "asc", madeUp: true } as const;
  measured.push(
    await time("whole report as XLSX", LIMIT_MS.workbook, async () =>
      complianceWorkbook(await complianceReport(db, VIEW, request), "vi"),
    ),
  );
}
const app = await startApp(db, { publicRead: "all" });
app.clock.now = NOW;
for (const lang of ["vi", "en"]) {
  measured.push(
    await time(`page for people, ${lang}`, many === null ? LIMIT_MS.html : null, async () =>
      (await app.request(`/compliance?lang=${lang}&limit=${page.limit}`)).text(),
    ),
  );
}
await app.stop();
await opened.close();

process.stderr.write(tableOf(measured, scan));
process.stdout.write(
  `${JSON.stringify({ now: NOW, portals: many ?? 317, database: opened.kind, measured })}\n`,
);
process.exitCode = measured.every(({ passed }) => passed) ? 0 : 1;
