import { beforeAll, describe, expect, test } from "vitest";
import { readUnits } from "./boundary-codes.ts";
import type { CoverageSum } from "../../src/domain/coverage/sum.ts";
import { createBoundaries } from "../../src/reports/boundaries.ts";
import { listedSumsGeoJson, sumsGeoJson } from "../../src/reports/coverage-geojson.ts";

type Position = [number, number];
interface Feature {
  id: string;
  properties: Record<string, unknown>;
  geometry:
    | { type: "Polygon"; coordinates: Position[][] }
    | { type: "MultiPolygon"; coordinates: Position[][][] };
}
interface Collection {
  type: string;
  attribution: string;
  release?: string;
  features: Feature[];
}

const boundaries = createBoundaries();
let communes: Collection;
let provinces: Collection;
beforeAll(async () => {
  const read = async (level: "province" | "commune") =>
    JSON.parse((await boundaries.collection(level)).text) as Collection;
  [communes, provinces] = [await read("commune"), await read("province")];
});

const polygons = ({ geometry }: Feature) =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
const area = (ring: Position[]) =>
  ring.slice(1).reduce((sum, [x, y], index) => {
    const [beforeX, beforeY] = ring[index] ?? [0, 0];
    return sum + (beforeX * y - x * beforeY);
  }, 0);
const boxOf = (feature: Feature) => {
  const points = polygons(feature).flat(2);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
};

const sum = (change: Partial<CoverageSum> = {}): CoverageSum => ({
  unit: { level: "province", code: "46", name_vi: "Huế" },
  indicator: "pop_4g",
  indicator_version: 1,
  as_of: "2026-09-30",
  basis: "reported",
  numerator: 90,
  denominator: 100,
  ratio: 0.9,
  lower: 0.5,
  upper: 0.95,
  bounds: "closed",
  reported_communes: 30,
  expected_communes: 40,
  missing_denominator: 80,
  missing: { not_reported: 10 },
  denominator_source: "report",
  operators: "all",
  recast: { exact: 0, estimated: 0, left_open: 0 },
  stated: null,
  made_up: true,
  ...change,
});

describe("the boundaries", () => {
  test("are of exactly the units of the register, each with its province", async () => {
    const register = await readUnits();
    expect(
      communes.features.map(({ id, properties }) => [id, properties["province_code"]]),
    ).toEqual(register.communes);
    expect(provinces.features.map(({ id }) => id)).toEqual(register.provinces);
  });

  test("are closed rings in degrees, outer ones against the clock (RFC 7946)", () => {
    for (const feature of [...provinces.features, ...communes.features]) {
      for (const [outer = [], ...holes] of polygons(feature)) {
        for (const ring of [outer, ...holes]) expect(ring.at(-1)).toEqual(ring[0]);
        expect([feature.id, area(outer) > 0]).toEqual([feature.id, true]);
        expect(holes.every((hole) => area(hole) < 0)).toBe(true);
      }
      const [west, south, east, north] = boxOf(feature);
      expect(west > 102 && south > 6 && east < 118 && north < 24).toBe(true);
    }
  });

  test("have Hoàng Sa with Đà Nẵng and Trường Sa with Khánh Hòa, as communes and in their provinces", () => {
    const islands = [
      ["20333", "Hoàng Sa", "48", 46, 112.7359],
      ["22736", "Trường Sa", "56", 140, 117.828],
    ] as const;
    for (const [code, name, province, parts, east] of islands) {
      const commune = communes.features.find(({ id }) => id === code);
      expect(commune?.properties).toMatchObject({ name_vi: name, province_code: province });
      expect(commune && polygons(commune).length).toBe(parts);
      const whole = provinces.features.find(({ id }) => id === province);
      expect([commune, whole].map((feature) => feature && boxOf(feature)[2])).toEqual([east, east]);
    }
  });

  test("name where they are from", () => {
    expect(communes.attribution).toContain("sapnhap.bando.com.vn");
    expect(communes.attribution).toContain("(MIT)");
  });

  test("of one province are it, and its communes", async () => {
    expect((await boundaries.of("province", "46")).map(({ code }) => code)).toEqual(["46"]);
    const own = await boundaries.of("commune", "46");
    expect(own.length).toBe(
      communes.features.filter(({ properties }) => properties["province_code"] === "46").length,
    );
    expect(await boundaries.of("commune", "99")).toEqual([]);
  });
});

describe("sums on the map", () => {
  const map = async (sums: readonly CoverageSum[], members = {}) =>
    JSON.parse(await sumsGeoJson(boundaries, { level: "province", sums, members })) as Collection;
  const propertiesOf = ({ features }: Collection, code: string) =>
    features.find(({ id }) => id === code)?.properties;

  test("are the properties of their units, beside what is said of the whole", async () => {
    const drawn = await map([sum()], { release: "2026-Q3" });
    expect(drawn).toMatchObject({ type: "FeatureCollection", release: "2026-Q3" });
    expect(propertiesOf(drawn, "46")).toMatchObject({
      code: "46",
      name_vi: "Huế",
      level: "province",
      ratio: 0.9,
      lower: 0.5,
      made_up: true,
      missing_reason: null,
    });
  });

  test("that are missing are null with the reason, never 0 and never left out", async () => {
    const nothing = { numerator: null, denominator: null, ratio: null };
    const drawn = await map([
      sum({ ...nothing, missing: { not_collected: 3, percent_only: 30, not_reported: 7 } }),
    ]);
    expect(drawn.features.length).toBe(34);
    expect(propertiesOf(drawn, "46")).toMatchObject({
      ratio: null,
      missing_reason: "percent_only",
    });
    expect(propertiesOf(drawn, "01")).toMatchObject({
      ratio: null,
      numerator: null,
      missing_reason: "not_reported",
    });
  });

  test("of several indicators are one list per unit", async () => {
    const text = await listedSumsGeoJson(boundaries, {
      level: "province",
      sums: [sum(), sum({ indicator: "pop_5g" })],
    });
    const drawn = JSON.parse(text) as Collection;
    expect(propertiesOf(drawn, "46")).toMatchObject({
      sums: [{ indicator: "pop_4g" }, { indicator: "pop_5g" }],
    });
    expect(propertiesOf(drawn, "01")).toMatchObject({ sums: [] });
  });

  test("have the same bytes each time", async () => {
    const draw = () => sumsGeoJson(createBoundaries(), { level: "province", sums: [sum()] });
    expect(await draw()).toBe(await draw());
  });
});
