import { putUnits } from "../src/store/admin-units.ts";
import type { Database } from "../src/store/database.ts";
import { putUnitEvents } from "../src/store/unit-events.ts";
import {
  HUE,
  LEGACY_PROVINCES_VALID_FROM,
  LEGACY_VALID_FROM,
  readLegacyCommunes,
  readLegacyDistricts,
  readLegacyProvinces,
} from "./read-legacy-units.ts";
import { readUnitEvents } from "./read-unit-events.ts";
import {
  COUNTRY,
  COUNTRY_VALID_FROM,
  readCommunes,
  readProvinces,
  UNITS_VALID_FROM,
} from "./read-units.ts";

/** The files that units and what happened to them are in. */
export const UNIT_FILES = [
  "provinces.csv",
  "communes.csv",
  "legacy_provinces_63.csv",
  "legacy_districts_696.csv",
  "legacy_communes_10035.csv",
  "commune_predecessors.csv",
  "unit_changes_2026.csv",
] as const;

/** How many units were added, and how many events added or changed. */
export interface SeededUnits {
  readonly provinces: number;
  readonly communes: number;
  /** Provinces, districts and communes that ended with June 2025. */
  readonly legacy_units: number;
  readonly unit_events: number;
}

/** What loading units comes to where they are there already. */
export const NO_UNITS: SeededUnits = { provinces: 0, communes: 0, legacy_units: 0, unit_events: 0 };

/** Loads all units with their names and events, and brings those that are there up to date. `db` is a transaction. */
export async function seedUnits(db: Database): Promise<SeededUnits> {
  const ended = { validTo: UNITS_VALID_FROM, beginKnown: false };
  await putUnits(db, [COUNTRY], COUNTRY_VALID_FROM);
  const provinces = await readLegacyProvinces();
  const hue = provinces.filter(({ code }) => code === HUE.code);
  const others = provinces.filter(({ code }) => code !== HUE.code);
  const legacy = [
    await putUnits(db, others, LEGACY_PROVINCES_VALID_FROM, ended),
    await putUnits(db, hue, HUE.validFrom, ended),
    await putUnits(db, await readLegacyDistricts(), LEGACY_VALID_FROM, ended),
    await putUnits(db, await readLegacyCommunes(), LEGACY_VALID_FROM, ended),
  ];
  return {
    provinces: await putUnits(db, await readProvinces(), UNITS_VALID_FROM),
    communes: await putUnits(db, await readCommunes(), UNITS_VALID_FROM),
    legacy_units: legacy.reduce((sum, added) => sum + added, 0),
    unit_events: await putUnitEvents(db, await readUnitEvents()),
  };
}
