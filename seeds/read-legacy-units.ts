import type { Day } from "../src/domain/calendar.ts";
import type { AdminUnitInput } from "../src/store/unit-input.ts";
import { must, optional, readRows, type SeedRow } from "./seed-rows.ts";

// Since when these units were there is not in the lists: PROVENANCE.md says which day is taken, and why.

/** The last decree that the lists contain took effect on this day: from then on they are known to hold. */
export const LEGACY_VALID_FROM: Day = "2025-03-01";

/** Since Hà Tây became part of Hà Nội there had been 63 provinces. */
export const LEGACY_PROVINCES_VALID_FROM: Day = "2008-08-01";

/** Thừa Thiên Huế had another name and type before. */
export const HUE = { code: "46", validFrom: "2025-01-01" } as const;

/** The types that full names of old units begin with. */
const TYPES = ["tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã"];

/** The 63 provinces that were there until 30 June 2025. */
export async function readLegacyProvinces(): Promise<AdminUnitInput[]> {
  return (await readRows("legacy_provinces_63.csv")).map((row) => ({
    ...unit(row),
    level: "province",
    provinceCode: null,
    region: optional(row, "region_2024"),
  }));
}

/** The 696 districts of then; the level is gone since. */
export async function readLegacyDistricts(): Promise<AdminUnitInput[]> {
  return (await readRows("legacy_districts_696.csv")).map((row) => ({
    ...unit(row),
    level: "district",
    provinceCode: must(row, "province_code"),
  }));
}

/** The 10,035 communes of then, with their district. */
export async function readLegacyCommunes(): Promise<AdminUnitInput[]> {
  return (await readRows("legacy_communes_10035.csv")).map((row) => ({
    ...unit(row),
    level: "commune",
    provinceCode: must(row, "province_code"),
    districtCode: must(row, "district_code"),
  }));
}

function unit(row: SeedRow) {
  const fullNameVi = must(row, "full_name_vi");
  const type = TYPES.find((each) => fullNameVi.toLowerCase().startsWith(`${each} `));
  if (type === undefined) throw new Error(`seeds: ${fullNameVi} begins with no type that is known`);
  return {
    code: must(row, "code"),
    nameVi: fullNameVi.slice(type.length + 1),
    nameViAlt: null,
    nameEn: optional(row, "name_en"),
    type,
    fullNameVi,
    region: null,
    areaKm2: null,
    population: null,
    populationNote: null,
    lat: null,
    lon: null,
    resolution: null,
  };
}
