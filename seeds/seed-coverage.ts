import { putDenominatorKinds, putIndicators, putTargets } from "../src/store/coverage-reference.ts";
import { putRegions } from "../src/store/coverage-regions.ts";
import { putSources } from "../src/store/coverage-sources.ts";
import type { Database } from "../src/store/database.ts";
import {
  readDenominatorKinds,
  readIndicators,
  readRegions,
  readSources,
  readTargets,
} from "./read-coverage.ts";

/** The files that indicators, targets, regions and sources are in. */
export const COVERAGE_FILES = [
  "denominator_kinds.csv",
  "indicators.csv",
  "coverage_targets.csv",
  "coverage_sources.csv",
  "regions.csv",
  "region_members.csv",
] as const;

/** The files that published figures are in, and what their names mean. */
export const PUBLISHED_FILES = [
  "published_coverage_figures.csv",
  "published_coverage_indicators.csv",
] as const;

/** How many rows of the coverage register's reference data were added or changed. */
export interface SeededCoverage {
  readonly indicators: number;
  /** Versions that have figures and would have come to mean something else: they were left as they were. */
  readonly indicators_kept: number;
  readonly targets: number;
  readonly regions: number;
  readonly sources: number;
}

/** What loading them comes to where they are there already. */
export const NO_COVERAGE: SeededCoverage = {
  indicators: 0,
  indicators_kept: 0,
  targets: 0,
  regions: 0,
  sources: 0,
};

/** Brings indicators, targets, regions and sources up to date. `db` is a transaction, and units are loaded. */
export async function seedCoverage(db: Database): Promise<SeededCoverage> {
  const kinds = await putDenominatorKinds(db, await readDenominatorKinds());
  const indicators = await putIndicators(db, await readIndicators());
  return {
    indicators: kinds + indicators.put,
    indicators_kept: indicators.kept.length,
    targets: await putTargets(db, await readTargets()),
    regions: await putRegions(db, await readRegions()),
    sources: await putSources(db, await readSources()),
  };
}
