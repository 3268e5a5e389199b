import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Basis } from "../../domain/coverage/figure.ts";
import type { UnitLevel } from "../../domain/coverage/indicator.ts";

/** What of the register is looked at: up to a figure's number, as it stood at an instant, or (null) all of it. */
export type Known = { readonly cut: number } | { readonly on: Date } | null;

/** What of one indicator is asked for. */
export interface SumQuestion {
  readonly indicator: string;
  /** Default: the version in force on `asOf`. */
  readonly version?: number | undefined;
  readonly asOf: Day;
  /** Default `reported`. */
  readonly basis?: Basis | undefined;
  /** The answer has one sum for each unit of this level. */
  readonly level: UnitLevel;
  /** Code of a province: only it, or only its communes. */
  readonly province?: string | undefined;
  /** Code of the only unit of that level that is wanted. */
  readonly unit?: string | undefined;
  /** One operator's figures alone; default: all operators as one value, as the indicator says. */
  readonly operator?: string | undefined;
  readonly known?: Known | undefined;
  /** The day whose units the answer is for; default: the present ones. */
  readonly units?: Day | undefined;
}

/** Whether the figure `f` was there at the time that is looked at. */
export function knownThen(known: Known) {
  return knownOf("f", known);
}

/** Whether no later revision of the figure `f` was there at that time. */
export function isLastRevision(known: Known) {
  return sql<boolean>`not exists (select from coverage_figure later
    where later.indicator_code = f.indicator_code and later.as_of = f.as_of and later.basis = f.basis
      and later.operator = f.operator and later.unit_id = f.unit_id and later.source_code = f.source_code
      and later.indicator_version = f.indicator_version and later.revision > f.revision
      and ${knownOf("later", known)})`;
}

function knownOf(figure: "f" | "later", known: Known) {
  if (known === null) return sql<boolean>`true`;
  return "cut" in known
    ? sql<boolean>`${sql.ref(`${figure}.id`)} <= ${known.cut}::bigint`
    : sql<boolean>`${sql.ref(`${figure}.recorded_at`)} <= ${known.on.toISOString()}::timestamptz`;
}
