import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { AdminLevel } from "../domain/units/unit.ts";
import type { Database } from "./database.ts";

interface UnitAtTheTime {
  readonly level: AdminLevel;
  readonly code: string;
}

/** Something that happened to a unit; `from` had its code on the day before, `to` has its on the day itself. */
export interface UnitEventInput {
  readonly effectiveDate: Day;
  readonly kind: "merge" | "split" | "rename" | "retype" | "recode";
  readonly from: UnitAtTheTime;
  readonly to: UnitAtTheTime;
  /** Of merges and splits: whether all of `from` is in `to`. */
  readonly part: "whole" | "split" | null;
  readonly legalDocument: string | null;
  readonly confirmedBySecondSource: boolean | null;
}

interface FoundEvent {
  readonly from_unit_id: number | null;
  readonly to_unit_id: number | null;
}

/**
 * Makes the events those given; what somebody stated beside one (a share) stays. Throws where an event speaks of a
 * unit that is not there. Returns how many were added or changed.
 */
export async function putUnitEvents(
  db: Database,
  events: readonly UnitEventInput[],
): Promise<number> {
  const found = await locate(db, events);
  const rows = JSON.stringify(found);
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as given(effective_date date, kind text,
    from_unit_id int, to_unit_id int, part text, legal_document text, confirmed_by_second_source boolean)`;
  await sql`
    delete from admin_unit_event event where not exists (select from ${given}
      where given.effective_date = event.effective_date and given.kind = event.kind
        and given.from_unit_id = event.from_unit_id and given.to_unit_id = event.to_unit_id)`.execute(
    db,
  );
  const { rows: put } = await sql`
    insert into admin_unit_event as event (effective_date, kind, from_unit_id, to_unit_id, part, legal_document,
      confirmed_by_second_source)
    select * from ${given}
    on conflict (effective_date, kind, from_unit_id, to_unit_id) do update set part = excluded.part,
      legal_document = excluded.legal_document,
      confirmed_by_second_source = excluded.confirmed_by_second_source
    where (event.part, event.legal_document, event.confirmed_by_second_source)
      is distinct from (excluded.part, excluded.legal_document, excluded.confirmed_by_second_source)
    returning id`.execute(db);
  if (put.length > 0) await sql`analyze admin_unit_event`.execute(db);
  return put.length;
}

/** The events with the numbers of their units. */
async function locate(db: Database, events: readonly UnitEventInput[]) {
  const rows = events.map(({ from, to, ...event }, index) => ({
    index,
    day: event.effectiveDate,
    fromLevel: from.level,
    fromCode: from.code,
    toLevel: to.level,
    toCode: to.code,
  }));
  const { rows: found } = await sql<FoundEvent>`
    select one.id as from_unit_id, other.id as to_unit_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(index int, day date, "fromLevel" text,
      "fromCode" text, "toLevel" text, "toCode" text)
    left join admin_unit one on one.level = "fromLevel" and one.code = "fromCode"
      and one.valid_from < day and coalesce(one.valid_to >= day, true)
    left join admin_unit other on other.level = "toLevel" and other.code = "toCode"
      and other.valid_from <= day and coalesce(other.valid_to > day, true)
    order by index`.execute(db);
  return events.map(({ effectiveDate, kind, part, legalDocument, ...event }, index) => {
    const { from_unit_id: from, to_unit_id: to } = found[index] ?? {};
    if (!from || !to) throw new Error(`No such units: ${JSON.stringify(events[index])}`);
    return {
      effective_date: effectiveDate,
      kind,
      from_unit_id: from,
      to_unit_id: to,
      part,
      legal_document: legalDocument,
      confirmed_by_second_source: event.confirmedBySecondSource,
    };
  });
}
