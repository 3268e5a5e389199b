import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/domain/calendar.ts";
import {
  answerDueOn,
  answered,
  CHALLENGE_OUTCOMES,
  type ChallengeCourse,
  type ChallengeState,
  decided,
  fitsOutcome,
  isClosed,
  isOverdue,
} from "../../../src/domain/coverage/challenge.ts";

const FILED = "2026-10-21";
const DUE = answerDueOn(FILED);

const step = fc.record({
  day: fc.integer({ min: 0, max: 200 }).map((days) => addDays(FILED, days)),
  what: fc.constantFrom("conceded", "rebutted", "upheld", "rejected"),
});

function take(course: ChallengeCourse, { what, day }: { what: ChallengeState; day: string }) {
  return what === "conceded" || what === "rebutted"
    ? answered(course, what)
    : decided(course, what as "upheld" | "rejected", day);
}

/** Every way that there is, and no other. */
const WAYS: Readonly<Record<ChallengeState, readonly ChallengeState[]>> = {
  open: ["conceded", "rebutted", "upheld", "rejected"],
  rebutted: ["upheld", "rejected"],
  conceded: [],
  upheld: [],
  rejected: [],
};

describe("a challenge", () => {
  test("takes only the steps that there are, in any order of attempts, and stays as it ended", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (attempts) => {
        let state: ChallengeState = "open";
        const history: ChallengeState[] = [state];
        const days = attempts.toSorted((a, b) => a.day.localeCompare(b.day));
        for (const attempt of days) {
          const result = take({ state, dueOn: DUE }, attempt);
          if (!result.ok) continue;
          expect(WAYS[state]).toContain(result.value);
          const early = state === "open" && attempt.day <= DUE;
          expect(early && ["upheld", "rejected"].includes(result.value)).toBe(false);
          state = result.value;
          history.push(state);
        }
        // Whatever is closed came from somewhere: its way can be told from the start, each state once.
        expect(history[0]).toBe("open");
        expect(new Set(history).size).toBe(history.length);
        expect(history.filter(isClosed).length).toBeLessThanOrEqual(1);
        expect(history.slice(0, -1).some(isClosed)).toBe(false);
        expect(history.at(-1)).toBe(state);
      }),
    );
  });

  test("is to be answered within 60 days, and is decided without an answer only after them", () => {
    expect(DUE).toBe("2026-12-20");
    const open = { state: "open", dueOn: DUE } as const;
    expect(isOverdue(open, DUE)).toBe(false);
    expect(decided(open, "upheld", DUE)).toEqual({ ok: false, problem: "awaits_answer" });
    expect(isOverdue(open, "2026-12-21")).toBe(true);
    expect(decided(open, "upheld", "2026-12-21")).toEqual({ ok: true, value: "upheld" });
    expect(answered(open, "rebutted")).toEqual({ ok: true, value: "rebutted" });
    expect(isOverdue({ state: "rebutted", dueOn: DUE }, "2027-01-01")).toBe(false);
  });

  test("is answered once, and nothing more happens when it is closed", () => {
    expect(answered({ state: "rebutted", dueOn: DUE }, "conceded")).toEqual({
      ok: false,
      problem: "answered",
    });
    for (const state of ["conceded", "upheld", "rejected"] as const) {
      expect(answered({ state, dueOn: DUE }, "conceded").ok).toBe(false);
      expect(decided({ state, dueOn: DUE }, "upheld", "2030-01-01")).toEqual({
        ok: false,
        problem: "closed",
      });
    }
  });

  test("does not end against its own outcome", () => {
    const fitting = (state: ChallengeState) =>
      CHALLENGE_OUTCOMES.filter((outcome) => fitsOutcome(state, outcome));
    expect(fitting("upheld")).not.toContain("figure_right");
    expect(fitting("conceded")).not.toContain("evidence_insufficient");
    expect(fitting("rejected")).not.toContain("map_wrong");
    expect(fitting("rejected")).toContain("figure_right");
  });
});
