import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FAMILIES } from "../../src/domain/family.ts";
import { OUTCOMES } from "../../src/domain/observation.ts";
import { createPortalMetrics, type PortalMetricsInfo } from "../../src/metrics/portal-store.ts";
import { result, START } from "../store/helpers/results.ts";

const PROVINCES = [null, "01", "46"] as const;

const info = (portal: number, province: string | null): PortalMetricsInfo => ({
  portal,
  slug: `p${portal}`,
  url: `https://p${portal}.gov.vn/`,
  kind: "portal",
  ownerType: "province",
  counted: true,
  agency: "agency",
  province,
});

const store = () =>
  createPortalMetrics({ vantage: "local", intervalMs: 60_000, clock: () => START });

const run = fc.record({
  portal: fc.integer({ min: 1, max: 6 }),
  family: fc.constantFrom(...FAMILIES),
  outcome: fc.constantFrom(...OUTCOMES),
  attempt: fc.constantFrom(0, 1),
});

test("every scheduled run that could tell counts once, in the province of its portal, unless it is in maintenance", () => {
  fc.assert(
    fc.property(fc.array(run), fc.array(fc.integer({ min: 1, max: 6 })), (runs, maintained) => {
      const metrics = store();
      for (let portal = 1; portal <= 6; portal += 1)
        metrics.setPortal(info(portal, PROVINCES[portal % 3] ?? null));
      metrics.setMaintained(maintained);
      for (const each of runs) metrics.record(result(each));
      const told = runs.filter(
        ({ portal, attempt, outcome }) =>
          attempt === 0 &&
          !maintained.includes(portal) &&
          ["ok", "degraded", "fail"].includes(outcome),
      );
      const expected = PROVINCES.map((province) => {
        const own = told.filter(({ portal }) => (PROVINCES[portal % 3] ?? null) === province);
        const bad = own.filter(({ outcome }) => outcome === "fail").length;
        return { province: province ?? "", good: own.length - bad, bad };
      });
      expect(metrics.provinceResults()).toHaveLength(3);
      expect(metrics.provinceResults()).toEqual(expect.arrayContaining(expected));
    }),
  );
});

test("a province is there at 0 from its first portal on, keeps its counts, and goes with its last", () => {
  const metrics = store();
  expect(metrics.provinceResults()).toEqual([]);
  metrics.setPortal(info(1, "01"));
  expect(metrics.provinceResults()).toEqual([{ province: "01", good: 0, bad: 0 }]);
  metrics.record(result({ outcome: "fail" }));
  metrics.setPortal({ ...info(1, "01"), kind: "agency" });
  expect(metrics.provinceResults()).toEqual([{ province: "01", good: 0, bad: 1 }]);
  metrics.setPortal(info(1, "46"));
  expect(metrics.provinceResults()).toEqual([{ province: "46", good: 0, bad: 0 }]);
  metrics.removePortal(1);
  metrics.removePortal(1);
  expect(metrics.provinceResults()).toEqual([]);
});
