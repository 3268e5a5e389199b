import fc from "fast-check";
import { expect, test } from "vitest";
import { type Finding, VERDICTS } from "../../src/domain/finding.ts";
import { continueSpans, findingKey, type FindingSpan } from "../../src/domain/finding-spans.ts";

const said = fc
  .record({
    check: fc.constantFrom("D1" as const, "W1" as const),
    family: fc.constantFrom("ip4" as const, null),
    verdict: fc.constantFrom(...VERDICTS),
    reason: fc.constantFrom("a", "b"),
    code: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ code, ...finding }): Finding => ({ ...finding, evidence: { code }, causes: [] }));
const audits = fc.array(fc.uniqueArray(said, { selector: findingKey, maxLength: 4 }), {
  maxLength: 12,
});

/** All spans after audits at the instants 1, 2, 3, … */
function spansOf(all: readonly (readonly Finding[])[]): FindingSpan[] {
  const closed: FindingSpan[] = [];
  let open: readonly FindingSpan[] = [];
  for (const [index, findings] of all.entries()) {
    const at = index + 1;
    const next = continueSpans(open, { audit: at * 10, at, ruleset: "1", findings });
    ({ open } = next);
    closed.push(...next.closed);
  }
  return [...closed, ...open];
}

function covers({ firstSeen, endedAt }: FindingSpan, at: number): boolean {
  return firstSeen <= at && (endedAt === null || at < endedAt);
}

test("at every audit exactly what it said is covered, by one span each", () => {
  fc.assert(
    fc.property(audits, (all) => {
      const spans = spansOf(all);
      for (const [index, findings] of all.entries()) {
        const now = spans.filter((span) => covers(span, index + 1));
        const words = (each: Pick<Finding, "check" | "family" | "verdict" | "reason">) =>
          `${findingKey(each)} ${each.verdict} ${each.reason}`;
        expect(now.map(words).toSorted()).toEqual(findings.map(words).toSorted());
      }
    }),
  );
});

test("neighbours differ, and what spans count is in order", () => {
  fc.assert(
    fc.property(audits, (all) => {
      const spans = spansOf(all);
      for (const span of spans) {
        const next = spans.find(
          (other) => findingKey(other) === findingKey(span) && other.firstSeen === span.endedAt,
        );
        expect(next?.verdict === span.verdict && next.reason === span.reason).toBe(false);
        expect(span.audits).toBe(span.lastSeen - span.firstSeen + 1);
        expect([span.firstAudit, span.lastAudit]).toEqual([
          span.firstSeen * 10,
          span.lastSeen * 10,
        ]);
        const order = [span.since, span.firstSeen, span.lastChanged, span.lastSeen];
        expect(order).toEqual(order.toSorted((one, other) => one - other));
      }
    }),
  );
});

test("a verdict is as old as the first audit of an unbroken row that said it or could not tell", () => {
  fc.assert(
    fc.property(audits, (all) => {
      for (const span of spansOf(all)) {
        const verdictAt = (at: number) =>
          all[at - 1]?.find((finding) => findingKey(finding) === findingKey(span))?.verdict;
        let since = span.firstSeen;
        for (let at = span.firstSeen - 1; at > 0; at -= 1) {
          const verdict = verdictAt(at);
          if (verdict !== span.verdict && verdict !== "unknown") break;
          if (verdict === span.verdict) since = at;
        }
        expect(span.since).toBe(since);
      }
    }),
  );
});

test("two findings about the same in one audit are a fault of ours", () => {
  const finding: Finding = {
    check: "D1",
    family: null,
    verdict: "pass",
    reason: "a",
    evidence: {},
    causes: [],
  };
  const audit = { audit: 1, at: 1, ruleset: "1", findings: [finding, finding] };
  expect(() => continueSpans([], audit)).toThrow(/Check D1 concluded twice/);
});
