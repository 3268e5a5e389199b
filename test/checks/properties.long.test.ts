import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHECKS, CURRENT_RULES, judge } from "../../src/checks/index.ts";
import type { AuditObservation } from "../../src/domain/audit/observation.ts";
import type { Finding } from "../../src/domain/finding.ts";
import { GRADE_SCALE, LEVEL_SCALE } from "../../src/domain/level-scale.ts";
import { verdictOf } from "../../src/domain/reasons/index.ts";
import { anyObservation } from "./support/arbitrary.ts";
import { anyBlanks, blanked } from "./support/blanks.ts";
import { anyDefectsWithHidden, portalWith } from "./support/defects.ts";

const history = { days: 30, successRatio: { ip4: 1, ip6: 1 } };
const judged = (observation: AuditObservation) =>
  judge(observation, { rules: CURRENT_RULES, history });
const SEVERITY = { fail: 2, warn: 1, pass: 0, unknown: 0, not_applicable: 0 };
const severity = (finding: Finding | undefined) => SEVERITY[finding?.verdict ?? "pass"];
const level = LEVEL_SCALE.rank;
const grade = GRADE_SCALE.rank;
const anything = fc.oneof(anyObservation, anyDefectsWithHidden.map(portalWith));
const runs = { numRuns: 400 };

describe("judging", () => {
  test("gives every finding once, with the verdict of its reason, for any observation", () => {
    const keys = CHECKS.flatMap(({ id, about }) => about.map((family) => `${id} ${family}`));
    fc.assert(
      fc.property(anything, (observation) => {
        const { findings, faults } = judged(observation);
        expect(faults).toEqual([]);
        expect(findings.map(({ check, family }) => `${check} ${family}`)).toEqual(keys);
        for (const { check, verdict, reason, causes } of findings) {
          expect(verdict).toBe(verdictOf(check, reason as never));
          expect(causes.length === 0 || verdict === "warn" || verdict === "fail").toBe(true);
        }
      }),
      runs,
    );
  });

  test("finds nothing wrong in what was not seen: less is known, no more is accused", () => {
    fc.assert(
      fc.property(anything, anyBlanks, (observation, blanks) => {
        const before = judged(observation).findings;
        const after = judged(blanked(observation, blanks)).findings;
        const worse = after.filter((one, index) => severity(one) > severity(before[index]));
        expect(worse).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("of an observation that holds no fact at all accuses nobody", () => {
    fc.assert(
      fc.property(anything, (observation) => {
        const all = Array.from({ length: 400 }, (_, index) => [index, "deadline"] as const);
        const { findings } = judged(blanked(observation, all));
        expect(findings.filter((one) => one.verdict === "fail")).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("level and grade", () => {
  test("are never above what is possible", () => {
    fc.assert(
      fc.property(anything, anyBlanks, (observation, blanks) => {
        const { level: reading, grade: graded } = judged(blanked(observation, blanks));
        expect(level(reading.level)).toBeLessThanOrEqual(level(reading.possible));
        expect(grade(graded.grade)).toBeLessThanOrEqual(grade(graded.possible));
      }),
      runs,
    );
  });

  test("prove no more, and rule out no more, when less was seen", () => {
    fc.assert(
      fc.property(anyDefectsWithHidden, anyBlanks, (defects, blanks) => {
        const whole = judged(portalWith(defects));
        const less = judged(blanked(portalWith(defects), blanks));
        expect(level(less.level.level)).toBeLessThanOrEqual(level(whole.level.level));
        expect(level(less.level.possible)).toBeGreaterThanOrEqual(level(whole.level.level));
        expect(grade(less.grade.grade)).toBeLessThanOrEqual(grade(whole.grade.grade));
        expect(grade(less.grade.possible)).toBeGreaterThanOrEqual(grade(whole.grade.grade));
      }),
      { numRuns: 1000 },
    );
  });

  test("do not fall when a defect is mended", () => {
    fc.assert(
      fc.property(anyDefectsWithHidden, fc.nat(), (defects, index) => {
        fc.pre(defects.length > 0);
        const mended = defects.toSpliced(index % defects.length, 1);
        const before = judged(portalWith(defects));
        const after = judged(portalWith(mended));
        expect(level(after.level.level)).toBeGreaterThanOrEqual(level(before.level.level));
        expect(grade(after.grade.grade)).toBeGreaterThanOrEqual(grade(before.grade.grade));
      }),
      { numRuns: 1000 },
    );
  });

  test("names what is in the way of the next level wherever there is something", () => {
    fc.assert(
      fc.property(anyDefectsWithHidden, (defects) => {
        const { level: reading, findings } = judged(portalWith(defects));
        expect(reading.blockers.length > 0).toBe(!["U", "L5"].includes(reading.level));
        for (const { check, family } of reading.blockers) {
          const same = findings.filter((one) => one.check === check && one.family === family);
          expect(same).toHaveLength(1);
        }
      }),
      runs,
    );
  });
});
