import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "kysely";
import { importCoverage } from "../../src/importing/import-coverage.ts";
import type { Database } from "../../src/store/database.ts";
import { addFigures } from "../../src/store/coverage-figures.ts";
import { lockCoverage } from "../../src/store/coverage-lock.ts";
import { addSubmission } from "../../src/store/submissions.ts";
import { createUnitBookSource } from "../../src/store/unit-book.ts";
import { submission } from "../../test/store/helpers/coverage.ts";
import { type Commune, figuresOf, QUARTERS, quarterFile } from "./generated.ts";

/** How many of the quarters are to be loaded, and what that is called. */
interface Load {
  readonly count: number;
  readonly name: string;
}

/** How long loading took, and how many figures it brought. */
export interface Loaded {
  readonly name: string;
  readonly figures: number;
  readonly seconds: number;
}

/** The present communes, by code. */
export async function communesOf(db: Database): Promise<Commune[]> {
  return db
    .selectFrom("admin_unit as c")
    .innerJoin("admin_unit as p", "p.id", "c.parent_id")
    .select([
      "c.id",
      "c.code",
      "c.full_name_vi as name",
      "p.code as province",
      "p.name_vi as provinceName",
    ])
    .where("c.level", "=", "commune")
    .where("c.valid_to", "is", null)
    .orderBy("c.code")
    .execute();
}

/** Imports a file a quarter with every rule, as a ministry would. Throws where a row is not taken. */
export async function importQuarters(
  db: Database,
  communes: readonly Commune[],
  { count, name }: Load,
): Promise<Loaded> {
  const units = createUnitBookSource(db);
  const from = performance.now();
  let figures = 0;
  for (const [quarter, asOf] of QUARTERS.slice(0, count).entries()) {
    const file = { name: `${asOf}.csv`, bytes: quarterFile(communes, quarter) };
    const result = await importCoverage(
      { db, units, clock: () => NOW, timezone: "Asia/Ho_Chi_Minh" },
      file,
      {
        via: "command",
        actor: { keyId: null, name: "bench" },
        source: SOURCE,
        asOf,
        unitsDay: null,
        basis: "reported",
        operator: "all",
        reason: null,
        onlyProvince: null,
        dryRun: false,
        allOrNothing: true,
        onProgress: () => {},
      },
    );
    if (!result.ok || result.value.outcome !== "accepted") {
      throw new Error(`${file.name} was not accepted`, { cause: describe(result) });
    }
    figures += result.value.figures;
    process.stderr.write(`\r${name}: ${asOf}, ${figures} figures`);
  }
  process.stderr.write("\n");
  await sql`analyze coverage_figure`.execute(db);
  return { name, figures, seconds: (performance.now() - from) / 1000 };
}

/** Adds the same figures without a rule or a file: what writing alone takes. */
export async function addQuarters(
  db: Database,
  communes: readonly Commune[],
  { count, name }: Load,
): Promise<Loaded> {
  const from = performance.now();
  let figures = 0;
  for (const quarter of QUARTERS.slice(0, count).keys()) {
    figures += await db.transaction().execute(async (trx) => {
      await lockCoverage(trx);
      const submissionId = await addSubmission(trx, submission({ source: SOURCE, content: null }));
      const origin = { submissionId, reason: null, recordedAt: new Date(NOW) };
      return addFigures(trx, figuresOf(communes, quarter, SOURCE), origin);
    });
  }
  await sql`analyze coverage_figure`.execute(db);
  return { name, figures, seconds: (performance.now() - from) / 1000 };
}

/** The clock of the bench: after the last quarter. */
const NOW = Date.parse("2035-12-31T00:00:00Z");

/** Marked as made up in the register, as all of it is. */
export const SOURCE = "bench-generated";

/** The same rows by psql's \copy into a table with the same columns, checks and indexes: what the server can do at most. */
export async function copyQuarters(db: Database, url: string): Promise<Loaded> {
  const columns = sql.raw(COPIED);
  const { rows } = await sql<Record<string, string | number | Date | null>>`
    select ${columns} from coverage_figure where source_code = ${SOURCE} order by id`.execute(db);
  const file = join(tmpdir(), `hatangso-bench-${process.pid}.tsv`);
  const names = COPIED.split(", ").map((name) => name.trim());
  await writeFile(
    file,
    rows.map((row) => names.map((name) => cell(row[name])).join("\t")).join("\n") + "\n",
  );
  await sql`create table bench_figure (like coverage_figure including all)`.execute(db);
  const from = performance.now();
  await promisify(execFile)("psql", [url, "-qc", `\\copy bench_figure (${COPIED}) from '${file}'`]);
  const seconds = (performance.now() - from) / 1000;
  await sql`drop table bench_figure`.execute(db);
  await rm(file);
  return { name: "COPY by psql", figures: rows.length, seconds };
}

const COPIED =
  "unit_id, indicator_code, indicator_version, operator, as_of, basis, source_code, status, numerator, denominator, denominator_source, revision, submission_id, row_number, recorded_at";

function cell(value: string | number | Date | null | undefined): string {
  if (value === null || value === undefined) return String.raw`\N`;
  return value instanceof Date ? value.toISOString() : String(value);
}

function describe(result: Awaited<ReturnType<typeof importCoverage>>): unknown {
  if (!result.ok) return result.problem;
  const { outcome, accepted, held, refused, faults } = result.value;
  return { outcome, accepted, held, refused, faults: faults.slice(0, 3) };
}
