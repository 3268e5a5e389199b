import { type Expression, sql } from "kysely";

/** Text as people search it: lower case, without Vietnamese diacritics, đ as d. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll("đ", "d");
}

/**
 * The same of a column or expression, byte-wise collated so that every database sorts it alike. Diacritics go before
 * the case does, and đ has both its cases named: in a database of locale C, lower() knows ASCII only.
 */
export function foldedSql(text: Expression<string | null>) {
  return sql<string>`translate(lower(regexp_replace(normalize(${text}, NFD), '[\u0300-\u036f]', '', 'g')), 'Đđ', 'dd') collate "C"`;
}

/** A LIKE pattern that finds the text anywhere, taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
