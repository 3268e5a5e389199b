import { describe, expect, test } from "vitest";
import { behaviourOf } from "../../lab/behaviour.ts";
import { CATALOGUE, plansFor } from "../../lab/catalogue/all.ts";
import { FRESH_WORDS } from "../../lab/page-body.ts";
import { hostOf, portalOf } from "../../lab/portal.ts";
import { FAILURES, type FailureSource } from "../../src/domain/failure.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import type { Outcome } from "../../src/domain/observation.ts";

const PORTALS = CATALOGUE.map((plan, number) => portalOf(plan, number, 20_000, false));

/** Only faults of a portal make a run fail or degraded. */
const SOURCES: Readonly<Record<Outcome, readonly (FailureSource | null)[]>> = {
  ok: [null],
  no_address: [null],
  degraded: ["target"],
  fail: ["target"],
  unknown: ["resolver", "internal"],
  skipped: [],
};

describe("the catalogue of the lab", () => {
  test("ids and hosts are unique, and hosts lie under a reserved name", () => {
    expect(new Set(PORTALS.map(({ id }) => id)).size).toBe(PORTALS.length);
    expect(new Set(PORTALS.map(({ host }) => host)).size).toBe(PORTALS.length);
    for (const { host } of PORTALS) expect(host).toMatch(/^[a-z0-9-]+\.(?:lab|third-party)\.test$/);
  });

  test("names and agencies are marked as made up, in both languages", () => {
    for (const { nameVi, nameEn, agency, defect } of PORTALS) {
      expect(nameVi).toMatch(/^Cổng thử: .+ \(bịa\)$/);
      expect(nameEn).toMatch(/^Made-up portal: .+/);
      expect(agency).toMatch(/\(bịa\)$/);
      expect(defect).toMatch(/\.$/);
    }
  });

  test("each expected failure has the source of the closed list, and each outcome fits its source", () => {
    const seen = PORTALS.flatMap(({ expect: both, alternate }) =>
      [both, alternate ?? both].flatMap((each) => FAMILIES.map((family) => each[family])),
    );
    for (const { outcome, failure, source } of seen) {
      expect(source).toBe(failure === null ? null : FAILURES[failure].source);
      expect(SOURCES[outcome]).toContain(source);
    }
  });

  test("every failure of a portal or its resolver is played by some portal", () => {
    const played = new Set(
      PORTALS.flatMap(({ expect: both }) => FAMILIES.map((family) => both[family].failure)),
    );
    const notPlayed = Object.entries(FAILURES)
      .filter(([kind, { source }]) => source !== "internal" && !played.has(kind as never))
      .map(([kind]) => kind);
    // These need more than a portal: a reset between SYN and accept, a missing route, a lab without a resolver.
    expect(notPlayed).toEqual(["resolver_unusable", "connect_reset", "network_unreachable"]);
  });

  test("every behaviour is a valid departure from health, and redirects and pages lead to portals of the lab", () => {
    for (const plan of CATALOGUE) {
      expect(behaviourOf(plan.behaviour)).toHaveProperty("ip6.tcp");
      const names = Array.from(
        JSON.stringify(plan.behaviour).matchAll(/\{([a-z0-9-]+)\}/g),
        ([, name]) => name!,
      );
      const targets = new Set(names.filter((name) => !FRESH_WORDS.includes(name)));
      expect([...targets].sort()).toEqual([...(plan.needs ?? [])].sort());
    }
  });

  test("the kinds of portals are all played", () => {
    expect(new Set(PORTALS.map(({ kind }) => kind)).size).toBeGreaterThan(2);
  });

  test("the Vietnamese host is the punycode of its name", () => {
    const [idn] = plansFor(["idn"]);
    expect(hostOf(idn!)).toBe(new URL("https://cổng-thử.lab.test/").hostname);
  });
});
