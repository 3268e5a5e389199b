import { type BoardName, uidOf } from "../../dashboards/kit/names.ts";
import type { Lang } from "../../dashboards/kit/text.ts";
import { type PanelJson, panelsOf, prometheusBoards } from "../support/dashboards/boards.ts";
import { expand } from "../support/dashboards/expand.ts";
import { type Recording, valuesNow, valuesOver } from "./record.ts";

/** A panel as the page of plots shows it: one number, or lines over time. */
export interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly stacked: boolean;
  /** Of a tile; null where it is lines. */
  readonly value: number | null;
  /** Seconds since the epoch, the same for all lines. */
  readonly times: readonly number[];
  readonly lines: readonly {
    readonly name: string;
    readonly colour: string | null;
    readonly values: readonly (number | null)[];
  }[];
}

/** A stretch of time and the pace of its points, in seconds. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Asks a panel's own queries, those of the generated dashboard; throws where the dashboard has no such panel. */
export async function plotOf(
  recording: Recording,
  lang: Lang,
  [board, id]: readonly [BoardName, number],
  span: Span,
): Promise<Plot> {
  const uid = uidOf(board, lang);
  const found = prometheusBoards().find((each) => each.board.uid === uid);
  const panel = found && panelsOf(found.board).find((each) => each.id === id);
  if (!panel) throw new Error(`${uid} has no panel ${id}`);
  const { fieldConfig, title = "" } = panel;
  const plot = { title, unit: fieldConfig?.defaults.unit ?? "none", stacked: isStacked(panel) };
  const view = {
    choices: {},
    rangeSeconds: span.end - span.start,
    stepSeconds: span.step,
    scrapeSeconds: recording.scrapeSeconds,
  };
  const queries = (panel.targets ?? []).map(({ expr = "", legendFormat = "" }) => ({
    query: expand(expr, view),
    legendFormat,
  }));
  if (panel.type === "stat") {
    const [value = null] = await valuesNow(recording.url, queries[0]?.query ?? "");
    return { ...plot, value, times: [], lines: [] };
  }
  const times = stepsOf(span);
  const lines = [];
  for (const { query, legendFormat } of queries) {
    for (const { labels, points } of await valuesOver(recording.url, query, span)) {
      const name = renamed(panel, filled(legendFormat, labels));
      const values = times.map((at) => points.get(at) ?? null);
      lines.push({ name, colour: colourOf(panel, name), values });
    }
  }
  return { ...plot, value: null, times, lines };
}

function filled(legend: string, labels: Readonly<Record<string, string>>): string {
  return legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? "");
}

/** The name that the panel's own transformations make of it. */
function renamed({ transformations = [] }: PanelJson, name: string): string {
  const renames = transformations.filter(({ id }) => id === "renameByRegex");
  return renames.reduce((so, { options }) => {
    const { regex, renamePattern } = options as { regex: string; renamePattern: string };
    // Grafana writes a regular expression between slashes.
    const pattern = new RegExp(regex.replace(/^\/(.*)\/\w*$/s, "$1"), "g");
    return so.replaceAll(pattern, renamePattern);
  }, name);
}

function stepsOf({ start, end, step }: Span): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, at) => start + at * step);
}

function isStacked({ fieldConfig }: PanelJson): boolean {
  const { stacking } = (fieldConfig?.defaults["custom"] ?? {}) as { stacking?: { mode?: string } };
  return stacking?.mode === "normal";
}

/** The colour that the panel fixes for a line of this name. */
function colourOf({ fieldConfig }: PanelJson, name: string): string | null {
  const override = fieldConfig?.overrides.find(({ matcher }) => matcher.options === name);
  const colour = override?.properties.find(({ id }) => id === "color")?.value;
  return (colour as { fixedColor?: string } | undefined)?.fixedColor ?? null;
}
