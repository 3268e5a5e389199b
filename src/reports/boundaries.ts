import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import type { Day } from "../domain/calendar.ts";
import { type Ring, signedArea } from "./geo/rings.ts";

/** Levels whose units have boundaries here. */
export const BOUNDARY_LEVELS = ["province", "commune"] as const;

export type BoundaryLevel = (typeof BOUNDARY_LEVELS)[number];

/** The units that the boundaries are of came about on this day; codes of earlier ones mean other places. */
export const BOUNDARIES_FROM: Day = "2025-07-01";

/** Named wherever a boundary is shown (seeds/boundaries/PROVENANCE.md). */
export const BOUNDARIES_ATTRIBUTION =
  "Ranh giới: sapnhap.bando.com.vn, qua github.com/thanglequoc/vietnamese-provinces-database (MIT); đã giản lược, chỉ để hiển thị. Boundaries: sapnhap.bando.com.vn, through github.com/thanglequoc/vietnamese-provinces-database (MIT); simplified, for display only.";

/** The same in short, for what has no room for more. */
export const BOUNDARIES_ORIGIN = "sapnhap.bando.com.vn";

/** The boundary of one unit. */
export interface Boundary {
  readonly code: string;
  /** Of a commune: the code of its province. */
  readonly province: string | null;
  readonly nameVi: string;
  /** A GeoJSON geometry as text, WGS 84, rings as RFC 7946 section 3.1.6 wants them. */
  readonly geometry: string;
}

/** Boundaries of present units, read once and kept as text: nothing here computes with them. */
export interface Boundaries {
  /** By code; `province`: only it, or only its communes. */
  readonly of: (level: BoundaryLevel, province?: string) => Promise<readonly Boundary[]>;
  /** The same as a GeoJSON FeatureCollection without figures, with its SHA-256 in hexadecimal digits. */
  readonly collection: (
    level: BoundaryLevel,
    province?: string,
  ) => Promise<{ readonly text: string; readonly sha256: string }>;
}

/** Opens the boundaries of seeds/boundaries/; the files are read when they are first asked for. */
export function createBoundaries(): Boundaries {
  const read = new Map<BoundaryLevel, Promise<readonly Boundary[]>>();
  const of = async (level: BoundaryLevel, province?: string) => {
    const reading = read.get(level) ?? readBoundaries(level);
    read.set(level, reading);
    const all = await reading;
    return province === undefined
      ? all
      : all.filter((each) => (each.province ?? each.code) === province);
  };
  return {
    of,
    async collection(level, province) {
      const text = featureCollection(
        (await of(level, province)).map((boundary) =>
          feature(boundary, unitProperties(level, boundary)),
        ),
        {},
      );
      return { text, sha256: createHash("sha256").update(text).digest("hex") };
    },
  };
}

/** What a feature says of its unit. */
export function unitProperties(level: BoundaryLevel, { code, province, nameVi }: Boundary) {
  return {
    level,
    code,
    name_vi: nameVi,
    ...(province === null ? {} : { province_code: province }),
  };
}

/** A GeoJSON feature as text; its id is the code of its unit. */
export function feature({ code, geometry }: Boundary, properties: object): string {
  return `{"type":"Feature","id":${JSON.stringify(code)},"properties":${JSON.stringify(properties)},"geometry":${geometry}}`;
}

/** Features as a FeatureCollection (RFC 7946), one per line, with the origin of their boundaries and what else is given. */
export function featureCollection(features: readonly string[], members: object): string {
  const head = JSON.stringify({
    type: "FeatureCollection",
    attribution: BOUNDARIES_ATTRIBUTION,
    ...members,
  });
  return `${head.slice(0, -1)},"features":[\n${features.join(",\n")}\n]}\n`;
}

const FILES: Readonly<Record<BoundaryLevel, string>> = {
  province: "provinces.geojson",
  commune: "communes.geojson",
};

/** What our own files hold (test/reports/boundaries.test.ts). */
interface BoundaryFile {
  readonly features: readonly {
    readonly properties: {
      readonly code: string;
      readonly name_vi: string;
      readonly province_code?: string;
    };
    readonly geometry:
      | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
      | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
  }[];
}

async function readBoundaries(level: BoundaryLevel): Promise<readonly Boundary[]> {
  const file = new URL(`../../seeds/boundaries/${FILES[level]}`, import.meta.url);
  const { features } = JSON.parse(await readFile(file, "utf8")) as BoundaryFile;
  return features
    .map(({ properties, geometry }) => ({
      code: properties.code,
      province: properties.province_code ?? null,
      nameVi: properties.name_vi,
      geometry: JSON.stringify(
        geometry.type === "Polygon"
          ? { ...geometry, coordinates: wound(geometry.coordinates) }
          : { ...geometry, coordinates: geometry.coordinates.map(wound) },
      ),
    }))
    .toSorted((one, other) => (one.code < other.code ? -1 : 1));
}

/** The outer ring against the clock, holes with it. */
function wound(polygon: readonly Ring[]): Ring[] {
  return polygon.map((points, index) =>
    signedArea(points) > 0 === (index === 0) ? points : points.toReversed(),
  );
}
