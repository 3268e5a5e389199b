import type { CoverageSum, MissingReason } from "../domain/coverage/sum.ts";
import { MISSING_REASONS } from "../domain/coverage/sum.ts";
import {
  type Boundaries,
  type BoundaryLevel,
  feature,
  featureCollection,
  unitProperties,
} from "./boundaries.ts";

/** What of the map is wanted. */
export interface GeoJsonRequest {
  readonly level: BoundaryLevel;
  /** Code of a province: only it, or only its communes. */
  readonly province?: string | undefined;
  /** Code of the only unit that is wanted. */
  readonly unit?: string | undefined;
  /** One sum per unit at most, of units that were there since the boundaries were drawn. */
  readonly sums: readonly CoverageSum[];
  /** What else stands in the collection: release, licence, … */
  readonly members?: object | undefined;
}

/**
 * Sums on the map: a GeoJSON FeatureCollection (RFC 7946) as text with one feature for every unit of the level, by
 * code, whose properties are the unit and the fields of its sum. What is missing is null, and `missing_reason` says
 * why. Equal sums give equal bytes.
 */
export async function sumsGeoJson(
  boundaries: Boundaries,
  { level, province, unit, sums, members = {} }: GeoJsonRequest,
): Promise<string> {
  const byCode = new Map(sums.map((sum) => [sum.unit.code, sum]));
  const wanted = (await boundaries.of(level, province)).filter(
    ({ code }) => unit === undefined || code === unit,
  );
  const features = wanted.map((boundary) =>
    feature(boundary, {
      ...unitProperties(level, boundary),
      ...sumProperties(byCode.get(boundary.code)),
    }),
  );
  return featureCollection(features, members);
}

/** The same with all sums of a unit in one list, `sums`, for several indicators at once. */
export async function listedSumsGeoJson(
  boundaries: Boundaries,
  { level, province, sums, members = {} }: GeoJsonRequest,
): Promise<string> {
  const byCode = Map.groupBy(sums, ({ unit }) => unit.code);
  const features = (await boundaries.of(level, province)).map((boundary) =>
    feature(boundary, {
      ...unitProperties(level, boundary),
      sums: (byCode.get(boundary.code) ?? []).map(sumProperties),
    }),
  );
  return featureCollection(features, members);
}

const NOTHING = {
  indicator: null,
  indicator_version: null,
  as_of: null,
  basis: null,
  numerator: null,
  denominator: null,
  ratio: null,
  lower: null,
  upper: null,
  bounds: "none",
  reported_communes: 0,
  expected_communes: null,
  missing_denominator: null,
  missing: {},
  denominator_source: null,
  operators: null,
  recast: null,
  stated: null,
  made_up: false,
} satisfies { [Field in Exclude<keyof CoverageSum, "unit">]: unknown };

function sumProperties(sum: CoverageSum | undefined) {
  if (sum === undefined) return { ...NOTHING, missing_reason: "not_reported" };
  const { unit: _unit, ...fields } = sum;
  return { ...fields, missing_reason: sum.numerator === null ? reasonOf(sum) : null };
}

/** The reason that most of what is missing has. */
function reasonOf({ missing }: CoverageSum): MissingReason {
  const [first = "not_reported"] = MISSING_REASONS.filter((reason) => missing[reason]).toSorted(
    (one, other) => (missing[other] ?? 0) - (missing[one] ?? 0),
  );
  return first;
}
