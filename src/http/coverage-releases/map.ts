import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Edition } from "../../domain/coverage/release.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { BOUNDARIES_FROM } from "../../reports/boundaries.ts";
import { coverageSums } from "../../reports/coverage/sums.ts";
import { sumsGeoJson } from "../../reports/coverage-geojson.ts";
import {
  type NumberedRelease,
  releaseFile,
  releaseMembers,
} from "../../reports/coverage-releases/files.ts";
import { countFigures } from "../../reports/coverage-releases/list.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import type { ReleaseFiguresQuery } from "./figures-query.ts";
import { isKnown } from "./found.ts";

/** RFC 7946 section 12. */
export const GEOJSON_TYPE = "application/geo+json";

interface Found extends NumberedRelease {
  readonly edition: Edition;
}

/**
 * A release on the map: every sum of the provinces without an indicator, else one sum per province or commune. Throws
 * 400 where there are no boundaries, or communes are wanted without an indicator.
 */
export async function respondWithMap(
  c: Context<AppEnv>,
  deps: AppDeps,
  found: Found,
  query: ReleaseFiguresQuery,
) {
  const { level = "province", indicator } = query;
  demandBoundaries(found.edition, query);
  const whole = [indicator, query.province, query.unit].every((asked) => asked === undefined);
  if (level === "country") throw wrong("level", "must be province or commune on a map");
  if (indicator === undefined && (level === "commune" || !whole)) {
    throw wrong("indicator", "must be given, unless all provinces are wanted");
  }
  const file = whole
    ? await releaseFile(deps.db, deps.boundaries, found, "provinces.geojson")
    : null;
  const text =
    file?.text ??
    (await sumsGeoJson(deps.boundaries, {
      level,
      province: query.province,
      unit: query.unit,
      sums: await mappedSums(deps, found, { ...query, level }),
      members: releaseMembers(found.row),
    }));
  c.header("Vary", "Accept");
  if (isKnown(c, file?.sha256 ?? createHash("sha256").update(text).digest("hex"))) {
    return c.body(null, 304);
  }
  return c.body(text, 200, {
    "Content-Type": GEOJSON_TYPE,
    "Content-Disposition": `attachment; filename="coverage-${found.row.code}-${level}s.geojson"`,
  });
}

/** As the release has it: communes' sums are worked out from its figures, over the units of its day. */
async function mappedSums(
  { db }: AppDeps,
  { edition }: Found,
  query: ReleaseFiguresQuery & { readonly level: "province" | "commune" },
): Promise<readonly CoverageSum[]> {
  const { indicator = "", basis = "reported", level, province } = query;
  const versions = (await countFigures(db, edition)).filter(
    (each) => each.indicator === indicator && each.basis === basis && each.of_the_day > 0,
  );
  const version = versions.at(-1)?.indicator_version;
  if (version === undefined) throw wrong("indicator", "has no figures of this day and basis here");
  const { asOf, cut } = edition;
  return coverageSums(db, {
    indicator,
    version,
    basis,
    level,
    province,
    asOf,
    units: asOf,
    known: { cut },
  });
}

function demandBoundaries({ asOf }: Edition, { cursor, limit }: ReleaseFiguresQuery): void {
  if (cursor !== undefined) throw wrong("cursor", "is not for maps, which are whole");
  if (limit !== undefined) throw wrong("limit", "is not for maps, which are whole");
  if (asOf >= BOUNDARIES_FROM) return;
  throw new Problem(400, `The boundaries are of the units since ${BOUNDARIES_FROM}.`, {
    errors: [{ field: "query.format", detail: "take json, csv or xlsx for earlier releases" }],
  });
}

function wrong(field: string, detail: string): Problem {
  return new Problem(400, "This map can't be drawn.", {
    errors: [{ field: `query.${field}`, detail }],
  });
}
