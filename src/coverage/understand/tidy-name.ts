import { remembered } from "../../domain/remembered.ts";

const LINE_BREAK = /[\r\n\v\f\u2028\u2029]/u;
const HIDDEN_SPACE = /[\u00A0\u2007\u202F\u200B\uFEFF\t]/u;
/** `BÌnh`: a capital vowel behind a capital consonant; names such as `KDang` and `AYun` have theirs rightly. */
const STRAY_CAPITAL = /^[BCDĐGHKLMNPQRSTVX][AĂÂEÊIOÔƠUƯY\u00C0-\u00DD\u1EA0-\u1EF9]\p{Ll}/u;
const TYPE_WORDS = /^(?:Đặc Khu|Thị Trấn|Thị Xã|Thành Phố|Quần Đảo)(?= |$)/u;

/** What was put right in a name, in slugs that messages have words for. */
export type NameRepair = "not_nfc" | "line_break" | "hidden_space" | "double_space" | "case";

/** The names of all units of a day, twice. */
const MOST_NAMES = 10_000;

/**
 * A name as it is written in the lists: composed, on one line, single spaces, words with a capital. Spaces at its ends
 * are no repair worth telling.
 */
export const tidyName = remembered(MOST_NAMES, tidied);

/** A name with what had to be put right. */
interface TidyName {
  readonly name: string;
  readonly repairs: readonly NameRepair[];
}

function tidied(text: string): TidyName {
  const repairs: NameRepair[] = [];
  const composed = text.normalize("NFC");
  if (composed !== text) repairs.push("not_nfc");
  const trimmed = composed.trim();
  if (LINE_BREAK.test(trimmed)) repairs.push("line_break");
  if (HIDDEN_SPACE.test(trimmed)) repairs.push("hidden_space");
  if (/ {2}/u.test(trimmed)) repairs.push("double_space");
  const spaced = trimmed.replaceAll(/[\s\u200B\uFEFF]+/gu, " ").trim();
  const name = inCase(spaced);
  if (name !== spaced) repairs.push("case");
  return { name, repairs };
}

/** Only case that is surely wrong: all in one case, a small letter at the start, a capital inside a syllable. */
function inCase(name: string): string {
  const words = name.split(" ");
  const oneCase = !/\p{Ll}/u.test(name) || !/\p{Lu}/u.test(name);
  if (oneCase) return words.map(firstCapital).join(" ").replace(TYPE_WORDS, firstCapital);
  return words
    .map((word, at) => {
      if (STRAY_CAPITAL.test(word)) return firstCapital(word);
      return at === 0 ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
    })
    .join(" ");
}

function firstCapital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}
