import { criteriaText, type Lang } from "../catalogue/index.ts";
import type { ReportWords } from "./compliance-word-list.ts";
import { WORDS_EN } from "./compliance-words-en.ts";
import { WORDS_VI } from "./compliance-words-vi.ts";

/** The languages of reports. */
export type ReportLang = Lang;

/** What every report says of its measure: nobody else defined these levels and grades. */
export const CRITERIA: Readonly<Record<ReportLang, string>> = {
  vi: criteriaText("vi"),
  en: criteriaText("en"),
};

/** What a demonstration says of itself. */
export const MADE_UP: Readonly<Record<ReportLang, string>> = {
  vi: "Dữ liệu giả định để minh hoạ, không phải kết quả đo các cổng thật.",
  en: "Made up: a demonstration, not a measurement of real portals.",
};

/** The words of reports in each language. */
export const REPORT_WORDS: Readonly<Record<ReportLang, ReportWords>> = {
  vi: WORDS_VI,
  en: WORDS_EN,
};
