import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Day } from "../../domain/calendar.ts";
import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { BOUNDARIES_FROM } from "../../reports/boundaries.ts";
import { sumsGeoJson } from "../../reports/coverage-geojson.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import { isKnown } from "./found.ts";
import { GEOJSON_TYPE } from "./map.ts";

/** Sums of the present register, of one indicator. */
export interface MappedSums {
  readonly indicator: string;
  readonly asOf: Day;
  /** The day whose units they are of. */
  readonly units: Day;
  readonly level: UnitLevel;
  readonly province?: string | undefined;
  /** The only unit that was asked about: others are not on the map, where they would seem to be missing. */
  readonly unit?: string | undefined;
  readonly sums: readonly CoverageSum[];
}

/** Sums on the map, whole. Throws 400 for the country, and for units that had ended before the boundaries were drawn. */
export async function respondWithSumsMap(
  c: Context<AppEnv>,
  { boundaries }: Pick<AppDeps, "boundaries">,
  { indicator, asOf, units, level, province, unit, sums }: MappedSums,
) {
  if (level === "country") throw wrong("level", "must be province or commune on a map");
  if (units < BOUNDARIES_FROM) {
    throw wrong("units", `must be ${BOUNDARIES_FROM} or later: boundaries are of the units since`);
  }
  const text = await sumsGeoJson(boundaries, {
    level,
    province,
    unit,
    sums,
    members: { as_of: asOf, units, made_up: sums.some(({ made_up }) => made_up) },
  });
  c.header("Vary", "Accept");
  if (isKnown(c, createHash("sha256").update(text).digest("hex"))) return c.body(null, 304);
  return c.body(text, 200, {
    "Content-Type": GEOJSON_TYPE,
    "Content-Disposition": `attachment; filename="coverage-${indicator}-${asOf}-${level}s.geojson"`,
  });
}

function wrong(field: string, detail: string): Problem {
  return new Problem(400, "This map can't be drawn.", {
    errors: [{ field: `query.${field}`, detail }],
  });
}
