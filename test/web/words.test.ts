import { describe, expect, test } from "vitest";
import { FAILURES, SKIP_REASONS } from "../../src/domain/failure.ts";
import { FAILURE_WORDS } from "../../src/web/failure-words.ts";
import { timeText } from "../../src/web/time-text.ts";
import { WORDS } from "../../src/web/words.ts";

describe("the words", () => {
  test("for failures and skips are there for every kind, in both languages, each its own", () => {
    const kinds = [...Object.keys(FAILURES), ...SKIP_REASONS];
    expect(Object.keys(FAILURE_WORDS).toSorted()).toEqual(kinds.toSorted());
    for (const lang of ["vi", "en"] as const) {
      const texts = Object.values(FAILURE_WORDS).map((words) => words[lang]);
      expect(new Set(texts).size).toBe(kinds.length);
    }
  });

  test("differ between the languages wherever they are sentences", () => {
    const { vi, en } = WORDS;
    for (const name of ["title", "tagline", "madeUp", "abroad", "nothingYet"] as const) {
      expect(vi[name]).not.toBe(en[name]);
    }
    expect(en.portals(1)).toBe("1 portal watched");
    expect(en.portals(0)).toBe("0 portals watched");
  });
});

test("times are told in the reporting time zone, in each language's order", () => {
  const instant = "2026-11-22T17:30:00Z";
  const timezone = "Asia/Ho_Chi_Minh";
  expect(timeText(instant, { lang: "en", timezone })).toBe("23 Nov 2026, 00:30");
  expect(timeText(instant, { lang: "vi", timezone })).toBe("00:30 23/11/2026");
});
