import type { PageParity } from "../../domain/audit/page.ts";
import { difference } from "./difference.ts";
import type { TextFacts } from "./page-text.ts";
import type { ParsedPage, ParsedPages } from "./parsed-page.ts";
import { stableUrl } from "./stable-url.ts";
import { stableWords } from "./stable-words.ts";

/** How alike the pages are (W7); where one of them could not be had there is nothing to compare. */
export function comparePages(pages: ParsedPages): PageParity {
  const { ip4, ip4Again, ip6 } = pages;
  const [title4, title4Again, title6] = [ip4, ip4Again, ip6].map(titleWords);
  // A title that is another at each visit says nothing of the family.
  const sameTitle = title4 === title6 || title4 !== title4Again;
  return {
    similarity: similarity(ip4.text, ip6.text),
    baseline: similarity(ip4.text, ip4Again.text),
    sameTitle,
    sameFinalUrl: stableUrl(ip4.sight.finalUrl) === stableUrl(ip6.sight.finalUrl),
    difference: difference(pages, sameTitle),
  };
}

/**
 * Twice the pairs of neighbouring words that both texts have, divided by all pairs of both (Sørensen–Dice over
 * multisets): 1 for equal texts, 0 for texts without a pair in common; the order of paragraphs hardly counts.
 * Rounded down to hundredths, so that what differs is never called equal and that repeats of an audit agree. Of very
 * long texts the first COMPARED_WORDS words are compared. Two texts without words are equal.
 */
export function similarity(one: TextFacts, other: TextFacts): number {
  const all = one.pairCount + other.pairCount;
  if (all === 0) return 1;
  let common = 0;
  for (const [pair, times] of one.pairs) common += Math.min(times, other.pairs.get(pair) ?? 0);
  return Math.floor((200 * common) / all) / 100;
}

function titleWords({ sight }: ParsedPage): string | null {
  return sight.title === null ? null : stableWords(sight.title).join(" ");
}
