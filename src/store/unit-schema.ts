import type { Generated } from "kysely";
import type { AdminLevel } from "../domain/units/unit.ts";
import type { Day } from "./column-types.ts";

/** Names and type are the present ones (of a unit that ended: its last); admin_unit_attribute has all with their days. */
interface AdminUnitTable {
  id: Generated<number>;
  level: AdminLevel;
  code: string;
  /** Of communes and districts: their province; null for provinces and the country. */
  parent_id: number | null;
  /** Of communes before July 2025. */
  district_id: number | null;
  name_vi: string;
  name_vi_alt: string | null;
  name_en: string | null;
  type: string;
  full_name_vi: string;
  region: string | null;
  area_km2: number | null;
  population: number | null;
  population_note: string | null;
  lat: number | null;
  lon: number | null;
  resolution: string | null;
  valid_from: Day;
  /** First day on which it is not there any more. */
  valid_to: Day | null;
  /** False: it was there on `valid_from`, since when is not known. */
  begin_known: Generated<boolean>;
}

/** What units were called when. */
export interface AdminUnitAttributeTable {
  id: Generated<number>;
  unit_id: number;
  valid_from: Day;
  valid_to: Day | null;
  name_vi: string;
  name_vi_alt: string | null;
  full_name_vi: string;
  type: string;
  parent_id: number | null;
  legal_document: string | null;
}

interface AdminUnitEventTable {
  id: Generated<number>;
  effective_date: Day;
  kind: "merge" | "split" | "rename" | "retype" | "recode";
  from_unit_id: number;
  to_unit_id: number;
  part: "whole" | "split" | null;
  /** The part of the old unit that is in the new one, where somebody stated it. */
  share: number | null;
  share_source: string | null;
  legal_document: string | null;
  confirmed_by_second_source: boolean | null;
}

/** Administrative units of every vintage. */
export interface UnitSchema {
  admin_unit: AdminUnitTable;
  admin_unit_attribute: AdminUnitAttributeTable;
  admin_unit_event: AdminUnitEventTable;
}
