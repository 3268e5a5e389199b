import { coverageGaps } from "../src/reports/coverage/gaps.ts";
import { coverageSeries } from "../src/reports/coverage/series.ts";
import { coverageSums } from "../src/reports/coverage/sums.ts";
import { putSources } from "../src/store/coverage-sources.ts";
import { type Database, openEmbedded, openPostgres } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { seed } from "../seeds/seed.ts";
import { createServerDatabase } from "../test/support/database.ts";
import { parseArgs } from "node:util";
import { QUARTERS } from "./coverage/generated.ts";
import {
  addQuarters,
  communesOf,
  copyQuarters,
  importQuarters,
  type Loaded,
  SOURCE,
} from "./coverage/load.ts";
import { type Measure, measure, tableOf } from "./coverage/measure.ts";

/**
 * How long does a register of 400,000 figures (generated, none of them real) take to import with every rule, and to
 * answer? On the PostgreSQL that TEST_DATABASE_URL names, beside psql's COPY of the same rows, and on PGlite. The table
 * goes to stderr, JSON to stdout; exit 1 when a limit is exceeded. `--no-pglite` leaves PGlite out, `--unchecked`
 * writes the figures without files and rules, `--quarters N` takes only the first N of the 40.
 */
const LIMIT_MS = { country: 50, gaps: 100, communes: 200 } as const;

const { values: chosen } = parseArgs({
  options: {
    "no-pglite": { type: "boolean" },
    unchecked: { type: "boolean" },
    quarters: { type: "string", default: String(QUARTERS.length) },
  },
});
const count = Number(chosen.quarters);
if (!Number.isInteger(count) || count < 1 || count > QUARTERS.length) {
  throw new Error(`--quarters is a number from 1 to ${QUARTERS.length}`);
}

const server = process.env["TEST_DATABASE_URL"];
if (server === undefined)
  throw new Error("TEST_DATABASE_URL names no server; see .ci/with-postgres.sh");

const loaded: Loaded[] = [];
const measured: Measure[] = [];

const { url, drop } = await createServerDatabase(server);
const postgres = openPostgres(url);
await fill(postgres, "PostgreSQL");
loaded.push(await copyQuarters(postgres, url));
measured.push(...(await ask(postgres, "PostgreSQL", LIMIT_MS)));
await postgres.destroy();
await drop();

if (chosen["no-pglite"] !== true) {
  const embedded = await openEmbedded(null);
  await fill(embedded, "PGlite");
  measured.push(...(await ask(embedded, "PGlite", null)));
  await embedded.destroy();
}

const copy = loaded.find(({ name }) => name.startsWith("COPY"))?.seconds ?? NaN;
for (const { name, figures, seconds } of loaded) {
  const rate = Math.round(figures / seconds);
  process.stderr.write(
    `${name.padEnd(48)} ${figures} figures in ${seconds.toFixed(1)} s, ${rate} a second, ${(seconds / copy).toFixed(1)} × COPY\n`,
  );
}
process.stderr.write(tableOf(measured));
process.stdout.write(`${JSON.stringify({ generated: true, quarters: count, loaded, measured })}\n`);
process.exitCode = measured.every(({ passed }) => passed) ? 0 : 1;

async function fill(db: Database, kind: string): Promise<void> {
  await migrate(db);
  await seed(db, { portals: false });
  const named = { nameVi: "Số liệu tạo ra để đo tốc độ", nameEn: "Generated for the bench" };
  await putSources(db, [
    { code: SOURCE, kind: "survey", ...named, province: null, rank: 100, madeUp: true },
  ]);
  const communes = await communesOf(db);
  loaded.push(
    chosen.unchecked === true
      ? await addQuarters(db, communes, { count, name: `unchecked figures into ${kind}` })
      : await importQuarters(db, communes, { count, name: `import with every rule on ${kind}` }),
  );
}

async function ask(db: Database, kind: string, limits: typeof LIMIT_MS | null): Promise<Measure[]> {
  const indicator = "fibre_hh_able";
  const asOf = QUARTERS[count - 1] ?? "";
  const question = { indicator, asOf };
  const threshold = { comparison: "at_least", threshold: 1, threshold_kind: "ratio" } as const;
  const questions = [
    [
      "roll-up of the country with bounds",
      limits?.country,
      () => coverageSums(db, { ...question, level: "country" }),
    ],
    [
      "roll-up of the provinces",
      undefined,
      () => coverageSums(db, { ...question, level: "province" }),
    ],
    ["list of gaps", limits?.gaps, () => coverageGaps(db, question, threshold)],
    [
      "all communes for the map",
      limits?.communes,
      async () => JSON.stringify(await coverageSums(db, { ...question, level: "commune" })),
    ],
    [
      "series of the country, all quarters",
      undefined,
      () => coverageSeries(db, { indicator, level: "country" }),
    ],
  ] as const;
  const results: Measure[] = [];
  for (const [name, limit, work] of questions) {
    results.push(await measure(`${kind}: ${name}`, limit ?? null, work));
  }
  return results;
}
