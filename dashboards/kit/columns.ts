import type { DataTransformerConfig } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Lang, Text } from "./text.ts";

/** A column of a table: a label of the series, or the value of the query with this letter. */
export interface Column {
  /** `portal`, `agency` …, or `Value` of a single query, `Value #A` of the first of several. */
  readonly field: string;
  readonly title: Text;
}

/**
 * Makes one table of what several `rows` queries brought, a row for each value of `key`, with these columns in this
 * order; whatever else the queries brought is left out.
 */
export function joined(key: string, columns: readonly Column[]) {
  return (lang: Lang): readonly DataTransformerConfig[] => [
    { id: "joinByField", options: { byField: key, mode: "outer" } },
    ...only(columns, lang),
  ];
}

/** The columns of a single `rows` query, in this order; whatever else it brought is left out. */
export function columns(list: readonly Column[]) {
  return (lang: Lang): readonly DataTransformerConfig[] => only(list, lang);
}

function only(list: readonly Column[], lang: Lang): DataTransformerConfig[] {
  const names = list.map(({ field }) => field);
  return [
    { id: "filterFieldsByName", options: { include: { names } } },
    {
      id: "organize",
      options: {
        excludeByName: {},
        includeByName: {},
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: Object.fromEntries(list.map(({ field, title }) => [field, title[lang]])),
      },
    },
  ];
}
