import { labelValuesOf, queryOf, type VariableJson } from "../support/dashboards/boards.ts";
import type { Grafana } from "./grafana-client.ts";

/** Values that a variable offers, in the order of its answer; `fill` puts in what was chosen before it. */
export async function valuesOf(
  grafana: Grafana,
  source: string,
  variable: VariableJson & { readonly regex?: string },
  fill: (text: string) => string,
): Promise<string[]> {
  const [, expr] = /^query_result\((.+)\)$/s.exec(queryOf(variable)) ?? [];
  if (expr === undefined) {
    const { selector, label } = labelValuesOf(variable);
    return grafana.labelValues(source, fill(selector), label);
  }
  const pattern = new RegExp((variable.regex ?? "").replace(/^\/(.*)\/\w*$/s, "$1"));
  const lines = (await grafana.series(source, fill(expr))).map(lineOf);
  return lines.flatMap((line) => pattern.exec(line)?.groups?.["value"] ?? []);
}

/** A series as Grafana shows it to the regular expression of a variable. */
function lineOf({ __name__: name = "", ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(",")}}`;
}
