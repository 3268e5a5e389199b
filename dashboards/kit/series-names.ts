import type { DataTransformerConfig } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Words } from "./mappings.ts";
import type { Lang } from "./text.ts";

/** Calls series by the words for a label's values, where their legend begins, or ends, with the value. */
export function seriesNames(words: Words, where: "begin" | "end" = "begin") {
  return (lang: Lang): readonly DataTransformerConfig[] =>
    [...words].map(([value, { text }]) => ({
      id: "renameByRegex",
      // Without the slashes Grafana would compare the whole name.
      options: {
        regex: where === "begin" ? `/^${value}\\b/` : `/\\b${value}$/`,
        renamePattern: text[lang],
      },
    }));
}
