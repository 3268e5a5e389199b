/** A text in the two languages that every dashboard comes in. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}

export const LANGS = ["vi", "en"] as const;

export type Lang = (typeof LANGS)[number];

/** The same text in both languages: codes, names, symbols. */
export function same(text: string): Text {
  return { vi: text, en: text };
}
