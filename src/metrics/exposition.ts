/** Media type of the Prometheus text format; Prometheus 3 refuses a scrape without one. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** What HELP and TYPE say of one metric. */
export interface MetricFamily {
  readonly name: string;
  readonly type: "gauge" | "counter";
  readonly help: string;
}

/** The two comment lines that open a metric family. */
export function familyHeader({ name, type, help }: MetricFamily): string {
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${name} ${escaped}\n# TYPE ${name} ${type}\n`;
}

/** Labels as they stand between the braces, values escaped (backslash, quote, line feed); empty for no labels. */
export function renderLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabelValue(value)}"`)
    .join(",");
}

function escapeLabelValue(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** One sample line; `labels` as renderLabels made them. */
export function renderSample(name: string, labels: string, value: number): string {
  return labels === ""
    ? `${name} ${renderValue(value)}\n`
    : `${name}{${labels}} ${renderValue(value)}\n`;
}

/** A number as the text format spells it (Go's ParseFloat; JavaScript says Infinity where it says Inf). */
function renderValue(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}
