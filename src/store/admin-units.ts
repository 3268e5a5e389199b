import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { AdminLevel } from "../domain/units/unit.ts";
import type { Database } from "./database.ts";
import { putAttributes } from "./unit-attributes.ts";
import type { AdminUnitInput } from "./unit-input.ts";

export type { AdminUnitInput } from "./unit-input.ts";

/** Of units that are gone. */
export interface Ended {
  /** First day on which they are not there any more. */
  readonly validTo: Day;
  /** Whether they came about on their first day, and not just were there. */
  readonly beginKnown: boolean;
}

/** The number of the province that has this code today, or null. */
export async function provinceNumber(db: Database, code: string): Promise<number | null> {
  const row = await db
    .selectFrom("admin_unit")
    .select("id")
    .where("level", "=", "province")
    .where("code", "=", code)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The facts that a unit's row has beside its identity (level, code, valid_from), in the database's types. */
const FACTS = {
  name_vi: "text",
  name_vi_alt: "text",
  name_en: "text",
  type: "text",
  full_name_vi: "text",
  region: "text",
  area_km2: "numeric",
  population: "int",
  population_note: "text",
  lat: "double precision",
  lon: "double precision",
  resolution: "text",
  valid_to: "date",
  begin_known: "boolean",
} as const;

const FACT_NAMES = Object.keys(FACTS) as (keyof typeof FACTS)[];
const FACT_COLUMNS = sql.raw(FACT_NAMES.join(", "));
const FACT_TYPES = sql.raw(FACT_NAMES.map((name) => `${name} ${FACTS[name]}`).join(", "));

/**
 * Adds units, provinces before what belongs to them, and corrects the facts and names of those that are there:
 * reference data is nobody's own. Identity is level, code and first day of validity. Returns how many were added.
 */
export async function putUnits(
  db: Database,
  units: readonly AdminUnitInput[],
  validFrom: Day,
  ended: Ended | null = null,
): Promise<number> {
  const there = await unitsSince(db, validFrom);
  const rows = units.map((unit) => ({ unit, facts: factsOf(unit, ended) }));
  const missing = rows.filter(({ unit }) => !there.has(identity(unit)));
  const changed = rows.flatMap(({ unit, facts }) => {
    const row = there.get(identity(unit));
    const same = !row || FACT_NAMES.every((name) => row[name] === facts[name]);
    return same ? [] : [{ id: row.id, ...facts }];
  });
  if (changed.length > 0) await correct(db, changed);
  if (missing.length > 0) await add(db, missing, validFrom);
  await putAttributes(db, units, validFrom);
  return missing.length;
}

type Facts = ReturnType<typeof factsOf>;

async function correct(db: Database, rows: readonly ({ id: number } & Facts)[]): Promise<void> {
  await sql`
    update admin_unit unit set (${FACT_COLUMNS}) = (select ${FACT_COLUMNS} from (select given.*) facts)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id int, ${FACT_TYPES})
    where unit.id = given.id`.execute(db);
}

async function add(
  db: Database,
  rows: readonly { unit: AdminUnitInput; facts: Facts }[],
  validFrom: Day,
): Promise<void> {
  const provinces = await idsOn(db, "province", validFrom);
  const districts = await idsOn(db, "district", validFrom);
  const given = rows
    .map(({ unit, facts }) => ({
      level: unit.level,
      code: unit.code,
      parent_id: provinces.get(unit.provinceCode ?? "") ?? null,
      district_id: districts.get(unit.districtCode ?? "") ?? null,
      ...facts,
    }))
    .toSorted((one, other) => one.code.localeCompare(other.code));
  await sql`
    insert into admin_unit (level, code, parent_id, district_id, ${FACT_COLUMNS}, valid_from)
    select level, code, parent_id, district_id, ${FACT_COLUMNS}, ${validFrom}::date
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(level text, code text, parent_id int,
      district_id int, ${FACT_TYPES})`.execute(db);
  // A new table has no statistics, and nothing gathers any on the embedded database: joins would take seconds.
  await sql`analyze admin_unit`.execute(db);
}

async function unitsSince(db: Database, validFrom: Day) {
  const rows = await db
    .selectFrom("admin_unit")
    .select(["id", "level", "code", ...FACT_NAMES])
    .where("valid_from", "=", validFrom)
    .execute();
  return new Map(rows.map((row) => [identity(row), row]));
}

async function idsOn(db: Database, level: AdminLevel, day: Day) {
  const rows = await db
    .selectFrom("admin_unit")
    .select(["id", "code"])
    .where("level", "=", level)
    .where("valid_from", "<=", day)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">", day)]))
    .execute();
  return new Map(rows.map(({ code, id }) => [code, id]));
}

function identity({ level, code }: { readonly level: AdminLevel; readonly code: string }): string {
  return `${level} ${code}`;
}

function factsOf(unit: AdminUnitInput, ended: Ended | null) {
  return {
    name_vi: unit.nameVi,
    name_vi_alt: unit.nameViAlt,
    name_en: unit.nameEn,
    type: unit.type,
    full_name_vi: unit.fullNameVi,
    region: unit.region,
    area_km2: unit.areaKm2,
    population: unit.population,
    population_note: unit.populationNote,
    lat: unit.lat,
    lon: unit.lon,
    resolution: unit.resolution,
    valid_to: ended?.validTo ?? null,
    begin_known: ended?.beginKnown ?? true,
  };
}
