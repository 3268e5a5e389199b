import fc from "fast-check";
import { expect, test } from "vitest";
import { type HeldReview, type Reviewer, review } from "../../src/domain/coverage/held-review.ts";

const AN: Reviewer = { keyId: 1, name: "An" };
const BINH: Reviewer = { keyId: 2, name: "Bình" };
const waiting: HeldReview = { state: "pending", proposedBy: null };

const reviewer = fc.record({
  keyId: fc.option(fc.integer({ min: 1, max: 3 })),
  name: fc.constantFrom("An", "Bình"),
});
const step = fc.record({ by: reviewer, verdict: fc.constantFrom("accept", "refuse") });

/** What a row comes to under these words, and who accepted it. */
function play(steps: readonly { by: Reviewer; verdict: "accept" | "refuse" }[], second: boolean) {
  let row = waiting;
  const accepting: Reviewer[] = [];
  for (const { by, verdict } of steps) {
    const next = review(row, verdict, by, second);
    if (!next.ok) continue;
    if (verdict === "accept") accepting.push(by);
    row = { state: next.value, proposedBy: next.value === "proposed" ? by : row.proposedBy };
  }
  return { row, accepting };
}

test("one person is enough where no second one is asked for", () => {
  expect(review(waiting, "accept", AN, false)).toEqual({ ok: true, value: "accepted" });
  expect(review(waiting, "refuse", AN, true)).toEqual({ ok: true, value: "refused" });
});

test("a second person has to agree where that is asked for, and not the same one", () => {
  expect(review(waiting, "accept", AN, true)).toEqual({ ok: true, value: "proposed" });
  const proposed: HeldReview = { state: "proposed", proposedBy: AN };
  expect(review(proposed, "accept", AN, true)).toEqual({ ok: false, problem: "same_person" });
  expect(review(proposed, "accept", BINH, true)).toEqual({ ok: true, value: "accepted" });
  expect(review(proposed, "refuse", AN, true)).toEqual({ ok: true, value: "refused" });
});

test("two without a key are one person when they have one name", () => {
  const nobody = { keyId: null, name: "signed-in operator" };
  const proposed: HeldReview = { state: "proposed", proposedBy: nobody };
  expect(review(proposed, "accept", { ...nobody }, true).ok).toBe(false);
  expect(review(proposed, "accept", { ...nobody, name: "command line" }, true).ok).toBe(true);
});

test("what is decided or superseded stays so", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("accepted", "refused", "superseded"),
      step,
      fc.boolean(),
      (state, { by, verdict }, second) => {
        const answer = review({ state, proposedBy: null }, verdict, by, second);
        expect(answer).toEqual({ ok: false, problem: state === "superseded" ? state : "decided" });
      },
    ),
  );
});

test("no row is accepted by fewer people than are asked for", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), fc.boolean(), (steps, second) => {
      const { row, accepting } = play(steps, second);
      const people = new Set(accepting.map(({ keyId, name }) => keyId ?? name));
      const enough = people.size >= (second ? 2 : 1);
      expect(row.state !== "accepted" || enough).toBe(true);
    }),
  );
});
