import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Boundary, createBoundaries } from "../../../src/reports/boundaries.ts";
import { innerPoint } from "../../../src/reports/geo/inner-point.ts";
import { outlineOf } from "../../../src/reports/geo/outline.ts";
import { polygonsOf, type Ring, signedArea } from "../../../src/reports/geo/rings.ts";

/** Special zones that lie far from the coast: Hoàng Sa and Trường Sa. */
const ARCHIPELAGOS = ["20333", "22736"];

let provinces: readonly Boundary[];
let communes: readonly Boundary[];
beforeAll(async () => {
  const boundaries = createBoundaries();
  [provinces, communes] = [await boundaries.of("province"), await boundaries.of("commune")];
});

const total = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + signedArea(ring), 0);

/** Whether a point lies in a ring, by how often a ray to the east leaves it. */
function isInside(ring: Ring, [x, y]: readonly [number, number]): boolean {
  let inside = false;
  for (const [index, [fromX, fromY]] of ring.entries()) {
    const [toX, toY] = ring[index + 1] ?? [fromX, fromY];
    if (fromY > y === toY > y) continue;
    if (x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
  }
  return inside;
}

const square = (x: number, y: number): Ring => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
];
const polygon = (ring: Ring) => JSON.stringify({ type: "Polygon", coordinates: [ring] });

describe("the outline", () => {
  test("of any squares of a grid covers just as much as they do, with closed rings against the clock", () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));
    const cells = fc.uniqueArray(cell, { selector: ([x, y]) => `${x},${y}` });
    fc.assert(
      fc.property(cells, (all) => {
        const squares = all.map(([x, y]) => square(x, y));
        const rings = outlineOf(squares.map(polygon));
        for (const ring of rings) expect(ring.at(-1)).toEqual(ring[0]);
        // Each square lies within; what rings enclose beside them are holes of the grid.
        for (const [x, y] of all) {
          expect(rings.some((ring) => isInside(ring, [x + 0.5, y + 0.5]))).toBe(true);
        }
        expect(total(rings)).toBeGreaterThanOrEqual(total(squares) - 1e-9);
      }),
    );
  });

  test("of the country has no border between provinces, and loses nothing of them", () => {
    const rings = outlineOf(provinces.map(({ geometry }) => geometry));
    const parts = provinces.flatMap(({ geometry }) =>
      polygonsOf(geometry).map(([ring]) => ring ?? []),
    );
    expect(total(rings)).toBeCloseTo(total(parts), 2);
    expect(rings.length).toBeLessThan(parts.length);
    const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
    expect(corners).toBeLessThan(parts.reduce((sum, ring) => sum + ring.length, 0) * 0.6);
  });

  test("of the country has Hoàng Sa and Trường Sa", () => {
    const rings = outlineOf(provinces.map(({ geometry }) => geometry));
    for (const code of ARCHIPELAGOS) {
      const own = communes.find((commune) => commune.code === code);
      const parts = polygonsOf(own?.geometry ?? "").map(([ring = []]) => ring);
      const [point = [0, 0]] = parts[0] ?? [];
      const near = rings.some((ring) =>
        ring.some(([x, y]) => Math.hypot(x - point[0], y - point[1]) < 0.1),
      );
      expect([code, near]).toEqual([code, true]);
    }
  });
});

describe("the place of a unit", () => {
  test("lies within it, for every commune", () => {
    const outside = communes.filter(({ geometry }) => {
      const { longitude, latitude } = innerPoint(geometry);
      return !polygonsOf(geometry).some(([ring = []]) => isInside(ring, [longitude, latitude]));
    });
    expect(outside.map(({ code }) => code)).toEqual([]);
    expect(communes.length).toBeGreaterThan(3000);
  });

  test("lies beside the hole of one that has a hole in its middle", () => {
    const around: Ring = [
      [0, 0],
      [9, 0],
      [9, 3],
      [0, 3],
      [0, 0],
    ];
    const hole: Ring = [
      [2, 1],
      [2, 2],
      [4, 2],
      [4, 1],
      [2, 1],
    ];
    const geometry = JSON.stringify({ type: "Polygon", coordinates: [around, hole] });
    expect(innerPoint(geometry)).toEqual({ longitude: 6.5, latitude: 1.5 });
  });
});
