import { describe, expect, test } from "vitest";
import type { CoverageSum } from "../../src/domain/coverage/sum.ts";
import { createCoverageMetrics } from "../../src/metrics/coverage-store.ts";
import type { CoverageMetricsData } from "../../src/reports/coverage/metrics-data.ts";

function sum(
  level: "country" | "province" | "commune",
  code: string,
  change: Partial<CoverageSum> = {},
) {
  return {
    unit: { level, code, name_vi: "x" },
    indicator: "pop_4g",
    numerator: 80,
    ratio: 0.8,
    lower: 0.7,
    upper: 0.9,
    reported_communes: 3000,
    expected_communes: 3321,
    made_up: false,
    ...change,
  } as CoverageSum;
}

const TARGET = {
  code: "qd-1",
  indicator_code: "pop_5g",
  level: "country",
  threshold: 0.99,
  threshold_kind: "ratio",
};

const DATA = {
  indicators: [
    {
      indicator: "pop_4g",
      asOf: "2026-09-30",
      sums: [
        sum("country", "VN"),
        sum("province", "46", {
          numerator: null,
          ratio: null,
          lower: 0,
          upper: 1,
          reported_communes: 0,
        }),
        sum("commune", "00004", { ratio: 1, lower: 1, upper: 1, made_up: true }),
      ],
    },
  ],
  units: [
    { unit: "VN", level: "country", province: "", name: "Việt Nam" },
    { unit: "24097", level: "commune", province: "66", name: String.raw`Xã Cư M'gar "\ ` },
  ],
  targets: [TARGET, { ...TARGET, code: "rank", threshold: 50, threshold_kind: "rank" }],
} as unknown as CoverageMetricsData;

const scrape = (metrics: ReturnType<typeof createCoverageMetrics>) =>
  new Response(metrics.scrape()).text();
const linesOf = async (metrics: ReturnType<typeof createCoverageMetrics>) =>
  (await scrape(metrics)).split("\n").filter((line) => line !== "" && !line.startsWith("#"));

describe("the series of coverage", () => {
  test("are the names and labels of the contract, without a share where nothing is reported", async () => {
    const metrics = createCoverageMetrics();
    await metrics.set(DATA);
    expect(await linesOf(metrics)).toEqual([
      'coverage_unit_info{unit="VN",level="country",province="",name="Việt Nam"} 1',
      String.raw`coverage_unit_info{unit="24097",level="commune",province="66",name="Xã Cư M'gar \"\\ "} 1`,
      'coverage_target_ratio{target="qd-1",indicator="pop_5g",level="country"} 0.99',
      'coverage_ratio{indicator="pop_4g",level="country",unit="VN"} 0.8',
      'coverage_ratio{indicator="pop_4g",level="commune",unit="00004"} 1',
      'coverage_ratio_lower{indicator="pop_4g",level="country",unit="VN"} 0.7',
      'coverage_ratio_lower{indicator="pop_4g",level="commune",unit="00004"} 1',
      'coverage_ratio_upper{indicator="pop_4g",level="country",unit="VN"} 0.9',
      'coverage_ratio_upper{indicator="pop_4g",level="commune",unit="00004"} 1',
      'coverage_reported_communes{indicator="pop_4g",level="country",unit="VN"} 3000',
      'coverage_reported_communes{indicator="pop_4g",level="province",unit="46"} 0',
      'coverage_expected_communes{indicator="pop_4g",level="country",unit="VN"} 3321',
      'coverage_expected_communes{indicator="pop_4g",level="province",unit="46"} 3321',
      'coverage_as_of_timestamp_seconds{indicator="pop_4g"} 1790726400',
      'coverage_made_up{indicator="pop_4g"} 1',
    ]);
  });

  test("count no communes of a unit that lies below the level that is reported", async () => {
    const metrics = createCoverageMetrics();
    const nothing = { numerator: null, ratio: null, reported_communes: 0, expected_communes: 0 };
    const sums = [sum("province", "46", nothing)];
    const indicators = [{ indicator: "pop_4g", asOf: "2026-09-30", sums }];
    await metrics.set({ indicators, units: [], targets: [] });
    expect((await scrape(metrics)).split("\n")).not.toContainEqual(
      expect.stringMatching(/^coverage_(reported|expected)_communes\{/),
    );
  });

  test("have help and type from the first scrape on, and go with their figures", async () => {
    const metrics = createCoverageMetrics();
    const before = await scrape(metrics);
    expect(before).toContain("# TYPE coverage_ratio gauge\n");
    await metrics.set(DATA);
    await metrics.set({ indicators: [], units: [], targets: [] });
    expect(await scrape(metrics)).toBe(before);
  });
});
