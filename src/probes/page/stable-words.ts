import { composed } from "../../domain/composed-text.ts";

/** Numbers, dates, clock times and counters, of what has a digit: no letter at all. */
const NUMERIC = /^[\p{Nd}\p{P}\p{S}]+$/u;

/** Clock times with letters: 10h35, 7g30', 35SA (sáng), 35PM. */
const CLOCK = /^\d{1,2}(?:[hg]\d{0,2}['p]?|am|pm|sa|ch)$/i;

/** 2026-11-22T10:35:00Z (RFC 3339), which is one word though it has colons. */
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g;

/** Shortest token or session id: 64 bits in hexadecimal. No Vietnamese word or document number comes near. */
const TOKEN = /^(?=.*\d)(?=.*[a-z])[\w+/-]{16,}={0,2}$/i;

/** Longest text that is taken for a token; beyond it, it is something else, and looking would cost time. */
const LONGEST_TOKEN = 2000;

/** What words are separated by: spaces, controls, and marks that join a label to its number. */
const BETWEEN_WORDS = /[\s\p{Cc}:()[\]|;,=]+/u;

/**
 * The words of a text without those that differ between two visits by their nature. Joined and separate marks read
 * the same (NFC), as do words with and without invisible characters.
 */
export function stableWords(text: string): string[] {
  return composed(text)
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(INSTANT, " ")
    .split(BETWEEN_WORDS)
    .filter((word) => word !== "" && !isVolatileWord(word));
}

/** Numbers, times, tokens, session ids. */
function isVolatileWord(word: string): boolean {
  if (word.length > LONGEST_TOKEN || !/\d/.test(word)) return false;
  return NUMERIC.test(word) || CLOCK.test(word) || isToken(word);
}

/** Whether a text looks like a token or a session id. */
export function isToken(text: string): boolean {
  return text.length <= LONGEST_TOKEN && TOKEN.test(text);
}
