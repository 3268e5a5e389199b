import type { Panel as PanelModel } from "@grafana/grafana-foundation-sdk/dashboard";
import { lines, stat, table } from "./kinds.ts";
import type { Override, Panel, PanelOptions } from "./panel.ts";
import { SQL_DATASOURCE } from "./variables.ts";
import type { Lang, Text } from "./text.ts";

/** A column of a query: what it is in SQL (per language where names differ), its heading, and how its cells look. */
export interface SqlColumn extends Omit<Override, "of"> {
  readonly sql: string | Text;
  readonly title: Text;
}

/** What panels that ask PostgreSQL take: the columns, and all of the query that comes after them. */
type SqlOptions = Omit<PanelOptions, "queries" | "overrides" | "transformations"> & {
  readonly columns: readonly SqlColumn[];
  /** From `from` on. */
  readonly from: string;
};

/** Rows and columns. */
export function sqlTable(
  options: SqlOptions & { readonly sortBy?: { column: Text; descending?: boolean } },
): Panel {
  return asking(options, table({ ...options, ...overridesOf(options) }), "table");
}

/** One big value, or one for each column. */
export function sqlStat(
  options: SqlOptions & { readonly colour?: "tile" | "digits" | "none" },
): Panel {
  return asking(options, stat({ ...options, ...overridesOf(options) }), "table");
}

/** A line for each column but the first, which is the instant of the values. */
export function sqlLines(options: SqlOptions): Panel {
  return asking(options, lines({ ...options, ...overridesOf(options) }), "time_series");
}

/** The instant of a value; Grafana knows it by this name. */
export function timeColumn(sql: string): SqlColumn {
  return { sql, title: { vi: "time", en: "time" } };
}

function overridesOf({ columns }: SqlOptions): { queries: []; overrides: Override[] } {
  const overrides = columns.flatMap(({ sql: _sql, title, ...look }) =>
    Object.keys(look).length === 0 ? [] : [{ of: title, ...look }],
  );
  return { queries: [], overrides };
}

function asking(options: SqlOptions, panel: Panel, format: "table" | "time_series"): Panel {
  return {
    ...panel,
    build(lang, place) {
      const target = {
        refId: "A",
        datasource: SQL_DATASOURCE,
        editorMode: "code",
        format,
        rawQuery: true,
        rawSql: sqlOf(options, lang),
      };
      const targets = [target] as unknown as NonNullable<PanelModel["targets"]>;
      return { ...panel.build(lang, place), datasource: SQL_DATASOURCE, targets };
    },
  };
}

function sqlOf({ columns, from }: SqlOptions, lang: Lang): string {
  const list = columns.map(
    ({ sql, title }) => `  ${typeof sql === "string" ? sql : sql[lang]} as "${title[lang]}"`,
  );
  return `select\n${list.join(",\n")}\n${from.trim()}`;
}
