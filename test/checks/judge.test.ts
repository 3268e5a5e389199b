import { describe, expect, test } from "vitest";
import { CHECKS, CURRENT_RULES, judge, RULE_SETS, ruleSet } from "../../src/checks/index.ts";
import { CHECK_IDS } from "../../src/domain/finding.ts";
import type { Check } from "../../src/checks/check.ts";
import { findingOf } from "./support/describe-check.ts";
import { one } from "./support/parts.ts";
import { http, portal } from "./support/portal.ts";

const options = { rules: CURRENT_RULES, history: null };

describe("judging an audit", () => {
  test("runs every check there is and stores the version of the rules", () => {
    expect(CHECKS.map(({ id }) => id)).toEqual([...CHECK_IDS]);
    expect(judge(portal(), options).ruleset).toBe("2026-11");
  });

  test("gives one finding for each thing that a check is about, whatever was seen", () => {
    const keys = CHECKS.flatMap(({ id, about }) => about.map((family) => `${id} ${family}`));
    const { findings } = judge(portal(), options);
    expect(findings.map(({ check, family }) => `${check} ${family}`)).toEqual(keys);
  });

  test("takes a check that throws for a fault of ours and returns it", () => {
    const error = new Error("a bug");
    const broken: Check = {
      id: "W5",
      about: ["ip4", "ip6"],
      transport: "own",
      judge: () => {
        throw error;
      },
    };
    const judged = judge(portal(), { ...options, checks: [broken] });
    expect(judged.findings.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ["unknown", "own_fault"],
      ["unknown", "own_fault"],
    ]);
    expect(judged.faults).toEqual([{ check: "W5", error }]);
    expect(judge(portal(), options).faults).toEqual([]);
  });

  test("judges by the rules that it is given", () => {
    const week = { ...CURRENT_RULES, version: "test", hstsSeconds: 604_800 };
    const observation = portal((o) => {
      for (const family of ["ip4", "ip6"] as const) {
        const headers = { "strict-transport-security": ["max-age=604800"] };
        one(o, family).answer = http({ headers });
      }
    });
    expect(judge(observation, options).grade.grade).toBe("B");
    expect(judge(observation, { ...options, rules: week }).grade.grade).toBe("A");
    expect(judge(observation, { ...options, rules: week }).ruleset).toBe("test");
  });

  test("knows its rule sets by their versions, the present one last", () => {
    expect(RULE_SETS.at(-1)).toBe(CURRENT_RULES);
    for (const rules of RULE_SETS) expect(ruleSet(rules.version)).toBe(rules);
    expect(ruleSet("1999-01")).toBeUndefined();
  });

  test("keeps the facts of a finding that this place could not be sure of", () => {
    const observation = portal((o) => {
      one(o, "ip6").answer = http({ status: 500 });
      o.facts.gate.after.families.ip6 = false;
    });
    const finding = findingOf(observation, "W5", "ip6");
    expect(finding).toMatchObject({ verdict: "unknown", reason: "vantage_no_ipv6", causes: [] });
    expect(finding.evidence["addresses"]).toHaveLength(2);
    expect(findingOf(observation, "W5", "ip4").verdict).toBe("pass");
  });
});
