import { numberForm } from "../domain/locale-forms.ts";
import type { Lang } from "./lang.ts";

const LOCALES: Readonly<Record<Lang, string>> = { vi: "vi-VN", en: "en-GB" };

/** A number as people of that language write it: 1.234,5 in Vietnamese, 1,234.5 in English. */
export function numberText(value: number, lang: Lang, digits = 0): string {
  return numberForm(LOCALES[lang], { maximumFractionDigits: digits }).format(value);
}

/** A ratio (0–1) in percent, to one digit. */
export function percentText(ratio: number, lang: Lang): string {
  const format = { style: "percent", maximumFractionDigits: 1 } as const;
  return numberForm(LOCALES[lang], format).format(ratio);
}
