import { parseArgs } from "node:util";
import { sql } from "kysely";
import { editionSums } from "../src/reports/coverage-releases/edition-sums.ts";
import { publishRelease } from "../src/store/coverage-releases.ts";
import { putSources } from "../src/store/coverage-sources.ts";
import { askedOf, sqlBoards } from "../test/support/dashboards/asked-sql.ts";
import { QUARTERS } from "./coverage/generated.ts";
import { addQuarters, communesOf, SOURCE } from "./coverage/load.ts";
import { measure, tableOf, type Measure } from "./coverage/measure.ts";
import { fillDatabase, openBenchDatabase } from "./compliance/world.ts";

/**
 * How long does each panel take that asks PostgreSQL? With many made-up portals of a month of audits, all agencies
 * chosen, and years of generated figures of every commune; on the server that TEST_DATABASE_URL names, else on PGlite.
 * The table goes to stderr, JSON to stdout; exit 1 when a limit is exceeded.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "5000" },
    quarters: { type: "string", default: "12" },
  },
});

/** What a panel must not take longer than, milliseconds. */
const LIMIT_MS = 1000;

const { db, kind, close } = await openBenchDatabase();
process.stderr.write(`filling ${values.portals} portals on ${kind} …\n`);
await fillDatabase(db, Number(values.portals));
const named = { nameVi: "Số liệu tạo ra để đo tốc độ", nameEn: "Generated for the bench" };
await putSources(db, [
  { code: SOURCE, kind: "survey", ...named, province: null, rank: 100, madeUp: true },
]);
const count = Number(values.quarters);
await addQuarters(db, await communesOf(db), { count, name: "figures" });
await sql`insert into coverage_round (as_of, opens_on, due_on, created_at)
  select max(as_of), max(as_of) + 1, max(as_of) + 15, now() from coverage_figure`.execute(db);
await sql`insert into coverage_round_duty (round_id, province_id)
  select r.id, u.id from coverage_round r, admin_unit u where u.level = 'province' and u.valid_to is null`.execute(
  db,
);
const published = await publishRelease(
  { db, actor: { keyId: null, name: "bench" } },
  {
    asOf: QUARTERS[count - 1] ?? "",
    noteVi: null,
    noteEn: null,
    breaks: [],
    licence: "https://example.test/licence",
    despiteHeld: false,
  },
  editionSums,
  { now: new Date("2036-01-01T00:00:00Z"), today: "2036-01-01" },
);
if (!published.ok) throw new Error("The release was refused", { cause: published.problem });
// Audits were made up as of a fixed day: to views, which know the real clock alone, they shall not be stale.
await sql`update standing_track set last_audit_at = now()`.execute(db);
if (kind === "postgres") await sql`vacuum analyze`.execute(db);

const measured: Measure[] = [];
for (const file of sqlBoards().filter(({ path }) => path.includes("/en/"))) {
  for (const { place, text } of await askedOf(db, file)) {
    const name = place.replace("grafana/dashboards-sql/en/", "");
    const took = await measure(name, LIMIT_MS, () => sql.raw(text).execute(db));
    process.stderr.write(tableOf([took]));
    measured.push(took);
  }
}
await close();
process.stdout.write(`${JSON.stringify({ generated: true, ...values, measured })}\n`);
process.exitCode = measured.every(({ passed }) => passed) ? 0 : 1;
