import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type {
  AdminUnitInput,
  PredecessorInput,
  UnitChangeInput,
} from "../src/store/admin-units.ts";
import { parseTable } from "../src/store/import-text.ts";
import type { NewPortal } from "../src/store/portal-bulk.ts";
import { PORTAL_COLUMNS, type PortalRow, readPortalRow } from "../src/store/portal-row.ts";

// What the columns mean and how far they can be trusted stands in PROVENANCE.md.

type Row = Readonly<Record<string, string>>;

/** The present provinces. */
export async function readProvinces(): Promise<AdminUnitInput[]> {
  return (await readRows("provinces.csv")).map((row) => ({
    ...unit(row),
    level: "province",
    provinceCode: null,
    region: optional(row, "region"),
    populationNote: null,
    resolution: null,
  }));
}

/** The present communes; where a population failed a check there is none, and the note says why. */
export async function readCommunes(): Promise<AdminUnitInput[]> {
  return (await readRows("communes.csv")).map((row) => ({
    ...unit(row),
    level: "commune",
    provinceCode: must(row, "province_code"),
    region: null,
    populationNote: populationNote(must(row, "population_flag"), optional(row, "population_raw")),
    resolution: optional(row, "resolution"),
  }));
}

/** What changed about units without a change of their code. */
export async function readUnitChanges(): Promise<UnitChangeInput[]> {
  return (await readRows("unit_changes_2026.csv")).map((row) => ({
    level: must(row, "level") === "province" ? "province" : "commune",
    code: must(row, "code"),
    effectiveDate: must(row, "effective_date"),
    attribute: must(row, "attribute"),
    oldValue: must(row, "old_value"),
    newValue: must(row, "new_value"),
    legalDocument: must(row, "legal_document"),
  }));
}

/** Which old communes the present ones come from; five island communes come from a district without communes. */
export async function readPredecessors(): Promise<PredecessorInput[]> {
  return (await readRows("commune_predecessors.csv")).map((row) => {
    const part = must(row, "part") as PredecessorInput["part"];
    const old = part === "district" ? "old_district" : "old";
    return {
      code: must(row, "new_code"),
      part,
      oldCode: must(row, `${old}_code`),
      oldNameVi: must(row, `${old}_name_vi`),
      oldDistrictCode: optional(row, "old_district_code"),
      oldDistrictNameVi: optional(row, "old_district_name_vi"),
      oldProvinceCode: must(row, "old_province_code"),
      oldProvinceNameVi: must(row, "old_province_name_vi"),
      // Blank for the five districts, each of which became one commune.
      successorCount: part === "district" ? 1 : Number(must(row, "successor_count")),
      confirmedBySecondSource: must(row, "confirmed_by_second_source") === "1",
    };
  });
}

/** The portals as `portals import` reads them; a row that it would refuse is a fault of ours. */
export async function readPortals(): Promise<PortalRow[]> {
  const table = parseTable(await readSeed("portals.csv"), PORTAL_COLUMNS);
  if (!table.ok) throw new Error("seeds/portals.csv is broken", { cause: table.problem });
  return table.value.rows.map((row) => {
    const read = readPortalRow(row);
    if ("faults" in read) throw new Error("seeds/portals.csv is broken", { cause: read.faults });
    return read.row;
  });
}

/** What is known beside the list, by the portal's id. */
export async function readPortalNotes(): Promise<
  ReadonlyMap<string, Pick<NewPortal, "note" | "evidenceClass">>
> {
  const rows = await readRows("portal_notes.csv");
  return new Map(
    rows.map((row) => [
      must(row, "id"),
      { note: optional(row, "note"), evidenceClass: must(row, "evidence_class") },
    ]),
  );
}

function unit(row: Row) {
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

async function readRows(file: string): Promise<Row[]> {
  return parse(await readSeed(file), { columns: true }) as unknown as Row[];
}

function readSeed(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), "utf8");
}

function must(row: Row, column: string): string {
  const value = row[column];
  if (!value) throw new Error(`A seed file has a row without ${column}`);
  return value;
}

function optional(row: Row, column: string): string | null {
  return row[column] || null;
}

function number(row: Row, column: string): number | null {
  const text = optional(row, column);
  return text === null ? null : Number(text);
}
