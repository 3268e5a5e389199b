import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/domain/calendar.ts";
import {
  daysLate,
  dutyState,
  isOwing,
  reminderDay,
  roundFaults,
} from "../../../src/domain/coverage/round.ts";

const ROUND = { asOf: "2026-09-30", opensOn: "2026-10-01", dueOn: "2026-10-15" };

describe("a round", () => {
  test("is of a quarter's end and due after it", () => {
    expect(roundFaults(ROUND)).toEqual([]);
    expect(roundFaults({ ...ROUND, asOf: "2026-09-29" })).toEqual(["as_of_not_quarter_end"]);
    expect(roundFaults({ ...ROUND, dueOn: "2026-09-30" })).toEqual([
      "due_before_opening",
      "due_before_the_day",
    ]);
  });

  test.each([
    [{ expected: 3, received: 3, held: 0 }, "received"],
    [{ expected: 3, received: 1, held: 2 }, "in_review"],
    [{ expected: 3, received: 1, held: 1 }, "partial"],
    [{ expected: 3, received: 0, held: 1 }, "partial"],
    [{ expected: 3, received: 0, held: 0 }, "owed"],
  ] as const)("with %j stands at %s", (counts, state) => {
    expect(dutyState(counts, false)).toBe(state);
    expect(dutyState(counts, true)).toBe("excused");
  });

  test("counts lateness until what completed it came, or until today", () => {
    const at = { sentOn: "2026-10-18", today: "2026-11-22" };
    expect(daysLate("received", ROUND.dueOn, at)).toBe(3);
    expect(daysLate("received", ROUND.dueOn, { ...at, sentOn: ROUND.dueOn })).toBe(0);
    expect(daysLate("partial", ROUND.dueOn, at)).toBe(38);
    expect(daysLate("owed", ROUND.dueOn, { sentOn: null, today: "2026-10-15" })).toBe(0);
    expect(daysLate("excused", ROUND.dueOn, at)).toBeNull();
  });

  test("reminds a week before, on the day, and weekly after it", () => {
    const days = Array.from({ length: 40 }, (_, index) => addDays("2026-09-25", index));
    const reminders = new Set(days.map((day) => reminderDay(ROUND, day)));
    expect([...reminders]).toEqual([null, "2026-10-08", "2026-10-15", "2026-10-22", "2026-10-29"]);
    expect(reminderDay(ROUND, addDays(ROUND.dueOn, 52 * 7))).toBe("2027-10-14");
    expect(reminderDay(ROUND, addDays(ROUND.dueOn, 53 * 7))).toBeNull();
    expect(reminderDay({ ...ROUND, opensOn: "2026-10-10" }, "2026-10-09")).toBeNull();
  });

  test("has at most one reminder a week, never one of a day to come", () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 400 }), (offset) => {
        const today = addDays(ROUND.dueOn, offset);
        const day = reminderDay(ROUND, today);
        if (day === null) return;
        expect(day <= today).toBe(true);
        expect(addDays(day, 7) > today).toBe(true);
      }),
    );
    expect(isOwing("in_review")).toBe(false);
  });
});
