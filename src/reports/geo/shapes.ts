import { createHash } from "node:crypto";
import {
  BOUNDARIES_ORIGIN,
  type Boundaries,
  type Boundary,
  feature,
  featureCollection,
} from "../boundaries.ts";
import { innerPoint } from "./inner-point.ts";
import { outlineOf } from "./outline.ts";

/** A file for maps, as text, with its SHA-256 in hexadecimal digits. */
export interface Shape {
  readonly text: string;
  readonly sha256: string;
}

/** Files for the maps of others: GeoJSON whose top-level ids are codes, and places of communes. Each is made once. */
export interface Shapes {
  readonly provinces: () => Promise<Shape>;
  /** One feature: what lies around all provinces, archipelagos included. */
  readonly outline: () => Promise<Shape>;
  /** The communes of a province; null for a code that no province has. */
  readonly communes: (province: string) => Promise<Shape | null>;
  /** Where each commune is: `[{"key": code, "name", "latitude", "longitude", "origin"}]`, Grafana's form of a gazetteer. */
  readonly gazetteer: () => Promise<Shape>;
}

/** What is around the whole country has this id, its code in ISO 3166-1. */
const COUNTRY = "VN";

/** Files made from these boundaries. */
export function createShapes(boundaries: Boundaries): Shapes {
  const kept = new Map<string, Promise<Shape | null>>();
  const once = <Made extends Shape | null>(name: string, make: () => Promise<Made>) => {
    const known = kept.get(name) as Promise<Made> | undefined;
    if (known) return known;
    const made = make();
    // One that fails, as where the files are not there yet, is made again when it is next asked for.
    made.catch(() => kept.delete(name));
    kept.set(name, made);
    return made;
  };
  return {
    provinces: () => once("provinces", () => boundaries.collection("province")),
    outline: () => once("outline", async () => outline(await boundaries.of("province"))),
    communes: (province) =>
      once(`communes of ${province}`, async () => {
        const known = await boundaries.of("province", province);
        return known.length === 0 ? null : boundaries.collection("commune", province);
      }),
    gazetteer: () => once("gazetteer", async () => gazetteer(await boundaries.of("commune"))),
  };
}

function outline(provinces: readonly Boundary[]): Shape {
  const rings = outlineOf(provinces.map(({ geometry }) => geometry));
  const geometry = JSON.stringify({
    type: "MultiPolygon",
    coordinates: rings.map((ring) => [ring]),
  });
  const country = { code: COUNTRY, province: null, nameVi: "Việt Nam", geometry };
  const properties = { level: "country", code: COUNTRY, name_vi: "Việt Nam", name_en: "Viet Nam" };
  return shape(featureCollection([feature(country, properties)], {}));
}

function gazetteer(communes: readonly Boundary[]): Shape {
  const places = communes.map(({ code: key, nameVi: name, geometry }) => ({
    key,
    name,
    ...innerPoint(geometry),
    origin: BOUNDARIES_ORIGIN,
  }));
  return shape(`[\n${places.map((place) => JSON.stringify(place)).join(",\n")}\n]\n`);
}

function shape(text: string): Shape {
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}
