import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../src/domain/readiness.ts";
import { createPortalMetrics, type PortalMetricsInfo } from "../../src/metrics/portal-store.ts";
import type { PortalStanding } from "../../src/reports/standings.ts";
import { START } from "../store/helpers/results.ts";
import { parseExposition } from "./parse-exposition.ts";

const info = (change: Partial<PortalMetricsInfo> = {}): PortalMetricsInfo => ({
  portal: 1,
  slug: "hanoi",
  url: "https://hanoi.gov.vn/",
  kind: "portal",
  ownerType: "province",
  counted: true,
  agency: "province-01",
  province: "01",
  ...change,
});

const standing = (change: Partial<PortalStanding> = {}): PortalStanding => ({
  portal: 1,
  url: "https://hanoi.gov.vn/",
  level: "L3",
  grade: "B",
  wrong: [
    { check: "D3", verdict: "warn" },
    { check: "H3", verdict: "warn" },
  ],
  lastAudit: 7,
  lastAuditAt: START,
  ...change,
});

/** What the store says of audits, as `name{labels but instance} value`. */
function store() {
  const metrics = createPortalMetrics({
    vantage: "local",
    intervalMs: 60_000,
    clock: () => START,
  });
  const said = async (prefix: RegExp) => {
    const { samples } = parseExposition(await new Response(metrics.scrape()).text());
    return samples
      .filter(({ name }) => prefix.test(name))
      .map(({ name, labels, value }) => {
        const shown = Object.entries(labels).filter(([label]) => label !== "instance");
        return [name, ...shown.map(([, text]) => text), value].join(" ");
      });
  };
  const ofPortals = () => said(/^portal_(ipv6|https|finding|last_audit)/);
  const counts = async (name: "portals_by_ipv6_level" | "portals_by_https_grade") =>
    (await said(new RegExp(`^${name}$`)))
      .filter((line) => !line.endsWith(" 0"))
      .map((line) => line.slice(name.length + 1));
  return { metrics, ofPortals, counts };
}

describe("what audits have come to", () => {
  test("is shown with the portal: level, grade, what does not hold, and when", async () => {
    const { metrics, ofPortals } = store();
    metrics.setPortal(info());
    expect(await ofPortals()).toEqual([]);
    metrics.setStandings([standing()]);
    expect(await ofPortals()).toEqual([
      "portal_ipv6_level hanoi 3",
      "portal_https_grade hanoi 4",
      "portal_finding hanoi D3 warn 1",
      "portal_finding hanoi H3 warn 1",
      `portal_last_audit_timestamp_seconds hanoi ${START / 1000}`,
    ]);
  });

  test.each([
    ["LX", "E", ["portal_ipv6_level hanoi -1", "portal_https_grade hanoi 1"]],
    ["L0", "A", ["portal_ipv6_level hanoi 0", "portal_https_grade hanoi 5"]],
    ["U", "U", []],
  ] as const)("at level %s and grade %s shows %j", async (level, grade, lines) => {
    const { metrics, ofPortals } = store();
    metrics.setPortal(info());
    metrics.setStandings([standing({ level, grade, wrong: [] })]);
    expect((await ofPortals()).slice(0, -1)).toEqual(lines);
  });

  test("may be known before the portal is, and comes back with it", async () => {
    const { metrics, ofPortals } = store();
    metrics.setStandings([standing()]);
    expect(await ofPortals()).toEqual([]);
    metrics.setPortal(info());
    expect(await ofPortals()).toHaveLength(5);
    metrics.removePortal(1);
    expect(await ofPortals()).toEqual([]);
    metrics.setPortal(info());
    expect(await ofPortals()).toHaveLength(5);
  });

  test("is not shown for another URL than the one that was audited", async () => {
    const { metrics, ofPortals, counts } = store();
    metrics.setPortal(info());
    metrics.setStandings([standing()]);
    metrics.setPortal(info({ url: "https://new.hanoi.gov.vn/" }));
    expect(await ofPortals()).toEqual([]);
    expect(await counts("portals_by_ipv6_level")).toEqual(["portal province U 1"]);
  });

  test("of an older audit does not replace that of a newer one", async () => {
    const { metrics, ofPortals } = store();
    metrics.setPortal(info());
    metrics.setStandings([standing({ lastAudit: 8, level: "L5" })]);
    metrics.setStandings([standing({ lastAudit: 7, level: "L1" })]);
    expect((await ofPortals())[0]).toBe("portal_ipv6_level hanoi 5");
    metrics.setStandings([standing({ lastAudit: 8, level: "L4" })]);
    expect((await ofPortals())[0]).toBe("portal_ipv6_level hanoi 4");
  });
});

describe("the counts over all portals", () => {
  test("are by kind and type of owner, with every level of those that there are", async () => {
    const { metrics, counts } = store();
    metrics.setPortal(info());
    metrics.setPortal(info({ portal: 2, slug: "hue", url: "https://hue.gov.vn/" }));
    metrics.setPortal(info({ portal: 3, slug: "moh", ownerType: "ministry", kind: "agency" }));
    metrics.setStandings([standing()]);
    expect(await counts("portals_by_ipv6_level")).toEqual([
      "portal province U 1",
      "portal province L3 1",
      "agency ministry U 1",
    ]);
    expect(await counts("portals_by_https_grade")).toEqual([
      "portal province B 1",
      "portal province U 1",
      "agency ministry U 1",
    ]);
    const { samples } = parseExposition(await new Response(metrics.scrape()).text());
    expect(samples.filter(({ name }) => name === "portals_by_ipv6_level")).toHaveLength(
      2 * READINESS_LEVELS.length,
    );
  });

  test("leave out what only forwards elsewhere, and go with the last portal of their kind", async () => {
    const { metrics, counts, ofPortals } = store();
    metrics.setStandings([standing()]);
    metrics.setPortal(info({ counted: false }));
    expect(await ofPortals()).toHaveLength(5);
    expect(await counts("portals_by_ipv6_level")).toEqual([]);
    metrics.setPortal(info());
    expect(await counts("portals_by_ipv6_level")).toEqual(["portal province L3 1"]);
    metrics.removePortal(1);
    expect(await counts("portals_by_ipv6_level")).toEqual([]);
  });

  test("are those of a recount, whatever came and went", async () => {
    const portal = fc.integer({ min: 1, max: 4 });
    const step = fc.oneof(
      fc.record({
        set: portal,
        kind: fc.constantFrom("portal" as const, "agency" as const),
        counted: fc.boolean(),
      }),
      fc.record({ remove: portal }),
      fc.record({
        stand: portal,
        level: fc.constantFrom(...READINESS_LEVELS),
        grade: fc.constantFrom(...HTTPS_GRADES),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { metrics, counts } = store();
        const portals = new Map<number, PortalMetricsInfo>();
        const levels = new Map<number, string>();
        for (const [lastAudit, one] of steps.entries()) {
          if ("set" in one) {
            const given = info({ portal: one.set, kind: one.kind, counted: one.counted });
            portals.set(one.set, given);
            metrics.setPortal(given);
          } else if ("remove" in one) {
            portals.delete(one.remove);
            metrics.removePortal(one.remove);
          } else {
            levels.set(one.stand, one.level);
            const { level, grade } = one;
            metrics.setStandings([standing({ portal: one.stand, level, grade, lastAudit })]);
          }
        }
        const recount = [...portals.values()]
          .filter(({ counted }) => counted)
          .map(({ portal: number, kind }) => `${kind} province ${levels.get(number) ?? "U"}`)
          .toSorted();
        const told = (await counts("portals_by_ipv6_level"))
          .flatMap((line) => {
            const [, labels = "", times = ""] = /^(.*) (\d+)$/.exec(line) ?? [];
            return Array.from({ length: Number(times) }, () => labels);
          })
          .toSorted();
        expect(told).toEqual(recount);
      }),
    );
  });
});
