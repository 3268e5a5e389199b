import { FAILURE_WORDS } from "../../src/catalogue/failure-words.ts";
import { gradeText, levelText, reasonTexts } from "../../src/catalogue/index.ts";
import { CHECK_IDS, type CheckId, type Verdict } from "../../src/domain/finding.ts";
import {
  HTTPS_GRADES,
  type HttpsGrade,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../../src/domain/readiness.ts";
import { REASONS } from "../../src/domain/reasons/index.ts";
import { wordsOf } from "../kit/label-words.ts";
import type { Word, Words } from "../kit/mappings.ts";
import type { Text } from "../kit/text.ts";
import { COLOURS, type Colour } from "../kit/thresholds.ts";

const word = (vi: string, en: string, colour: Colour = COLOURS.plain): Word => ({
  text: { vi, en },
  colour,
});

const LEVEL_COLOURS: Readonly<Record<ReadinessLevel, Colour>> = {
  U: COLOURS.unknown,
  LX: COLOURS.bad,
  L0: COLOURS.bad,
  L1: COLOURS.bad,
  L2: COLOURS.warn,
  L3: COLOURS.good,
  L4: COLOURS.good,
  L5: COLOURS.good,
};

/** Of the column `level`. */
export const LEVELS: Words = new Map(
  READINESS_LEVELS.map((level) => [
    level,
    word(
      `${level} ${levelText(level, "vi")}`,
      `${level} ${levelText(level, "en")}`,
      LEVEL_COLOURS[level],
    ),
  ]),
);

const GRADE_COLOURS: Readonly<Record<HttpsGrade, Colour>> = {
  A: COLOURS.good,
  B: COLOURS.good,
  C: COLOURS.warn,
  D: COLOURS.bad,
  E: COLOURS.bad,
  U: COLOURS.unknown,
};

/** Of the column `grade`. */
export const GRADES: Words = new Map(
  HTTPS_GRADES.map((grade) => [
    grade,
    word(
      `${grade} ${gradeText(grade, "vi")}`,
      `${grade} ${gradeText(grade, "en")}`,
      GRADE_COLOURS[grade],
    ),
  ]),
);

/** What a reason that does not hold says, by check and reason with a space between. */
export const FOUND: Words = new Map(
  CHECK_IDS.flatMap((check) =>
    wrongReasons(check).map((reason) => [`${check} ${reason}`, found(check, reason)]),
  ),
);

function wrongReasons(check: CheckId): string[] {
  const verdicts: Readonly<Record<string, Verdict>> = REASONS[check];
  return Object.keys(verdicts).filter((reason) => /^(warn|fail)$/.test(verdicts[reason] ?? ""));
}

function found(check: CheckId, reason: string): Word {
  const said = (lang: "vi" | "en") => `${check}: ${reasonTexts(check, reason, lang).says}`;
  return word(said("vi"), said("en"));
}

/** How a fact of law or programme is known: the words of the service's own pages. */
export const CERTAINTIES: Words = new Map([
  ["text", word("đã đọc văn bản", "read in the text", COLOURS.good)],
  ["press", word("theo báo chí", "told by the press", COLOURS.warn)],
  ["secondary", word("theo nguồn thứ cấp", "told by a secondary source", COLOURS.warn)],
  ["unverified", word("chưa xác minh", "unverified", COLOURS.unknown)],
]);

export const DUTIES: Words = wordsOf({
  mandatory: { vi: "yêu cầu", en: "requirement" },
  advisory: { vi: "khuyến nghị", en: "recommendation" },
});

export const FORCES: Words = wordsOf({
  in_force: { vi: "đang có hiệu lực", en: "in force" },
  ended: { vi: "đã hết hạn", en: "ended" },
  not_yet: { vi: "chưa có hiệu lực", en: "not yet in force" },
});

/** Why a commune stands in a gap list. */
export const GAP_REASONS: Words = new Map([
  ["below", word("dưới mục tiêu", "below the target", COLOURS.bad)],
  ["not_reported", word("chưa báo cáo", "not reported", COLOURS.unknown)],
  ["suppressed", word("không được công bố", "suppressed", COLOURS.unknown)],
  ["not_collected", word("không thu thập", "not collected", COLOURS.unknown)],
  ["withdrawn", word("đã rút lại", "withdrawn", COLOURS.unknown)],
  ["percent_only", word("chỉ có tỷ lệ %", "only a percentage", COLOURS.unknown)],
  [
    "other_denominator",
    word("thiếu mẫu số cùng nguồn", "no denominator of the same origin", COLOURS.unknown),
  ],
  ["former_units", word("chỉ có số của đơn vị cũ", "only units of before", COLOURS.unknown)],
]);

/** Where a province stands in a round. */
export const DUTY_STATES: Words = new Map([
  ["received", word("đã đủ", "received", COLOURS.good)],
  ["in_review", word("đã gửi, đang xem xét", "sent, in review", COLOURS.good)],
  ["partial", word("mới có một phần", "partial", COLOURS.warn)],
  ["owed", word("chưa gửi", "owed", COLOURS.bad)],
  ["excused", word("được miễn", "excused", COLOURS.plain)],
]);

/** Causes of incidents that are no failure of a run. */
const OTHER_CAUSES: Readonly<Record<string, Text>> = {
  expiring: { vi: "chứng thư sắp hết hạn", en: "the certificate expires soon" },
  schedule_stopped: { vi: "điểm đo không kịp lịch đo", en: "this place can't keep its schedule" },
  mass_failure: {
    vi: "nhiều cổng cùng lúc không tới được từ nơi này",
    en: "many portals at once can't be reached from here",
  },
  common_cause: {
    vi: "nhiều cổng cùng chung nguyên nhân",
    en: "many portals have one cause in common",
  },
  level_fell: { vi: "mức IPv6 thấp hơn trước", en: "the IPv6 level is lower than before" },
  grade_fell: { vi: "hạng HTTPS thấp hơn trước", en: "the HTTPS grade is lower than before" },
};

export const CAUSES: Words = wordsOf({ ...FAILURE_WORDS, ...OTHER_CAUSES });

/** What happened to a figure. */
export const STATUSES: Words = wordsOf({
  present: { vi: "có số", en: "present" },
  suppressed: { vi: "không được công bố", en: "suppressed" },
  not_collected: { vi: "không thu thập", en: "not collected" },
  not_applicable: { vi: "không áp dụng", en: "not applicable" },
  withdrawn: { vi: "đã rút lại", en: "withdrawn" },
});
