import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "./database.ts";

/** A province or commune as reference data has it, valid from a day on. */
export interface AdminUnitInput {
  readonly level: "province" | "commune";
  readonly code: string;
  /** Of a commune: the code of its province. */
  readonly provinceCode: string | null;
  readonly nameVi: string;
  /** The other placing of the tone mark, where there is one. */
  readonly nameViAlt: string | null;
  readonly nameEn: string | null;
  readonly type: string;
  readonly fullNameVi: string;
  readonly region: string | null;
  readonly areaKm2: number | null;
  readonly population: number | null;
  /** Why the population is missing or doubted. */
  readonly populationNote: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly resolution: string | null;
}

export interface UnitChangeInput {
  readonly level: "province" | "commune";
  readonly code: string;
  readonly effectiveDate: Day;
  readonly attribute: string;
  readonly oldValue: string;
  readonly newValue: string;
  readonly legalDocument: string;
}

export interface PredecessorInput {
  /** Code of the present commune. */
  readonly code: string;
  readonly part: "whole" | "split" | "district";
  /** Code of the old commune, or of the old district where `part` is `district`. */
  readonly oldCode: string;
  readonly oldNameVi: string;
  readonly oldDistrictCode: string | null;
  readonly oldDistrictNameVi: string | null;
  readonly oldProvinceCode: string;
  readonly oldProvinceNameVi: string;
  readonly successorCount: number;
  readonly confirmedBySecondSource: boolean;
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

/** The facts that a unit's row has beside its identity (level, code, valid_from). */
const FACTS = sql`name_vi, name_vi_alt, name_en, type, full_name_vi, region, area_km2, population,
  population_note, lat, lon, resolution`;

const GIVEN = sql`given(level text, code text, "provinceCode" text, "nameVi" text, "nameViAlt" text,
  "nameEn" text, type text, "fullNameVi" text, region text, "areaKm2" numeric, population int,
  "populationNote" text, lat double precision, lon double precision, resolution text)`;

const GIVEN_FACTS = sql`given."nameVi", given."nameViAlt", given."nameEn", given.type, given."fullNameVi",
  given.region, given."areaKm2", given.population, given."populationNote", given.lat, given.lon,
  given.resolution`;

/**
 * Adds units, provinces before their communes, and corrects the facts of those that are there: reference data is
 * nobody's own. Identity is level, code and first day of validity. Returns how many were added.
 */
export async function putUnits(
  db: Database,
  units: readonly AdminUnitInput[],
  validFrom: Day,
): Promise<number> {
  const rows = JSON.stringify(units);
  await sql`
    update admin_unit unit set (${FACTS}) = row(${GIVEN_FACTS})
    from jsonb_to_recordset(${rows}::jsonb) as ${GIVEN}
    where unit.level = given.level and unit.code = given.code and unit.valid_from = ${validFrom}::date
      and (unit.name_vi, unit.name_vi_alt, unit.name_en, unit.type, unit.full_name_vi, unit.region,
        unit.area_km2, unit.population, unit.population_note, unit.lat, unit.lon, unit.resolution)
        is distinct from (${GIVEN_FACTS})`.execute(db);
  const { rows: added } = await sql`
    insert into admin_unit (level, code, parent_id, ${FACTS}, valid_from)
    select given.level, given.code, province.id, ${GIVEN_FACTS}, ${validFrom}::date
    from jsonb_to_recordset(${rows}::jsonb) as ${GIVEN}
    left join admin_unit province on province.level = 'province'
      and province.code = given."provinceCode" and province.valid_to is null
    where not exists (select from admin_unit unit where unit.level = given.level
      and unit.code = given.code and unit.valid_from = ${validFrom}::date)
    order by given.code
    returning id`.execute(db);
  // A new table has no statistics, and nothing gathers any on the embedded database: joins would take seconds.
  if (added.length > 0) await sql`analyze admin_unit`.execute(db);
  return added.length;
}

/** Adds changes of present units that are not there yet; returns how many were added. */
export async function addUnitChanges(
  db: Database,
  changes: readonly UnitChangeInput[],
): Promise<number> {
  const { rows } = await sql`
    insert into admin_unit_change (unit_id, effective_date, attribute, old_value, new_value, legal_document)
    select unit.id, "effectiveDate", attribute, "oldValue", "newValue", "legalDocument"
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given(level text, code text,
      "effectiveDate" date, attribute text, "oldValue" text, "newValue" text, "legalDocument" text)
    join admin_unit unit on unit.level = given.level and unit.code = given.code and unit.valid_to is null
    order by 1, 2
    on conflict do nothing
    returning id`.execute(db);
  return rows.length;
}

/** Adds predecessors of present communes that are not there yet; returns how many were added. */
export async function addPredecessors(
  db: Database,
  predecessors: readonly PredecessorInput[],
): Promise<number> {
  const { rows } = await sql`
    insert into admin_unit_predecessor (unit_id, part, old_code, old_name_vi, old_district_code,
      old_district_name_vi, old_province_code, old_province_name_vi, successor_count,
      confirmed_by_second_source)
    select unit.id, part, "oldCode", "oldNameVi", "oldDistrictCode", "oldDistrictNameVi",
      "oldProvinceCode", "oldProvinceNameVi", "successorCount", "confirmedBySecondSource"
    from jsonb_to_recordset(${JSON.stringify(predecessors)}::jsonb) as given(code text, part text,
      "oldCode" text, "oldNameVi" text, "oldDistrictCode" text, "oldDistrictNameVi" text,
      "oldProvinceCode" text, "oldProvinceNameVi" text, "successorCount" int,
      "confirmedBySecondSource" boolean)
    join admin_unit unit on unit.level = 'commune' and unit.code = given.code and unit.valid_to is null
    order by 1, "oldCode"
    on conflict do nothing
    returning id`.execute(db);
  return rows.length;
}
