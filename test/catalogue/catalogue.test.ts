import { describe, expect, test } from "vitest";
import {
  causeText,
  checkTexts,
  criteriaText,
  gradeMeaning,
  gradeText,
  type Lang,
  levelMeaning,
  levelText,
  reasonTexts,
  verdictText,
} from "../../src/catalogue/index.ts";
import { CHECK_TEXTS } from "../../src/catalogue/texts/all.ts";
import { COMMON_TEXTS } from "../../src/catalogue/texts/common.ts";
import { CAUSE_KINDS, CHECK_IDS, VERDICTS } from "../../src/domain/finding.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../src/domain/readiness.ts";
import { COMMON_REASONS, REASONS } from "../../src/domain/reasons/index.ts";

const LANGS: readonly Lang[] = ["vi", "en"];
const ALL = CHECK_IDS.flatMap((check) =>
  Object.entries({ ...COMMON_REASONS, ...REASONS[check] }).map(
    ([reason, verdict]) => [check, reason, verdict] as const,
  ),
);

describe("the catalogue", () => {
  test("has a text for every reason of every check in both languages, and no other", () => {
    for (const check of CHECK_IDS) {
      expect(Object.keys(CHECK_TEXTS[check].reasons).toSorted()).toEqual(
        Object.keys(REASONS[check]).toSorted(),
      );
    }
    expect(Object.keys(COMMON_TEXTS).toSorted()).toEqual(Object.keys(COMMON_REASONS).toSorted());
    expect(Object.keys(CHECK_TEXTS)).toEqual([...CHECK_IDS]);
  });

  test.each(LANGS)("says in %s what was found, in a sentence", (lang) => {
    const texts = ALL.map(([check, reason]) => reasonTexts(check, reason, lang).says);
    expect(texts.filter((says) => says.length < 10 || !/[.)]$/.test(says))).toEqual([]);
  });

  test.each(LANGS)("says in %s what to do wherever something is wrong", (lang) => {
    const missing = ALL.filter(([check, reason, verdict]) => {
      const { mend } = reasonTexts(check, reason, lang);
      const wrong = verdict === "warn" || verdict === "fail";
      return wrong ? (mend?.length ?? 0) < 30 : verdict === "pass" && mend !== null;
    });
    expect(missing).toEqual([]);
  });

  test("writes Vietnamese with its marks, and English without them", () => {
    for (const [check, reason] of ALL) {
      const vi = reasonTexts(check, reason, "vi");
      const en = reasonTexts(check, reason, "en");
      expect(vi.says).toMatch(/[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụầấậềếệộốợớứừịọ]/i);
      expect(`${en.says} ${en.mend ?? ""}`).not.toMatch(/[ăđơưạảấầậềếệộốợớứừ]/i);
      expect(vi.says).toBe(vi.says.normalize("NFC"));
    }
  });

  test("accuses nobody of breaking the law", () => {
    const texts = ALL.flatMap(([check, reason]) =>
      LANGS.map((lang) => JSON.stringify(reasonTexts(check, reason, lang))),
    );
    expect(
      texts.filter((text) =>
        /vi ph\u1ea1m|violat|illegal|unlawful|trái luật|trái pháp luật/i.test(text),
      ),
    ).toEqual([]);
  });

  test("names checks, levels, grades, verdicts and causes in both languages", () => {
    for (const lang of LANGS) {
      const texts = [
        ...CHECK_IDS.flatMap((check) => Object.values(checkTexts(check, lang))),
        ...READINESS_LEVELS.flatMap((one) => [levelText(one, lang), levelMeaning(one, lang)]),
        ...HTTPS_GRADES.flatMap((one) => [gradeText(one, lang), gradeMeaning(one, lang)]),
        ...VERDICTS.map((one) => verdictText(one, lang)),
        ...CAUSE_KINDS.map((kind) => causeText({ kind, name: "x" }, lang)),
      ];
      expect(texts.filter((text) => text.trim() === "")).toEqual([]);
    }
    expect(levelText("L4", "vi")).toBe("Hoạt động tốt với IPv6");
    expect(criteriaText("vi")).toBe("theo tiêu chí của hệ thống");
    expect(causeText({ kind: "name_server", name: "ns1.gov.vn" }, "en")).toBe(
      "Name server: ns1.gov.vn",
    );
  });

  test("gives a reason that it does not know in plain words", () => {
    expect(reasonTexts("D1", "some_old_reason", "vi")).toEqual({
      says: "some old reason",
      mend: null,
    });
    expect(reasonTexts("D1", "toString", "en").mend).toBeNull();
  });
});
