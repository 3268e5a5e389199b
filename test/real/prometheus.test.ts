import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { programs } from "./programs.ts";
import { until } from "./support/child.ts";
import { complaint, ROWS } from "./support/defects.ts";
import { type Demo, startDemo } from "./support/demo.ts";
import { parseExposition, type Sample } from "./support/exposition.ts";
import { checkMetrics, type Prometheus, startPrometheus } from "./support/prometheus.ts";

/** Enough for several rounds of the demo's faster interval, the slowest defect's deadline included. */
const ALL_PROBED_WITHIN_MS = 90_000;

let demo: Demo;

/** The rows whose defect the samples do not tell, with what they tell instead. */
function complaints(samples: readonly Sample[]): string[] {
  return ROWS.flatMap((row) => complaint(row, samples) ?? []);
}

/** At most 200 samples of each name: a newer promtool takes minutes over those of thousands of communes. */
function fewOfEach(exposition: string): string {
  const seen = new Map<string, number>();
  const kept = exposition.split("\n").filter((line) => {
    const [, name] = /^(\w+)\{/.exec(line) ?? [];
    if (name === undefined) return true;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count <= 200;
  });
  return kept.join("\n");
}

beforeAll(async () => {
  demo = await startDemo();
  let last: string[] = [];
  await until("every portal of the lab is probed", ALL_PROBED_WITHIN_MS, async () => {
    last = complaints(parseExposition(await demo.read("/metrics/portals")));
    return last.length === 0 ? true : null;
  }).catch((cause: unknown) => {
    throw new Error(`the demo's series do not tell:\n${last.join("\n")}`, { cause });
  });
}, ALL_PROBED_WITHIN_MS + 60_000);

afterAll(async () => {
  await demo?.stop();
});

describe.each(Object.entries(programs().prometheus))("Prometheus %s", (_version, folder) => {
  test.each(["/metrics/portals", "/metrics", "/metrics/coverage"])(
    "promtool has no complaint about %s",
    async (path) => {
      const exposition = fewOfEach(await demo.read(path));
      expect(await checkMetrics(folder, exposition)).toEqual({ code: 0, words: "" });
    },
  );

  describe("scraping the demo", () => {
    let prometheus: Prometheus;

    beforeAll(async () => {
      prometheus = await startPrometheus(folder, demo.url);
    });

    afterAll(async () => {
      await prometheus?.stop();
    });

    test("stores series that tell every lab portal's defect over each family", async () => {
      const names = "probe_success|probe_results_total|probe_failures_total";
      const found = await prometheus.query(`{__name__=~"${names}", job="portals"}`);
      expect(complaints(found)).toEqual([]);
    });

    test("keeps the portal's URL as the instance, so that dashboards for blackbox_exporter fit", async () => {
      const instances = await prometheus.query(
        'count by (instance) (probe_success{job="portals"})',
      );
      const schemes = new Set(
        instances.map(({ labels }) => new URL(labels.instance ?? "").protocol),
      );
      expect(schemes).toEqual(new Set(["https:", "http:"]));
    });

    test("can join what a portal is to how it does", async () => {
      const joined = await prometheus.query(
        'portal_state * on (instance, portal) group_left (kind, agency) portal_info{kind="national-platform"}',
      );
      expect(joined.length).toBeGreaterThan(0);
      expect(joined.every(({ labels }) => labels.agency !== undefined)).toBe(true);
    });

    test("sees the service's own counters and both families of this place as healthy", async () => {
      const healthy = await prometheus.query("prober_vantage_healthy == 1");
      expect(new Set(healthy.map(({ labels }) => labels.family))).toEqual(new Set(["ip4", "ip6"]));
      const runs = await prometheus.query("sum(prober_results_total) > 0");
      expect(runs).toHaveLength(1);
    });
  });
});
