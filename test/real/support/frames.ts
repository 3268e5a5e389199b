import type { Answered } from "./evaluate.ts";
import type { ResultSeries } from "./dashboard-prometheus.ts";
import type { Field, Frame } from "./grafana-data.ts";

/**
 * The frames that Grafana's Prometheus data source makes of what Prometheus answered (`transformV2` of
 * @grafana/prometheus, which needs a whole browser): a table per query of the format `table`, a frame per series else.
 */
export function framesOf(answers: readonly Answered[]): Frame[] {
  const tables = answers.filter(({ target }) => target.format === "table");
  const others = answers.filter(({ target }) => target.format !== "table");
  return [
    ...others.flatMap((answer) => answer.series.map((series) => lineOf(answer, series))),
    ...tables.map((answer) => tableOf(answer, tables.length > 1)),
  ];
}

function lineOf({ target }: Answered, { metric, points }: ResultSeries): Frame {
  const { __name__: name = "", ...labels } = metric;
  const displayNameFromDS = legend(target.legendFormat, metric) ?? described(name, labels);
  return {
    refId: target.refId ?? "",
    length: points.length,
    fields: [
      timeField(points),
      {
        name: "Value",
        type: "number",
        labels: metric,
        config: { displayNameFromDS },
        values: points.map(([, value]) => numberOf(value)),
      },
    ],
  };
}

function tableOf({ target, series }: Answered, isOneOfSeveral: boolean): Frame {
  const names = [...new Set(series.flatMap(({ metric }) => Object.keys(metric).toSorted()))];
  const refId = target.refId ?? "";
  const labels = names.map((name): Field => ({
    name,
    type: "string",
    config: { filterable: true },
    values: series.flatMap(({ metric, points }) => points.map(() => metric[name] ?? "")),
  }));
  const points = series.flatMap((each) => each.points);
  const value: Field = {
    name: isOneOfSeveral ? `Value #${refId}` : "Value",
    type: "number",
    config: {},
    values: points.map(([, text]) => numberOf(text)),
  };
  return { refId, length: points.length, fields: [timeField(points), ...labels, value] };
}

function timeField(points: ResultSeries["points"]): Field {
  return { name: "Time", type: "time", config: {}, values: points.map(([time]) => time * 1000) };
}

/** `{{label}}` put in; null for Grafana's own name. */
function legend(format: string | undefined, metric: ResultSeries["metric"]): string | null {
  if (format === undefined || format === "" || format === "__auto") return null;
  return format.replaceAll(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => metric[label] ?? "");
}

function described(name: string, labels: Readonly<Record<string, string>>): string {
  const list = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return list.length === 0 && name !== "" ? name : `${name}{${list.join(", ")}}`;
}

function numberOf(text: string): number {
  if (text === "+Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}
