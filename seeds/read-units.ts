import type { Day } from "../src/domain/calendar.ts";
import type { AdminUnitInput, AttributesInput } from "../src/store/unit-input.ts";
import { must, number, optional, readRows, type SeedRow } from "./seed-rows.ts";

// What the columns mean and how far they can be trusted stands in PROVENANCE.md.

/** The units before these were in force until 30 June 2025. */
export const UNITS_VALID_FROM: Day = "2025-07-01";

/** Since when it bears its present name. */
export const COUNTRY_VALID_FROM: Day = "1976-07-02";

/** The country, that provinces belong to. */
export const COUNTRY: AdminUnitInput = {
  level: "country",
  code: "VN",
  provinceCode: null,
  nameVi: "Việt Nam",
  nameViAlt: null,
  nameEn: "Viet Nam",
  type: "quốc gia",
  fullNameVi: "Việt Nam",
  region: null,
  areaKm2: null,
  population: null,
  populationNote: null,
  lat: null,
  lon: null,
  resolution: null,
};

/** The present provinces, with what they were called before. */
export async function readProvinces(): Promise<AdminUnitInput[]> {
  const changes = await readTypeChanges();
  return (await readRows("provinces.csv")).map((row) => ({
    ...unit(row),
    level: "province",
    provinceCode: null,
    region: optional(row, "region"),
    populationNote: null,
    resolution: null,
    attributes: attributes(row, changes.get(`province ${must(row, "code")}`) ?? []),
  }));
}

/** The present communes; where a population failed a check there is none, and the note says why. */
export async function readCommunes(): Promise<AdminUnitInput[]> {
  const changes = await readTypeChanges();
  return (await readRows("communes.csv")).map((row) => ({
    ...unit(row),
    level: "commune",
    provinceCode: must(row, "province_code"),
    region: null,
    populationNote: populationNote(must(row, "population_flag"), optional(row, "population_raw")),
    resolution: optional(row, "resolution"),
    attributes: attributes(row, changes.get(`commune ${must(row, "code")}`) ?? []),
  }));
}

interface TypeChange {
  readonly day: Day;
  readonly type: string;
  readonly legalDocument: string;
}

/** Changes of type by level and code, oldest first; a change of anything else has no place here yet. */
async function readTypeChanges(): Promise<ReadonlyMap<string, readonly TypeChange[]>> {
  const rows = await readRows("unit_changes_2026.csv");
  const other = rows.find((row) => must(row, "attribute") !== "type");
  if (other)
    throw new Error(
      `seeds/unit_changes_2026.csv: what to do with a change of ${other["attribute"]}?`,
    );
  const byUnit = Map.groupBy(rows, (row) => `${must(row, "level")} ${must(row, "code")}`);
  return new Map(
    [...byUnit].map(([key, changes]) => [
      key,
      changes
        .map((row) => ({
          day: must(row, "effective_date"),
          type: must(row, "new_value"),
          legalDocument: must(row, "legal_document"),
        }))
        .toSorted((one, other) => one.day.localeCompare(other.day)),
    ]),
  );
}

/** From the reform on: the type of then, and each one since; the full name is the type and the name. */
function attributes(row: SeedRow, changes: readonly TypeChange[]): AttributesInput[] {
  const name = must(row, "name_vi");
  const first: TypeChange[] = [
    {
      day: UNITS_VALID_FROM,
      type: must(row, "type_2025_07_01"),
      legalDocument: row["resolution"] ?? "",
    },
  ];
  const all = [...first, ...changes];
  if (all.at(-1)?.type !== must(row, "type")) {
    throw new Error(
      `seeds: the type of ${must(row, "code")} ${name} is not what its changes lead to`,
    );
  }
  return all.map(({ day, type, legalDocument }) => ({
    validFrom: day,
    nameVi: name,
    nameViAlt: optional(row, "name_vi_alt"),
    type,
    fullNameVi: `${type.charAt(0).toUpperCase()}${type.slice(1)} ${name}`,
    legalDocument: legalDocument || null,
  }));
}

function unit(row: SeedRow) {
  return {
    code: must(row, "code"),
    nameVi: must(row, "name_vi"),
    nameViAlt: optional(row, "name_vi_alt"),
    nameEn: optional(row, "name_en"),
    type: must(row, "type"),
    fullNameVi: must(row, "full_name_vi"),
    areaKm2: number(row, "area_km2"),
    population: number(row, "population"),
    lat: number(row, "lat"),
    lon: number(row, "lon"),
  };
}

function populationNote(flag: string, raw: string | null): string | null {
  if (flag === "ok") return null;
  return raw === null ? flag : `${flag}: ${raw}`;
}
