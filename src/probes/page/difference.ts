import type { ParsedPage, ParsedPages } from "./parsed-page.ts";
import { readable } from "./readable.ts";

/** Lines of each side that are shown, and characters of a title: with marks and line ends less than 1,000 in all. */
const LINES = 3;
const TITLE_LENGTH = 100;

/**
 * A few lines that only one family has, `-` IPv4, `+` IPv6, first of all the title. Lines that differ between the two
 * IPv4 visits too are noise, and shown only where there is nothing else. Empty where the pages differ in order alone.
 */
export function difference({ ip4, ip4Again, ip6 }: ParsedPages, sameTitle: boolean): string {
  const titles = sameTitle ? [] : [`- ${titleOf(ip4)}`, `+ ${titleOf(ip6)}`];
  const gone = linesWithout(ip4, ip6);
  const come = linesWithout(ip6, ip4);
  const steadyGone = gone.filter(([key]) => ip4Again.text.lines.has(key));
  const steadyCome = come.filter(([key]) => !ip4Again.text.lines.has(key));
  const steady = steadyGone.length + steadyCome.length > 0;
  return [
    ...titles,
    ...marked("-", steady ? steadyGone : gone),
    ...marked("+", steady ? steadyCome : come),
  ].join("\n");
}

type Line = readonly [key: string, shown: string];

function linesWithout(page: ParsedPage, other: ParsedPage): Line[] {
  return [...page.text.lines].filter(([key]) => !other.text.lines.has(key));
}

function marked(mark: "-" | "+", lines: readonly Line[]): string[] {
  return lines.slice(0, LINES).map(([, shown]) => `${mark} ${shown}`);
}

function titleOf({ sight }: ParsedPage): string {
  return `<title> ${readable(sight.title ?? "", TITLE_LENGTH)}`;
}
