import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Basis, FigureStatus } from "../../domain/coverage/figure.ts";
import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";
import { isLastRevision, type Known, knownThen } from "./question.ts";

/** A revision of a figure as lists show it. */
export interface FigureRow {
  readonly id: number;
  readonly unit: {
    readonly level: UnitLevel;
    readonly code: string;
    readonly name_vi: string;
    readonly valid_from: Day;
    readonly valid_to: Day | null;
  };
  /** Code of the province that the unit is in; null for the country. */
  readonly province: string | null;
  readonly indicator: string;
  readonly indicator_version: number;
  readonly operator: string;
  readonly as_of: Day;
  readonly basis: Basis;
  readonly source: string;
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly denominator_source: string | null;
  /** From the counts; where there are none, what was stated. */
  readonly ratio: number | null;
  readonly stated_ratio: number | null;
  readonly revision: number;
  readonly reason: string | null;
  readonly note: string | null;
  readonly submission: number;
  readonly sheet: string | null;
  readonly row: number | null;
  readonly recorded_at: Date;
  readonly made_up: boolean;
}

/** Which figures. */
export interface FigureFilter {
  readonly indicator?: string | undefined;
  readonly asOf?: Day | undefined;
  readonly level?: UnitLevel | undefined;
  /** Code of a unit; a code has belonged to several over time, `units` tells them apart. */
  readonly unit?: string | undefined;
  readonly province?: string | undefined;
  /** Only figures of this day and before. */
  readonly until?: Day | undefined;
  /** Only figures of units of this day. */
  readonly units?: Day | undefined;
  readonly source?: string | undefined;
  readonly basis?: Basis | undefined;
  readonly operator?: string | undefined;
  readonly status?: FigureStatus | undefined;
  readonly submission?: number | undefined;
  /** Whether revisions that were replaced by then are listed too. */
  readonly replaced?: boolean | undefined;
  readonly known: Known;
}

/** The number of the last figure shown. */
export type FigurePosition = readonly [number];

/** Figures in the order in which they were recorded; the revision that counts of each, unless all are asked for. */
export async function listFigures(
  db: Database,
  filter: FigureFilter,
  page: PageRequest<FigurePosition>,
): Promise<Page<FigureRow, FigurePosition>> {
  let query = figuresQuery(db)
    .where(knownThen(filter.known))
    .orderBy("f.id")
    .limit(page.limit + 1);
  const equal = {
    "f.indicator_code": filter.indicator,
    "f.as_of": filter.asOf,
    "u.level": filter.level,
    "u.code": filter.unit,
    "f.source_code": filter.source,
    "f.basis": filter.basis,
    "f.operator": filter.operator,
    "f.status": filter.status,
    "f.submission_id": filter.submission,
  } as const;
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) query = query.where(sql<boolean>`${sql.ref(column)} = ${value}`);
  }
  if (filter.province !== undefined) {
    query = query.where(
      sql<boolean>`coalesce(p.code, case u.level when 'province' then u.code end) = ${filter.province}`,
    );
  }
  if (filter.until !== undefined) query = query.where("f.as_of", "<=", filter.until);
  if (filter.units !== undefined) {
    query = query.where(
      sql<boolean>`u.valid_from <= ${filter.units}::date and coalesce(u.valid_to > ${filter.units}::date, true)`,
    );
  }
  if (filter.replaced !== true) query = query.where(isLastRevision(filter.known));
  if (page.after) query = query.where("f.id", ">", page.after[0]);
  const rows = await query.execute();
  return toPage(rows.map(toFigureRow), page.limit, (row): FigurePosition => [row.id]);
}

/** The columns of FigureRow over `coverage_figure as f`, its unit `u`, province `p` and source `s`. */
export function figuresQuery(db: Database) {
  return db
    .selectFrom("coverage_figure as f")
    .innerJoin("admin_unit as u", "u.id", "f.unit_id")
    .leftJoin("admin_unit as p", "p.id", "u.parent_id")
    .innerJoin("coverage_source as s", "s.code", "f.source_code")
    .select([
      "f.id",
      "u.level",
      "u.code",
      "u.name_vi",
      "u.valid_from",
      "u.valid_to",
      sql<string | null>`coalesce(p.code, case u.level when 'province' then u.code end)`.as(
        "province",
      ),
      "f.indicator_code as indicator",
      "f.indicator_version",
      "f.operator",
      "f.as_of",
      "f.basis",
      "f.source_code as source",
      "f.status",
      "f.numerator",
      "f.denominator",
      "f.denominator_source",
      "f.stated_ratio",
      "f.revision",
      "f.reason",
      "f.note",
      "f.submission_id as submission",
      "f.sheet",
      "f.row_number as row",
      "f.recorded_at",
      "s.made_up",
    ]);
}

type SelectedFigure = Awaited<ReturnType<ReturnType<typeof figuresQuery>["execute"]>>[number];

/** A row of figuresQuery as lists show it. */
export function toFigureRow(selected: SelectedFigure): FigureRow {
  const { id, level, code, name_vi, valid_from, valid_to, ...row } = selected;
  const counted =
    row.numerator === null || row.denominator === null ? null : row.numerator / row.denominator;
  return {
    id,
    unit: { level: level as UnitLevel, code, name_vi, valid_from, valid_to },
    ...row,
    ratio: counted ?? row.stated_ratio,
  };
}
