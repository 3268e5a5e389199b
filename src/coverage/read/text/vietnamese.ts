/**
 * How Vietnamese syllables are built: at most one consonant cluster, one vowel group, one ending, one tone. It takes
 * no list of words to tell text that was decoded rightly from text that was not.
 */
const SYLLABLE =
  /^(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?(?:oai|oay|oao|oeo|uôi|uây|uyê|uya|uyu|ươi|ươu|iêu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|ue|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])?$/;

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Letters and signs that stand together, quotation marks and dashes of typography left aside. */
const WORD = /[^\s\u0021-\u0040\u005b-\u0060\u007b-\u007f\u00a0«»–—‘’“”…•]+/gu;

/** Whether a word could be Vietnamese, by its spelling alone; letter case does not matter. */
function isSyllable(word: string): boolean {
  const decomposed = word.toLowerCase().normalize("NFD");
  if ((decomposed.match(TONES)?.length ?? 0) > 1) return false;
  return SYLLABLE.test(decomposed.replace(TONES, "").normalize("NFC"));
}

/** How far the accented words of a text are Vietnamese; each spelling counts once, so that one name can't decide. */
export interface Spelling {
  /** Different words with anything beyond ASCII. */
  readonly words: number;
  readonly syllables: number;
  /** 0 where there is no word to judge by. */
  readonly share: number;
}

/** Judges a text by its words beyond ASCII. */
export function spellingOf(text: string): Spelling {
  const words = new Set(
    (text.normalize("NFC").match(WORD) ?? []).filter((word) => /\P{ASCII}/u.test(word)),
  );
  const syllables = [...words].filter(isSyllable).length;
  return { words: words.size, syllables, share: words.size === 0 ? 0 : syllables / words.size };
}
