import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "./database.ts";
import type { AdminUnitInput, AttributesInput } from "./unit-input.ts";
import type { AdminUnitAttributeTable } from "./unit-schema.ts";

const COLUMNS = [
  "valid_from",
  "valid_to",
  "name_vi",
  "name_vi_alt",
  "full_name_vi",
  "type",
  "parent_id",
  "legal_document",
] as const;

/** Makes the attributes of units that are there, since this day, those given; other units keep theirs. */
export async function putAttributes(
  db: Database,
  units: readonly AdminUnitInput[],
  unitsValidFrom: Day,
): Promise<void> {
  const numbers = await numbersSince(db, unitsValidFrom);
  const wanted = units.flatMap((unit) => {
    const row = numbers.get(`${unit.level} ${unit.code}`);
    if (!row) throw new Error(`No such unit: ${unit.level} ${unit.code}`);
    return spans(unit, unitsValidFrom, row);
  });
  const there = new Map(
    (await attributesOf(db, unitsValidFrom)).map((row) => [textOf(row), row.id]),
  );
  const missing = wanted.filter((row) => !there.has(textOf(row)));
  if (missing.length === 0) return;
  const kept = new Set(wanted.map(textOf));
  const mine = new Set(wanted.map(({ unit_id: id }) => `[${id},`));
  const gone = [...there].filter(
    ([text]) => !kept.has(text) && mine.has(text.slice(0, text.indexOf(",") + 1)),
  );
  await sql`
    delete from admin_unit_attribute where id = any(${gone.map(([, id]) => id)}::int[])`.execute(
    db,
  );
  await sql`
    insert into admin_unit_attribute (unit_id, ${sql.raw(COLUMNS.join(", "))})
    select unit_id, ${sql.raw(COLUMNS.join(", "))}
    from jsonb_to_recordset(${JSON.stringify(missing)}::jsonb) as given(unit_id int, valid_from date,
      valid_to date, name_vi text, name_vi_alt text, full_name_vi text, type text, parent_id int,
      legal_document text)`.execute(db);
  await sql`analyze admin_unit_attribute`.execute(db);
}

type Attributes = Pick<AdminUnitAttributeTable, "unit_id" | (typeof COLUMNS)[number]>;

/** Equal texts for equal rows; begins with the unit. */
function textOf(row: Attributes): string {
  return JSON.stringify([row.unit_id, ...COLUMNS.map((column) => row[column])]);
}

async function numbersSince(db: Database, day: Day) {
  const rows = await db
    .selectFrom("admin_unit")
    .select(["id", "level", "code", "parent_id", "valid_to"])
    .where("valid_from", "=", day)
    .execute();
  return new Map(rows.map((row) => [`${row.level} ${row.code}`, row]));
}

async function attributesOf(db: Database, unitsValidFrom: Day) {
  return db
    .selectFrom("admin_unit_attribute as a")
    .innerJoin("admin_unit as u", "u.id", "a.unit_id")
    .select(["a.id", "a.unit_id", ...COLUMNS.map((column) => `a.${column}` as const)])
    .where("u.valid_from", "=", unitsValidFrom)
    .execute();
}

function spans(
  unit: AdminUnitInput,
  unitsValidFrom: Day,
  row: { readonly id: number; readonly parent_id: number | null; readonly valid_to: Day | null },
): Attributes[] {
  const { nameVi, nameViAlt, type, fullNameVi, resolution } = unit;
  const one: AttributesInput = {
    validFrom: unitsValidFrom,
    nameVi,
    nameViAlt,
    type,
    fullNameVi,
    legalDocument: resolution,
  };
  const all = unit.attributes ?? [one];
  return all.map((each, index) => ({
    unit_id: row.id,
    valid_from: each.validFrom,
    valid_to: all[index + 1]?.validFrom ?? row.valid_to,
    name_vi: each.nameVi,
    name_vi_alt: each.nameViAlt,
    full_name_vi: each.fullNameVi,
    type: each.type,
    parent_id: row.parent_id,
    legal_document: each.legalDocument,
  }));
}
