import { sql } from "kysely";
import {
  type FigureKey,
  type FigureValue,
  keyText,
  type NewFigure,
  type RecordedFigure,
} from "../domain/coverage/figure.ts";
import type { Database } from "./database.ts";

/** So many figures go into one statement: the embedded database computes on the thread that serves everyone. */
const FIGURES_A_STATEMENT = 2000;

/** So many keys go into one question, for the same reason, and so that its text is soon forgotten. */
const KEYS_A_STATEMENT = 600;

/** What the register has of the figures that were asked about. */
export interface Recorded {
  /** The present revision of a figure, or null. */
  readonly current: (key: FigureKey) => RecordedFigure | null;
  /** The last figure of the same unit, indicator version, operator, basis and source before that day, or null. */
  readonly before: (key: FigureKey) => RecordedFigure | null;
}

/** What every figure of one writing has in common. */
export interface FigureOrigin {
  readonly submissionId: number;
  /** Why figures that are there are corrected; they are refused by the database without it. */
  readonly reason: string | null;
  readonly recordedAt: Date;
}

/** The columns of a key in a JSON array of figures, named as `FigureKey` names them. */
export const KEY_COLUMNS = sql`"unitId" int, indicator text, "indicatorVersion" int, operator text, "asOf" date,
  basis text, source text`;
const VALUE_COLUMNS = sql`status text, numerator bigint, denominator bigint, "denominatorSource" text,
  "statedRatio" numeric`;

const SAME_SERIES = sql`f.indicator_code = g.indicator and f.basis = g.basis and f.operator = g.operator
  and f.unit_id = g."unitId" and f.source_code = g.source and f.indicator_version = g."indicatorVersion"`;

/** Looks up, in one question per thousands of keys, what is recorded of these figures. */
export async function recordedFigures(db: Database, keys: readonly FigureKey[]): Promise<Recorded> {
  const current = new Map<string, RecordedFigure>();
  const before = new Map<string, RecordedFigure>();
  for (let start = 0; start < keys.length; start += KEYS_A_STATEMENT) {
    const asked = keys.slice(start, start + KEYS_A_STATEMENT);
    const { rows } = await sql<FoundRow>`
      with g as materialized (
        select * from rows from (json_to_recordset(${textOf(asked)}::json) as (${KEY_COLUMNS}))
          with ordinality as g("unitId", indicator, "indicatorVersion", operator, "asOf", basis, source, number)
      )
      select g.number, true as present, c.* from g cross join lateral (
        select ${RECORDED} from coverage_figure f where ${SAME_SERIES} and f.as_of = g."asOf"
        order by f.revision desc limit 1) c
      union all
      select g.number, false, b.* from g cross join lateral (
        select f.as_of from coverage_figure f where ${SAME_SERIES} and f.as_of < g."asOf"
        order by f.as_of desc limit 1) d
      cross join lateral (
        select ${RECORDED} from coverage_figure f where ${SAME_SERIES} and f.as_of = d.as_of
        order by f.revision desc limit 1) b`.execute(db);
    for (const { number, present, ...value } of rows) {
      const key = asked[number - 1];
      if (key === undefined) throw new Error("A figure was found that nobody asked about");
      (present ? current : before).set(keyText(key), { ...key, ...value });
    }
  }
  return {
    current: (key) => current.get(keyText(key)) ?? null,
    before: (key) => before.get(keyText(key)) ?? null,
  };
}

/**
 * Adds figures: the first of its key as revision 1, another one as a correction of the present one, an equal one not
 * at all. Call it in a transaction that holds the lock of the register; returns how many were added.
 */
export async function addFigures(
  trx: Database,
  figures: readonly NewFigure[],
  origin: FigureOrigin,
): Promise<number> {
  let added = 0;
  for (let start = 0; start < figures.length; start += FIGURES_A_STATEMENT) {
    added += await addFigureText(
      trx,
      textOf(figures.slice(start, start + FIGURES_A_STATEMENT)),
      origin,
    );
  }
  return added;
}

/** The same for a JSON array of figures, no two of one key. */
export async function addFigureText(
  trx: Database,
  figures: string,
  { submissionId, reason, recordedAt }: FigureOrigin,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into coverage_figure (unit_id, indicator_code, indicator_version, operator, as_of, basis, source_code,
      status, numerator, denominator, denominator_source, stated_ratio, revision, supersedes, reason, note,
      submission_id, sheet, row_number, recorded_at)
    select g."unitId", g.indicator, g."indicatorVersion", g.operator, g."asOf", g.basis, g.source, g.status,
      g.numerator, g.denominator, g."denominatorSource", g."statedRatio", coalesce(c.revision, 0) + 1, c.id,
      case when c.id is not null then ${reason}::text end, g.note, ${submissionId}::bigint, g.sheet, g."row",
      ${recordedAt.toISOString()}::timestamptz
    from json_to_recordset(${figures}::json) as g(${KEY_COLUMNS}, ${VALUE_COLUMNS}, note text, sheet text,
      "row" int)
    left join lateral (
      select f.* from coverage_figure f where ${SAME_SERIES} and f.as_of = g."asOf"
      order by f.revision desc limit 1) c on true
    where c.id is null
      or (c.status, c.numerator, c.denominator, c.denominator_source, c.stated_ratio) is distinct from
        (g.status, g.numerator, g.denominator, g."denominatorSource", g."statedRatio"::numeric(9, 8))`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

/** The number of the last figure of the register, 0 while there is none. */
export async function lastFigureId(db: Database): Promise<number> {
  const row = await db
    .selectFrom("coverage_figure")
    .select((each) => each.fn.max("id").as("id"))
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** Whether any figure of these units from this source came after another one, by its number. */
export async function figuresCameAfter(
  trx: Database,
  id: number,
  { source, units }: { readonly source: string; readonly units: readonly number[] },
): Promise<boolean> {
  const { rows } = await sql<{ came: boolean }>`
    select exists (
      select from coverage_figure f
      where f.id > ${id} and f.source_code = ${source}
        and f.unit_id in (select value::int from json_array_elements_text(${JSON.stringify(units)}::json))
    ) as came`.execute(trx);
  return rows[0]?.came === true;
}

interface FoundRow extends FigureValue, Pick<RecordedFigure, "id" | "revision" | "asOf"> {
  readonly number: number;
  readonly present: boolean;
}

/** The rest of a figure is as it was asked for. */
const RECORDED = sql`f.id, f.revision, f.as_of as "asOf", f.status, f.numerator, f.denominator,
  f.denominator_source as "denominatorSource", f.stated_ratio as "statedRatio"`;

function textOf(figures: readonly FigureKey[]): string {
  return JSON.stringify(figures);
}
