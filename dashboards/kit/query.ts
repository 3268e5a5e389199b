import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { type Lang, type Text } from "./text.ts";

/** The data source of every query, annotation and variable: whatever Prometheus the reader chooses. */
export const DATASOURCE = { type: "prometheus", uid: "${datasource}" } as const;

/** One PromQL query of a panel. */
export interface Query {
  readonly expr: string;
  /** `now`: one value per series; `table`: the same as rows with a column per label; `over`: a line per series. */
  readonly shape: "now" | "table" | "over";
  /** Name of each series, with `{{label}}`; without one Grafana's own. */
  readonly legend?: Text | undefined;
}

/** One value per series, as of the end of the time range. */
export function now(expr: string, legend?: Text): Query {
  return { expr, shape: "now", legend };
}

/** One row per series and one column per label, as of the end of the time range. */
export function rows(expr: string): Query {
  return { expr, shape: "table" };
}

/** A line per series over the time range. */
export function over(expr: string, legend?: Text): Query {
  return { expr, shape: "over", legend };
}

/** The queries as Grafana has them, with the letters A, B, C … for their ids. */
export function targetsOf(queries: readonly Query[], lang: Lang): DataqueryBuilder[] {
  return queries.map(({ expr, shape, legend }, index) => {
    const built = new DataqueryBuilder()
      .refId(String.fromCodePoint(65 + index))
      .datasource(DATASOURCE)
      .expr(expr);
    if (shape === "over") built.range();
    else built.instant();
    if (shape === "table") built.format(PromQueryFormat.Table);
    if (legend) built.legendFormat(legend[lang]);
    return built;
  });
}
