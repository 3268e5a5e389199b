import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Basis, FigureStatus } from "../../domain/coverage/figure.ts";
import type { Database } from "../../store/database.ts";
import { type Known, knownThen } from "./question.ts";

/** The revision of a figure that counts, with what is said of its source. */
export interface CurrentFigure {
  readonly as_of: Day;
  readonly unit_id: number;
  readonly operator: string;
  readonly source_code: string;
  readonly rank: number;
  readonly made_up: boolean;
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly denominator_source: string | null;
  readonly stated_ratio: number | null;
  readonly note: string | null;
}

/** Which figures: of one definition and basis, on some days. */
export interface FigureScope {
  readonly indicator: string;
  readonly version: number;
  readonly basis: Basis;
  readonly days: readonly Day[];
  readonly known: Known;
  /** Only figures of these units and of all that they came from; null: of every unit. */
  readonly units: readonly number[] | null;
}

/** Figures that differ in unit and counts alone, as lists of the same length. */
interface Bundle extends Omit<CurrentFigure, "unit_id" | "numerator" | "denominator"> {
  readonly units: readonly number[];
  readonly numerators: readonly (number | null)[];
  readonly denominators: readonly (number | null)[];
}

/** Of every figure the highest revision that was there at the time. */
export async function currentFigures(db: Database, scope: FigureScope): Promise<CurrentFigure[]> {
  if (scope.days.length === 0) return [];
  const days = sql.join(scope.days.map((day) => sql`${day}::date`));
  // Read in the order of the index coverage_figure_key, so that nothing is sorted; bundled, because a hundred thousand
  // rows of which nearly everything is the same take longer on their way than in the database.
  const { rows } = await sql<Bundle>`
    ${scope.units === null ? sql`` : ancestors(scope.units)}
    select c.as_of, c.operator, c.source_code, c.status, c.denominator_source, c.stated_ratio, c.note, s.rank,
      s.made_up, json_agg(c.unit_id) as units, json_agg(c.numerator) as numerators,
      json_agg(c.denominator) as denominators
    from (
      select distinct on (f.as_of, f.operator, f.unit_id, f.source_code)
        f.as_of, f.unit_id, f.operator, f.source_code, f.status, f.numerator, f.denominator,
        f.denominator_source, f.stated_ratio, f.note
      from coverage_figure f
      where f.indicator_code = ${scope.indicator} and f.as_of in (${days}) and f.basis = ${scope.basis}
        and f.indicator_version = ${scope.version} and ${knownThen(scope.known)}
        and ${scope.units === null ? sql`true` : sql`f.unit_id in (select id from wanted)`}
      order by f.as_of, f.operator, f.unit_id, f.source_code, f.revision desc
    ) c
    join coverage_source s on s.code = c.source_code
    group by c.as_of, c.operator, c.source_code, c.status, c.denominator_source, c.stated_ratio, c.note, s.rank,
      s.made_up`.execute(db);
  return rows.flatMap(unbundled);
}

function unbundled({ units, numerators, denominators, ...shared }: Bundle): CurrentFigure[] {
  return units.map((unit_id, index) => ({
    ...shared,
    unit_id,
    numerator: numerators[index] ?? null,
    denominator: denominators[index] ?? null,
  }));
}

/** The units themselves and everything that became a part of them. */
function ancestors(units: readonly number[]) {
  return sql`with recursive wanted(id) as (
    select value::int from json_array_elements_text(${JSON.stringify(units)}::json)
    union
    select e.from_unit_id from admin_unit_event e join wanted w on w.id = e.to_unit_id
    where e.part is not null)`;
}
