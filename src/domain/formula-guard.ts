/**
 * What spreadsheets take for a formula (OWASP, CSV Injection), full-width signs included, also behind white space,
 * which some of them drop; csv-stringify's own escape_formulas looks at the first character alone.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

/** The text with a quote before it where a spreadsheet would run it. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
