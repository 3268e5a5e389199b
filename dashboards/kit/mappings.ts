import {
  MappingType,
  SpecialValueMatch,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { COLOURS, type Colour } from "./thresholds.ts";
import type { Lang, Text } from "./text.ts";

/** What a value is called, and its colour. */
export interface Word {
  readonly text: Text;
  readonly colour: Colour;
}

/** Words for single values of a series, or for the values of a label. */
export type Words = ReadonlyMap<number | string, Word>;

export function mappingsOf(words: Words, lang: Lang): ValueMapping[] {
  const options = Object.fromEntries(
    [...words].map(([value, { text, colour }], index) => [
      String(value),
      { text: text[lang], color: colour, index },
    ]),
  );
  return [
    { type: MappingType.ValueToText, options },
    {
      type: MappingType.SpecialValue,
      options: {
        match: SpecialValueMatch.NullAndNan,
        result: {
          text: { vi: "không rõ", en: "unknown" }[lang],
          color: COLOURS.unknown,
          index: words.size,
        },
      },
    },
  ];
}

const word = (colour: Colour, vi: string, en: string): Word => ({ text: { vi, en }, colour });

/** Of `portal_state`. */
export const STATE_WORDS: Words = new Map([
  [0, word(COLOURS.unknown, "không rõ", "unknown")],
  [1, word(COLOURS.good, "hoạt động", "up")],
  [2, word(COLOURS.warn, "suy giảm", "degraded")],
  [3, word(COLOURS.bad, "ngừng", "down")],
  [4, word(COLOURS.maintenance, "bảo trì", "maintenance")],
]);

/** Of `portal_ipv6_level`. */
export const LEVEL_WORDS: Words = new Map([
  [-1, word(COLOURS.bad, "LX: có IPv6 nhưng hỏng", "LX: IPv6 is broken")],
  [0, word(COLOURS.bad, "L0", "L0")],
  [1, word(COLOURS.bad, "L1", "L1")],
  [2, word(COLOURS.warn, "L2", "L2")],
  [3, word(COLOURS.good, "L3", "L3")],
  [4, word(COLOURS.good, "L4", "L4")],
  [5, word(COLOURS.good, "L5", "L5")],
]);

/** Of `portal_https_grade`. */
export const GRADE_WORDS: Words = new Map([
  [1, word(COLOURS.bad, "E", "E")],
  [2, word(COLOURS.bad, "D", "D")],
  [3, word(COLOURS.warn, "C", "C")],
  [4, word(COLOURS.good, "B", "B")],
  [5, word(COLOURS.good, "A", "A")],
]);

/** Of values that say whether something holds. */
export const YES_WORDS: Words = new Map([
  [0, word(COLOURS.bad, "không", "no")],
  [1, word(COLOURS.good, "có", "yes")],
]);
