import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { wordsOf } from "../../kit/label-words.ts";
import type { Words } from "../../kit/mappings.ts";
import type { Text } from "../../kit/text.ts";

/** Of the label `indicator`: the names in seeds/indicators.csv, the last version's where there are several. */
export const INDICATOR_WORDS: Words = wordsOf(read());

function read(): Record<string, Text> {
  const file = new URL("../../../seeds/indicators.csv", import.meta.url);
  const rows: Record<"code" | "name_vi" | "name_en", string>[] = parse(readFileSync(file), {
    columns: true,
  });
  return Object.fromEntries(rows.map(({ code, name_vi: vi, name_en: en }) => [code, { vi, en }]));
}
