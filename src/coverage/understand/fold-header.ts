/** What stands in brackets behind a header without changing what it means: a unit, or the numbers of columns. */
const UNIT =
  /^(?:(?:dvt|don vi(?: tinh)?)\s*:?\s*)?(?:%|ho(?: gia dinh| dan)?|nguoi(?: dan)?|thon|thon ban|xa|tram|cai|don vi|khu pho)$/u;
const COLUMN_NUMBER = /^(?:\d{1,2}|[a-z])(?:\s*[=:/*+x-]\s*\d{1,3})*\s*%?$/u;
const SCALES: readonly RegExp[] = [
  /\b(?:nghin|ngan|trieu|ty|1[.,]?000(?:[.,]000)?)\s+(?:ho|nguoi|dan|thon|tram)/u,
  // `(nghìn)`, `ĐVT: 1.000`; not `Công ty`.
  /\b(?:nghin|ngan|trieu)\s*(?:[)\],;/]|$)/u,
  /[(:]\s*x?\s?1[.,]?000(?:[.,]000)?\s*(?:[)\],;]|$)/u,
];

/** Lower case without accents, đ as d: for comparing headers and fixed words, never for names of units. */
export function withoutAccents(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll("đ", "d");
}

/**
 * A header as it is compared: without accents, case, punctuation, units and column numbers in brackets, and with both
 * spellings of `kỳ`/`kì`, `tỷ`/`tỉ`, `quý`/`quí` made one. Folding twice changes nothing.
 */
export function foldHeader(text: string): string {
  return withoutAccents(text)
    .replaceAll(/[([{]([^()[\]{}]*)[)\]}]/gu, (_, inside: string) => {
      const content = inside.trim();
      return UNIT.test(content) || COLUMN_NUMBER.test(content) ? " " : ` ${content} `;
    })
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replaceAll(/(?<=^| )(t|k|l|m|qu)y(?= |$)/gu, "$1i");
}

/** Whether a header says that its column holds percentages. */
export function saysPercent(text: string): boolean {
  return /%|\bphan tram\b|^\s*t[iy] le\b|^\s*tl\b/u.test(withoutAccents(text));
}

/** Whether a text says that numbers are given in thousands or millions, which are not multiplied by guess. */
export function saysScale(text: string): boolean {
  const plain = withoutAccents(text);
  return SCALES.some((scale) => scale.test(plain));
}

/** Words that a header may have or lack without meaning another thing. */
const FILLERS = new Set(["co", "duoc", "cua", "cac", "tren", "dia", "ban", "la", "tai", "ve"]);

/**
 * The words of a folded header in no order, fillers left out: `cáp quang / số hộ` is `số hộ có cáp quang`. At the start
 * they do mean something: `Có cáp quang` asks, `Cáp quang` stands over other columns.
 */
export function wordBag(folded: string): string {
  const [percent = "", text = ""] = folded.startsWith("% ") ? ["%", folded.slice(2)] : ["", folded];
  const words = `${percent} ${text}`
    .trim()
    .split(" ")
    .filter((word) => word !== "" && (!FILLERS.has(word) || text.startsWith(`${word} `)));
  return [...new Set(words)].sort().join(" ");
}
