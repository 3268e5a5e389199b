import { type Position, polygonsOf, type Ring, signedArea } from "./rings.ts";

/** Four decimals, as the boundaries have them: eleven metres. */
const DIGITS = 4;

/**
 * A place within a GeoJSON geometry (text), for a mark that stands for it: the middle of the widest stretch of its
 * largest part, half-way up. Unlike the middle of the box around it, it never lies in a neighbour.
 */
export function innerPoint(geometry: string): {
  readonly longitude: number;
  readonly latitude: number;
} {
  const largest =
    polygonsOf(geometry).toSorted((one, other) => areaOf(other) - areaOf(one))[0] ?? [];
  const latitudes = (largest[0] ?? []).map(([, latitude]) => latitude);
  const middle = (Math.min(...latitudes) + Math.max(...latitudes)) / 2;
  const crossings = largest.flatMap((ring) => crossingsOf(ring, middle)).toSorted((a, b) => a - b);
  let [from, to] = [Number.NaN, Number.NaN];
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    const [left = Number.NaN, right = Number.NaN] = [crossings[index], crossings[index + 1]];
    if (Number.isNaN(from) || right - left > to - from) [from, to] = [left, right];
  }
  return { longitude: rounded((from + to) / 2), latitude: rounded(middle) };
}

function areaOf([outer = []]: readonly Ring[]): number {
  return Math.abs(signedArea(outer));
}

/** Longitudes at which a ring crosses a latitude; a corner on it counts with the edge below. */
function crossingsOf(ring: Ring, latitude: number): number[] {
  return ring.flatMap(([x, y]: Position, index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    if (y > latitude === nextY > latitude) return [];
    return [x + ((latitude - y) / (nextY - y)) * (nextX - x)];
  });
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DIGITS));
}
