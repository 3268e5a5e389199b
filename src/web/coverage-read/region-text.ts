import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Lang } from "../lang.ts";
import { boundsText, countsText, missingText, reportedText, valueText } from "./number-parts.ts";
import { FIGURE_WORDS } from "./words.ts";

const WORDS = {
  vi: { range: "khoảng có thể", reported: "đã báo cáo", shownAs: "nhóm" },
  en: { range: "possible range", reported: "reported", shownAs: "class" },
} as const;

/** A region of the map in one line, as it is told when somebody points at it: the same figures as in its row. */
export function regionText(
  sum: CoverageSum,
  { province, classText, lang }: { province: string | null; classText: string; lang: Lang },
): string {
  const words = FIGURE_WORDS[lang];
  const name = [sum.unit.name_vi, ...(province === null ? [] : [province])].join(", ");
  const counts = countsText(sum, lang);
  if (sum.numerator === null && sum.ratio === null) {
    const why = missingText(sum, lang);
    return `${name}: ${words.noData}${why === "" ? "" : ` (${why})`}`;
  }
  const bounds = boundsText(sum, lang);
  const own = WORDS[lang];
  return [
    `${name}: ${valueText(sum, lang)}`,
    counts === valueText(sum, lang) ? "" : counts,
    bounds === "" ? "" : `${own.range} ${bounds}`,
    `${own.reported} ${reportedText(sum, lang)}`,
    `${own.shownAs} ${classText}`,
    sum.made_up ? words.madeUp : "",
  ]
    .filter((part) => part !== "")
    .join("; ");
}
