import type { TargetRow } from "../../reports/coverage/targets.ts";
import type { Lang } from "../lang.ts";
import { numberText, percentText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { MAP_WORDS } from "./map-words.ts";

type Threshold = Pick<TargetRow, "comparison" | "threshold" | "threshold_kind">;

/** `at least 80 %`, `at most 0`. */
export function thresholdText(target: Threshold, lang: Lang): string {
  const words = MAP_WORDS[lang];
  const { comparison, threshold, threshold_kind: kind } = target;
  const value = kind === "ratio" ? percentText(threshold, lang) : numberText(threshold, lang);
  return comparison === "at_least" ? words.atLeast(value) : words.atMost(value);
}

/** A target in one line: threshold, due day, legal document. */
export function targetName(target: TargetRow, lang: Lang): string {
  const due = MAP_WORDS[lang].due(dayText(target.due_on, lang));
  return `${thresholdText(target, lang)}, ${due}: ${target.legal_document}`;
}
