import { type Goal, isMet, median, ratioOf, type Row, type SectionReport, spread } from "./row.ts";

const HEAD = ["what", "ours", "beside it", "ratio", "goal", ""] as const;

/** The rows of sections as a table in Markdown, each section under its name. */
export function tableOf(reports: readonly SectionReport[]): string {
  return reports.map(sectionText).join("\n");
}

function sectionText({ section, facts, rows, missing = [] }: SectionReport): string {
  const about = Object.entries(facts).map(([name, value]) => `${name}: ${value}`);
  const notes = rows.flatMap(({ what, note }) =>
    note === undefined ? [] : [`- ${what}: ${note}`],
  );
  const parts = [
    `## ${section}`,
    ...(about.length === 0 ? [] : [about.join("; ")]),
    ...(rows.length === 0 ? [] : [markdown(rows)]),
    ...(notes.length === 0 ? [] : [notes.join("\n")]),
    ...missing.map((why) => `Not measured: ${why}`),
  ];
  return `${parts.join("\n\n")}\n`;
}

function markdown(rows: readonly Row[]): string {
  const cells = [HEAD, HEAD.map(() => "---"), ...rows.map(cellsOf)];
  return cells.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cellsOf(row: Row): string[] {
  const { what, unit, values, peer, goal } = row;
  const ratio = ratioOf(row);
  const met = isMet(row);
  return [
    what,
    shown(values, unit),
    peer === undefined ? "" : `${peer.name}: ${shown(peer.values, unit)}`,
    ratio === null ? "" : `× ${inFigures(ratio)}`,
    goal === undefined ? "" : goalText(goal, unit),
    met === null ? "" : met ? "met" : "**not met**",
  ];
}

/** The median, and the smallest and largest where there were several rounds. */
function shown(values: readonly number[], unit: string): string {
  if (values.length === 0) return "–";
  const middle = `${inFigures(median(values))}${unit === "" ? "" : ` ${unit}`}`;
  if (values.length === 1) return middle;
  const [least, most] = spread(values);
  return `${middle} (${inFigures(least)}–${inFigures(most)})`;
}

function goalText({ atMost, atLeast, ratioAtMost, ratioAtLeast }: Goal, unit: string): string {
  const bound = (sign: string, value: number | undefined, after: string) =>
    value === undefined ? [] : [`${sign} ${inFigures(value)}${after}`];
  const after = unit === "" ? "" : ` ${unit}`;
  return [
    ...bound("≤", atMost, after),
    ...bound("≥", atLeast, after),
    ...bound("≤ ×", ratioAtMost, ""),
    ...bound("≥ ×", ratioAtLeast, ""),
  ].join(", ");
}

/** Three significant figures, whole from a hundred on. */
function inFigures(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}
