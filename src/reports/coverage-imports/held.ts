import { sql } from "kysely";
import { type FaultRow, faultRow } from "../../catalogue/import-faults/fault-row.ts";
import type { NewFigure } from "../../domain/coverage/figure.ts";
import type { HeldState } from "../../domain/coverage/held-review.ts";
import type { RuleId } from "../../domain/coverage/import-fault.ts";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** A figure that a held row would bring. */
export interface HeldFigure {
  readonly indicator: string;
  readonly indicator_version: number;
  readonly operator: string;
  readonly as_of: string;
  readonly basis: string;
  readonly source: string;
  readonly status: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly stated_ratio: number | null;
}

/** A row of a file that waits, or waited, for a person. Instants are ISO 8601 UTC. */
export interface HeldRow {
  readonly id: number;
  readonly submission: number;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly unit: { readonly level: string; readonly code: string; readonly name_vi: string };
  readonly province: string | null;
  readonly state: HeldState;
  readonly rules: readonly string[];
  readonly figures: readonly HeldFigure[];
  readonly faults: readonly FaultRow[];
  readonly proposed_by: string | null;
  readonly proposed_at: string | null;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
  readonly reason: string | null;
}

/** Which rows; without `state` those that wait. */
export interface HeldFilter {
  readonly state?: HeldState | undefined;
  readonly submission?: number | undefined;
  readonly rule?: RuleId | undefined;
  readonly province: string | null;
}

/** Held rows in the order in which they came, with why; the position is the id of the last one shown. */
export async function listHeld(
  db: Database,
  filter: HeldFilter,
  page: PageRequest<readonly [number]>,
): Promise<Page<HeldRow, readonly [number]>> {
  let query = heldRows(db)
    .orderBy("h.id")
    .limit(page.limit + 1);
  query =
    filter.state === undefined
      ? query.where("h.state", "in", ["pending", "proposed"])
      : query.where("h.state", "=", filter.state);
  if (filter.submission !== undefined) {
    query = query.where("h.submission_id", "=", filter.submission);
  }
  if (filter.rule !== undefined) query = query.where(sql<boolean>`${filter.rule} = any(h.rules)`);
  if (filter.province !== null) {
    query = query.where(sql<boolean>`coalesce(p.code, u.code) = ${filter.province}`);
  }
  if (page.after) query = query.where("h.id", ">", page.after[0]);
  const rows = await query.execute();
  return toPage(rows.map(toRow), page.limit, ({ id }): readonly [number] => [id]);
}

type StoredFault = Omit<Parameters<typeof faultRow>[1], "row" | "column"> & {
  readonly row_number: number | null;
  readonly column_name: string | null;
};

function heldRows(db: Database) {
  return db
    .selectFrom("held_row as h")
    .innerJoin("submission as s", "s.id", "h.submission_id")
    .innerJoin("admin_unit as u", "u.id", "h.unit_id")
    .leftJoin("admin_unit as p", "p.id", "u.parent_id")
    .select([
      "h.id",
      "h.submission_id",
      "s.file_name",
      "h.sheet",
      "h.row_number",
      "u.level",
      "u.code",
      "u.name_vi",
      sql<string | null>`case u.level when 'province' then u.code else p.code end`.as("province"),
      "h.state",
      "h.rules",
      "h.figures",
      "h.proposed_by",
      sql<Date | null>`h.proposed_at`.as("proposed_at"),
      "h.decided_by",
      sql<Date | null>`h.decided_at`.as("decided_at"),
      "h.reason",
      sql<StoredFault[]>`(select coalesce(jsonb_agg(to_jsonb(f) order by f.number), '[]'::jsonb)
        from submission_fault f
        where f.submission_id = h.submission_id and f.row_number = h.row_number
          and f.sheet is not distinct from h.sheet)`.as("faults"),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof heldRows>["executeTakeFirstOrThrow"]>>;

function toRow(row: Row): HeldRow {
  return {
    id: row.id,
    submission: row.submission_id,
    file: row.file_name,
    sheet: row.sheet,
    row: row.row_number,
    unit: { level: row.level, code: row.code, name_vi: row.name_vi },
    province: row.province,
    state: row.state,
    rules: row.rules,
    figures: row.figures.map(toFigure),
    faults: row.faults.map((fault) =>
      faultRow(row.file_name, { ...fault, row: fault.row_number, column: fault.column_name }),
    ),
    proposed_by: row.proposed_by,
    proposed_at: row.proposed_at?.toISOString() ?? null,
    decided_by: row.decided_by,
    decided_at: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
  };
}

function toFigure(figure: NewFigure): HeldFigure {
  return {
    indicator: figure.indicator,
    indicator_version: figure.indicatorVersion,
    operator: figure.operator,
    as_of: figure.asOf,
    basis: figure.basis,
    source: figure.source,
    status: figure.status,
    numerator: figure.numerator,
    denominator: figure.denominator,
    stated_ratio: figure.statedRatio,
  };
}
