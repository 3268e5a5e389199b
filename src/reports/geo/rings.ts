/** Longitude and latitude in degrees, WGS 84. */
export type Position = readonly [number, number];

/** Closed: the last position is the first one again. */
export type Ring = readonly Position[];

/** The rings of each polygon of a GeoJSON geometry as text, the outer one first. */
export function polygonsOf(geometry: string): readonly (readonly Ring[])[] {
  const { type, coordinates } = JSON.parse(geometry) as
    | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
  return type === "Polygon" ? [coordinates] : coordinates;
}

/** Twice the area of a ring in square degrees, above 0 where it runs against the clock. */
export function signedArea(points: Ring): number {
  return points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    return sum + (x * nextY - nextX * y);
  }, 0);
}
