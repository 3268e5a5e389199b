import { describe, expect, test } from "vitest";
import { COVERAGE_BOARD } from "../../dashboards/boards/coverage.ts";
import { dashboardOf } from "../../dashboards/kit/board.ts";
import { withMapFiles } from "../../dashboards/kit/geomap.ts";
import { BOUNDARIES_ORIGIN } from "../../src/reports/boundaries.ts";

const SERVICE = "https://service.example";

const maps = (withMapFiles(dashboardOf(COVERAGE_BOARD, "vi"), SERVICE).panels ?? []).filter(
  ({ type }) => type === "geomap",
);

describe("the maps of the coverage dashboard", () => {
  test("are there for provinces and for communes", () => {
    expect(maps).toHaveLength(2);
  });

  test("load every file from the service, and no map of anybody else", () => {
    for (const map of maps) {
      const text = JSON.stringify("options" in map ? map.options : null);
      const urls = [...text.matchAll(/"(?:src|gazetteer|url)":"([^"]+)"/g)].map(([, url]) => url);
      expect(urls).toHaveLength(2);
      for (const url of urls) expect(url).toMatch(`${SERVICE}/geo/`);
      // Grafana draws its own tiles where the lowest layer has another type or none.
      expect(text).toContain('"basemap":{"type":"geojson"');
      expect(text).not.toContain("$");
    }
  });

  test("name where the boundaries are from", () => {
    for (const map of maps) expect(map.title).toContain(BOUNDARIES_ORIGIN);
  });

  test("take the unit and its value from columns that the query brings", () => {
    for (const map of maps) {
      const text = JSON.stringify("options" in map ? map.options : null);
      expect(text).toMatch(/"(?:idField|lookup)":"unit"/);
      expect(text).toContain('"field":"Value"');
    }
  });
});
