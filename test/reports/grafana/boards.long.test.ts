import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { editionSums } from "../../../src/reports/coverage-releases/edition-sums.ts";
import { publishRelease } from "../../../src/store/coverage-releases.ts";
import type { Database } from "../../../src/store/database.ts";
import { openCoverageDatabase } from "../../support/coverage-database.ts";
import { communesOf, householdFigure, recordFigures } from "../../support/coverage-figures.ts";
import { type Asked, askedOf, sqlBoards } from "../../support/dashboards/asked-sql.ts";
import { panelsOf } from "../../support/dashboards/boards.ts";
import { openTestDatabase } from "../../support/database.ts";
import { buildComplianceWorld } from "../compliance-world.ts";
import { putOutages } from "../outages.ts";

/** What Grafana's PostgreSQL plugin makes a field of the same kind of; days would be shifted by the browser's zone. */
const TYPES = new Set([
  "text",
  "integer",
  "bigint",
  "double precision",
  "numeric",
  "timestamp with time zone",
]);

/** Tables whose rows are those of every run, of months, or nobody's business. */
const NEVER_READ =
  /^(probe_|failure_evidence|rollup_|api_key|audit_log|notif|digest_|submission_|certificate|portal_address)/;

const boards = sqlBoards();
const named = (name: string) => boards.filter(({ path }) => path.endsWith(`/${name}.json`));

async function typesOf(db: Database, text: string): Promise<Record<string, string>> {
  return db.transaction().execute(async (trx) => {
    await sql
      .raw(`create temporary table asked on commit drop as ${text} with no data`)
      .execute(trx);
    const { rows } = await sql<{ name: string; type: string }>`
      select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = 'asked'::regclass and attnum > 0`.execute(trx);
    return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
  });
}

/** Names of the tables that the plan reads. */
async function tablesOf(db: Database, text: string): Promise<string[]> {
  const { rows } = await sql
    .raw<Record<string, unknown>>(`explain (format json) ${text}`)
    .execute(db);
  const plan = JSON.stringify(Object.values(rows[0] ?? {}));
  return [
    ...new Set(Array.from(plan.matchAll(/"Relation Name":\s*"(\w+)"/g), ([, name]) => name ?? "")),
  ];
}

describe.each([
  ["compliance", openComplianceWorld],
  ["gaps", openCoverageWorld],
  ["releases", openCoverageWorld],
] as const)("the dashboard %s", (name, open) => {
  let db: Database;
  let close: () => Promise<void>;
  let queries: Asked[];
  beforeAll(async () => {
    ({ db, close } = await open());
    queries = (await Promise.all(named(name).map((file) => askedOf(db, file)))).flat();
  });
  afterAll(() => close());

  test("comes in both languages", () => {
    expect(named(name).map(({ path }) => path.split("/")[2])).toEqual(["vi", "en"]);
    expect(queries.length).toBeGreaterThan(7);
  });

  test("has an answer to every query", async () => {
    for (const { place, text } of queries) {
      const { rows } = await sql.raw<object>(text).execute(db);
      expect([place, rows.length > 0]).toEqual([place, true]);
    }
  });

  test("asks for columns of the kinds that Grafana shows as they are, lines with their time first", async () => {
    for (const { place, text, format } of queries) {
      const types = await typesOf(db, text);
      expect([place, Object.values(types).filter((type) => !TYPES.has(type))]).toEqual([place, []]);
      if (format !== "time_series") continue;
      const [first, ...others] = Object.entries(types);
      expect([place, first]).toEqual([place, ["time", "timestamp with time zone"]]);
      expect([place, new Set(others.map(([, type]) => type))]).toEqual([
        place,
        new Set(["double precision"]),
      ]);
    }
  });

  test("names every column that a panel dresses", async () => {
    for (const { path, board } of named(name)) {
      for (const { title, targets = [], fieldConfig } of panelsOf(board)) {
        const columns = Array.from(
          (targets[0]?.rawSql ?? "").matchAll(/ as "([^"]+)"/g),
          ([, each]) => each,
        );
        const dressed = (fieldConfig?.overrides ?? [])
          .filter(({ matcher }) => matcher.id === "byName")
          .map(({ matcher }) => matcher.options);
        expect([path, title, dressed.filter((each) => !columns.includes(String(each)))]).toEqual([
          path,
          title,
          [],
        ]);
        expect(new Set(columns).size).toBe(columns.length);
      }
    }
  });

  test("reads no table of runs, keys or messages", async () => {
    for (const { place, text } of queries) {
      const tables = await tablesOf(db, text);
      expect([place, tables.filter((table) => NEVER_READ.test(table))]).toEqual([place, []]);
      expect(tables.length).toBeGreaterThan(0);
    }
  });
});

test("before there is anything in the database no query fails", async () => {
  const { db, close } = await openTestDatabase();
  let answered = 0;
  for (const file of boards) {
    for (const { text } of await askedOf(db, file)) {
      await sql.raw(text).execute(db);
      answered += 1;
    }
  }
  await close();
  expect(answered).toBeGreaterThan(40);
});

describe("the views", () => {
  let db: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ db, close } = await openTestDatabase());
  });
  afterAll(() => close());

  test("say what they are, and what each of their columns holds", async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname || coalesce('.' || a.attname, '') as name
      from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'grafana'::regnamespace
        and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)`.execute(
      db,
    );
    expect(rows).toEqual([]);
  });

  test("are those that the guide lists", async () => {
    const { rows } = await sql<{ name: string }>`
      select viewname as name from pg_views where schemaname = 'grafana'`.execute(db);
    const guide = await readFile(new URL("../../../docs/grafana-sql.md", import.meta.url), "utf8");
    const [, list = ""] = /\n## The views\n(.*?)\nThe rows are/s.exec(guide) ?? [];
    const listed = Array.from(list.matchAll(/^\| (`[^|]+?) +\|/gm), ([, cell = ""]) =>
      cell.split(", ").map((name) => name.replaceAll("`", "")),
    );
    expect(listed.flat().toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });
});

async function openComplianceWorld() {
  const opened = await openTestDatabase();
  const numbers = await buildComplianceWorld(opened.db);
  await putOutages(opened.db, numbers);
  return opened;
}

async function openCoverageWorld() {
  const opened = await openCoverageDatabase();
  const { db } = opened;
  const communes = await communesOf(db, "46");
  const figures = communes.slice(0, 5).map(({ id }) => householdFigure(id, { numerator: 50 }));
  await recordFigures(db, figures);
  await recordFigures(
    db,
    figures.map((figure) => ({ ...figure, numerator: 60 })),
    { reason: "đếm lại" },
  );
  const request = {
    asOf: "2026-09-30",
    noteVi: null,
    noteEn: null,
    breaks: [],
    despiteHeld: false,
  };
  const made = await publishRelease(
    { db, actor: { keyId: null, name: "publisher" } },
    { ...request, licence: "https://example.test/licence" },
    editionSums,
    { now: new Date("2027-02-01T03:00:00Z"), today: "2027-02-01" },
  );
  expect(made.ok).toBe(true);
  const { id } = await db
    .insertInto("coverage_round")
    .values({
      as_of: "2026-09-30",
      opens_on: "2026-10-01",
      due_on: "2026-10-15",
      indicators: [],
      created_at: new Date(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await sql`insert into coverage_round_duty (round_id, province_id)
    select ${id}, id from admin_unit where level = 'province' and valid_to is null`.execute(db);
  return opened;
}
