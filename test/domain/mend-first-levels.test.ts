import fc from "fast-check";
import { expect, test } from "vitest";
import { levelOf } from "../../src/checks/level.ts";
import { CURRENT_RULES } from "../../src/checks/index.ts";
import type { Cause, CheckId, Finding } from "../../src/domain/finding.ts";
import { LEVEL_SCALE } from "../../src/domain/level-scale.ts";
import { mendFirst } from "../../src/domain/mend-first.ts";

const GATE = {
  families: { ip4: true, ip6: true },
  resolverUsable: true,
  resolverDoubtful: false,
  dns64Prefix: null,
};
const CONTEXT = {
  gate: { before: GATE, after: GATE },
  rules: CURRENT_RULES,
  history: { days: 30, successRatio: { ip4: 1, ip6: 1 } },
};
const levelIs = (findings: readonly Finding[]) => levelOf(findings, CONTEXT);

/** Everything that the ladder asks, with a way to be wrong that leaves the rest of the audit visible. */
const ASKED: readonly (readonly [CheckId, "ip4" | "ip6" | null, "fail" | "warn"])[] = [
  ["D1", null, "fail"],
  ["D2", null, "fail"],
  ["W1", "ip6", "warn"],
  ["W2", "ip6", "fail"],
  ["W5", "ip6", "fail"],
  ["W3", "ip6", "fail"],
  ["W6", null, "fail"],
  ["W7", null, "warn"],
  ["W5", "ip4", "fail"],
  ["D3", null, "fail"],
  ["D4", null, "fail"],
  ["W8", null, "warn"],
];

const cause = fc.nat({ max: 9 }).map((number): Cause => ({ kind: "host", name: String(number) }));

/**
 * The findings of one portal, each right or wrong for one or two of ten causes. Without an AAAA nothing else can be
 * seen, right or wrong: what turns up when there is one is beyond any prediction.
 */
const portal = fc
  .tuple(...ASKED.map(() => fc.option(fc.array(cause, { minLength: 1, maxLength: 2 }))))
  .map((wrong) =>
    ASKED.map(([check, family, verdict], at): Finding => {
      const causes = (at > 0 && wrong[0] ? null : wrong[at]) ?? [];
      const bad = causes.length > 0;
      return {
        check,
        family,
        verdict: bad ? verdict : "pass",
        reason: bad ? "wrong" : "right",
        evidence: {},
        causes,
      };
    }),
  );

/** The portal after somebody mended these: a finding goes when all its causes are. */
function mended(findings: readonly Finding[], names: ReadonlySet<string>): Finding[] {
  return findings.map((finding) =>
    finding.causes.every(({ name }) => names.has(name))
      ? { ...finding, verdict: "pass", reason: "right", causes: [] }
      : finding,
  );
}

function blockingCauses(findings: readonly Finding[]): number[] {
  const { blockers } = levelIs(findings);
  const causes = blockers.map(({ check, family }) =>
    findings
      .find((each) => each.check === check && each.family === family)
      ?.causes.map(({ name }) => Number(name)),
  );
  return causes.some((each) => each === undefined || each.length === 0)
    ? []
    : causes.flatMap((each) => each ?? []);
}

test("whoever mends what is named finds, when audited again, exactly the named portals risen", () => {
  fc.assert(
    fc.property(
      fc.array(portal, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      (portals, limit) => {
        const steps = mendFirst(portals.map(blockingCauses), limit);
        const names = new Set(steps.flatMap(({ causes }) => causes.map(String)));
        const lifted = new Set(steps.flatMap(({ lifts }) => lifts));
        for (const [at, findings] of portals.entries()) {
          const before = LEVEL_SCALE.rank(levelIs(findings).level);
          const after = LEVEL_SCALE.rank(levelIs(mended(findings, names)).level);
          expect([after > before, after < before]).toEqual([lifted.has(at), false]);
        }
      },
    ),
  );
});
