import { sql } from "kysely";
import type { NewFigure } from "../domain/coverage/figure.ts";
import type { RuleId } from "../domain/coverage/import-fault.ts";
import { KEY_COLUMNS } from "./coverage-figures.ts";
import type { Database } from "./database.ts";

/** A row that waits for a person, with the figures that it would bring. */
export interface NewHeldRow {
  readonly sheet: string | null;
  readonly row: number;
  readonly unitId: number;
  readonly figures: readonly NewFigure[];
  /** The rules that hold it. */
  readonly rules: readonly RuleId[];
}

const OPEN = sql`h.state in ('pending', 'proposed')`;

const GIVEN = (
  rows: string,
) => sql`json_to_recordset(${rows}::json) as g(sheet text, "row" int, "unitId" int,
  figures jsonb, rules jsonb)`;

/** Whether a row of the same content waits already, or came in the same file before, whatever became of it. */
const KNOWN = (sha256: string) => sql`exists (
  select from held_row h where ${OPEN} and h.unit_id = g."unitId" and h.figures = g.figures
  union all
  select from held_row h join submission s on s.id = h.submission_id
  where s.sha256 = ${sha256} and h.unit_id = g."unitId" and h.figures = g.figures)`;

/** How many rows of a JSON array of held ones are not known yet, neither waiting nor from the same file. */
export async function countNewHeld(trx: Database, rows: string, sha256: string): Promise<number> {
  const { rows: found } = await sql<{ new: number }>`
    select count(*) as new from ${GIVEN(rows)} where not ${KNOWN(sha256)}`.execute(trx);
  return found[0]?.new ?? 0;
}

/**
 * Puts rows into the review queue, but those that are known. What waits of the same figures with another content is
 * superseded: the newer report counts. Returns how many were added.
 */
export async function addHeldRows(
  trx: Database,
  rows: string,
  given: { readonly submissionId: number; readonly sha256: string; readonly after: number },
): Promise<number> {
  await sql`
    update held_row h set state = 'superseded' from ${GIVEN(rows)}
    where ${OPEN} and h.unit_id = g."unitId" and h.figures <> g.figures and exists (
      select from jsonb_to_recordset(h.figures) as k(${KEY_COLUMNS})
      join jsonb_to_recordset(g.figures) as n(${KEY_COLUMNS})
        using ("unitId", indicator, "indicatorVersion", operator, "asOf", basis, source))`.execute(
    trx,
  );
  const { numAffectedRows } = await sql`
    insert into held_row (submission_id, sheet, row_number, unit_id, figures, rules, after_figure_id, state)
    select ${given.submissionId}::bigint, g.sheet, g."row", g."unitId", g.figures,
      array(select jsonb_array_elements_text(g.rules)), ${given.after}::bigint, 'pending'
    from ${GIVEN(rows)} where not ${KNOWN(given.sha256)}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** Takes rows out of the queue whose figures were given otherwise since they were judged. Returns how many. */
export async function supersedeStale(trx: Database): Promise<number> {
  const { numAffectedRows } = await sql`
    update held_row h set state = 'superseded'
    where ${OPEN} and exists (
      select from jsonb_to_recordset(h.figures) as k(${KEY_COLUMNS})
      join coverage_figure f on f.indicator_code = k.indicator and f.as_of = k."asOf" and f.basis = k.basis
        and f.operator = k.operator and f.unit_id = k."unitId" and f.source_code = k.source
        and f.indicator_version = k."indicatorVersion"
      where f.id > h.after_figure_id)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
