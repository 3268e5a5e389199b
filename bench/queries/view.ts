import {
  type BoardJson,
  labelValuesOf,
  type PanelJson,
} from "../../test/support/dashboards/boards.ts";
import { type Choice, expand, type View } from "../../test/support/dashboards/expand.ts";
import type { BenchPrometheus } from "./prometheus.ts";

/** What the data source of the compose file says, and what jobs are scraped at. */
const SCRAPE_SECONDS = 30;

/** A dashboard on a wide screen: so many points fit into a panel of full width. */
const FULL_WIDTH_POINTS = 1880;
const GRID_WIDTH = 24;

const UNIT_SECONDS = {
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
} as const;

/** How long the range is that a dashboard opens with. */
function rangeSecondsOf({ time }: BoardJson): number {
  const [, count, unit] = /^now-(\d+)([mhdwMy])$/.exec(time?.from ?? "") ?? [];
  if (count === undefined) throw new Error(`A range that begins at ${time?.from}`);
  return Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
}

/** What a reader of the panel looks at, as long as nothing but `choices` was chosen. */
export function viewOf(board: BoardJson, panel: PanelJson, choices: View["choices"]): View {
  const rangeSeconds = rangeSecondsOf(board);
  const points =
    panel.maxDataPoints ?? (FULL_WIDTH_POINTS * (panel.gridPos?.w ?? GRID_WIDTH)) / GRID_WIDTH;
  const shortest = secondsOf(panel.interval) ?? SCRAPE_SECONDS;
  const stepSeconds = Math.max(Math.ceil(rangeSeconds / points), shortest);
  return { choices, rangeSeconds, stepSeconds, scrapeSeconds: SCRAPE_SECONDS };
}

function secondsOf(interval: string | undefined): number | null {
  const [, count, unit] = /^>?(\d+)([smhd])$/.exec(interval ?? "") ?? [];
  if (count === undefined) return null;
  return Number(count) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as "s" | "m" | "h" | "d"];
}

/** What the variables of a dashboard stand at when it is opened: everything where it may be chosen, else the first. */
export async function choicesOf(
  board: BoardJson,
  prometheus: BenchPrometheus,
): Promise<Record<string, Choice>> {
  const choices: Record<string, Choice> = {};
  for (const variable of board.templating.list) {
    const { name, type, includeAll, allValue, multi = false } = variable;
    if (type === "datasource") choices[name] = { values: ["prometheus"], several: false };
    if (type !== "query") continue;
    if (includeAll === true) {
      choices[name] = { all: allValue ?? ".*" };
      continue;
    }
    const { selector, label } = labelValuesOf(variable);
    const view = { choices, rangeSeconds: 3600, stepSeconds: 60, scrapeSeconds: SCRAPE_SECONDS };
    const { result } = await prometheus.now(`group by (${label}) (${expand(selector, view)})`);
    const values = result.map(({ metric }) => metric[label] ?? "").toSorted();
    choices[name] = { values: values.slice(0, 1), several: multi };
  }
  return choices;
}
