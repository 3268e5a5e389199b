import { describe, expect, test } from "vitest";
import { CURRENT_RULES } from "../../../src/checks/index.ts";
import { judge } from "../../../src/checks/judge.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import type { Family } from "../../../src/domain/family.ts";
import type { CheckId, Finding, Verdict } from "../../../src/domain/finding.ts";
import { HISTORY_REASONS, REASONS, type ReasonOf } from "../../../src/domain/reasons/index.ts";
import { type Draft, portal } from "./portal.ts";

/** One example: what the audit saw and what the check must conclude. */
export interface Example<Id extends CheckId> {
  /** Continues "…: ". */
  readonly when: string;
  readonly change?: (observation: Draft<AuditObservation>) => void;
  /** Null: about the portal as a whole. */
  readonly family?: Family | null;
  readonly gives: readonly [Verdict, ReasonOf<Id>];
  /** Names that must be mended, `kind name`. */
  readonly causes?: readonly string[];
}

/** The finding of one check about one family. */
export function findingOf(
  observation: AuditObservation,
  check: CheckId,
  family: Family | null = null,
): Finding {
  const { findings } = judge(observation, { rules: CURRENT_RULES, history: null });
  const found = findings.find((one) => one.check === check && one.family === family);
  if (!found) throw new Error(`No finding of ${check} about ${family ?? "the portal"}`);
  return found;
}

/** Tests a check by its examples, and that there is one for every reason that it can give. */
export function describeCheck<Id extends CheckId>(check: Id, examples: readonly Example<Id>[]) {
  describe(`the check ${check}`, () => {
    for (const { when, change, family = null, gives, causes } of examples) {
      const [verdict, reason] = gives;
      test(`${when}: ${verdict}, ${reason}${family === null ? "" : ` over ${family}`}`, () => {
        const finding = findingOf(portal(change), check, family);
        expect([finding.verdict, finding.reason]).toEqual([verdict, reason]);
        const wrong = verdict === "warn" || verdict === "fail";
        expect(finding.causes.length > 0).toBe(wrong);
        const named = finding.causes.map(({ kind, name }) => `${kind} ${name}`);
        expect(named).toEqual(causes ?? named);
        expect(JSON.parse(JSON.stringify(finding.evidence))).toEqual(finding.evidence);
      });
    }

    test("has an example of every reason that it can give", () => {
      const given = new Set<string>(examples.map(({ gives }) => gives[1]));
      const own = Object.keys(REASONS[check]).filter((reason) => !(reason in HISTORY_REASONS));
      expect(own.filter((reason) => !given.has(reason))).toEqual([]);
    });
  });
}
