import type { UnitEventInput } from "../src/store/unit-events.ts";
import { UNITS_VALID_FROM } from "./read-units.ts";
import { must, optional, readRows } from "./seed-rows.ts";

/** Everything that happened to units: the reform of July 2025 and the changes of type since. */
export async function readUnitEvents(): Promise<UnitEventInput[]> {
  return [
    ...(await readProvinceEvents()),
    ...(await readCommuneEvents()),
    ...(await readTypeEvents()),
  ];
}

/** No old province was divided, so each is wholly in its successor. */
async function readProvinceEvents(): Promise<UnitEventInput[]> {
  return (await readRows("legacy_provinces_63.csv")).map((row) => ({
    effectiveDate: UNITS_VALID_FROM,
    kind: "merge",
    from: { level: "province", code: must(row, "code") },
    to: { level: "province", code: must(row, "successor_province_code") },
    part: "whole",
    legalDocument: null,
    confirmedBySecondSource: null,
  }));
}

/**
 * Which old communes the present ones come from; five island communes come from a district without communes. Other
 * districts have no events of their own: what became of them follows from their communes.
 */
async function readCommuneEvents(): Promise<UnitEventInput[]> {
  const communes = await readRows("communes.csv");
  const resolutions = new Map(
    communes.map((row) => [must(row, "code"), optional(row, "resolution")]),
  );
  return (await readRows("commune_predecessors.csv")).map((row) => {
    const listed = must(row, "part");
    const to = must(row, "new_code");
    return {
      effectiveDate: UNITS_VALID_FROM,
      kind: listed === "split" ? "split" : "merge",
      from:
        listed === "district"
          ? { level: "district", code: must(row, "old_district_code") }
          : { level: "commune", code: must(row, "old_code") },
      to: { level: "commune", code: to },
      part: listed === "split" ? "split" : "whole",
      legalDocument: resolutions.get(to) ?? null,
      confirmedBySecondSource: must(row, "confirmed_by_second_source") === "1",
    };
  });
}

/** A change of type happens to a unit that goes on under its code. */
async function readTypeEvents(): Promise<UnitEventInput[]> {
  return (await readRows("unit_changes_2026.csv")).map((row) => {
    const level = must(row, "level") === "province" ? "province" : "commune";
    const unit = { level, code: must(row, "code") } as const;
    return {
      effectiveDate: must(row, "effective_date"),
      kind: "retype",
      from: unit,
      to: unit,
      part: null,
      legalDocument: must(row, "legal_document"),
      confirmedBySecondSource: null,
    };
  });
}
