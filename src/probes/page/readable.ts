/**
 * Text as it can be shown and stored: one line, no control or invisible characters, no broken surrogate pair,
 * at most `limit` UTF-16 units.
 */
export function readable(text: string, limit: number): string {
  // What is cut off need not be cleaned; what is left out may be most of the rest.
  const start = text.slice(0, limit * 16);
  const clean = start
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replaceAll(/\p{Cf}/gu, "")
    .toWellFormed()
    .trim();
  if (clean.length <= limit) return clean;
  const cut = clean.slice(0, limit);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
