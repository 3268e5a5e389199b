import type { Day } from "../domain/calendar.ts";
import type { AdminLevel } from "../domain/units/unit.ts";

/** An administrative unit as reference data has it, valid from a day on. */
export interface AdminUnitInput {
  readonly level: AdminLevel;
  readonly code: string;
  /** Of communes and districts: the code of their province, of the first day of validity. */
  readonly provinceCode: string | null;
  /** Of communes before July 2025. */
  readonly districtCode?: string | null;
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
  /** What it was called from when on, oldest first, where that is not one and the same; the last is as above. */
  readonly attributes?: readonly AttributesInput[];
}

/** What a unit is called from a day on, until its next ones. */
export interface AttributesInput {
  readonly validFrom: Day;
  readonly nameVi: string;
  readonly nameViAlt: string | null;
  readonly type: string;
  readonly fullNameVi: string;
  /** What made it so. */
  readonly legalDocument: string | null;
}
