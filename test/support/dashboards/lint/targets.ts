import { type PanelJson, panelsOf, type TargetJson } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

/** Panels that show a value over time; the others show what is now, for which a range would be a waste. */
const OVER_TIME = new Set(["timeseries", "state-timeline", "status-history", "heatmap"]);

/** Panels whose queries are rows. */
const OF_ROWS = new Set(["table", "geomap"]);

/** Every panel asks something, in the form that its kind can show. */
export const targets: BoardRule = (board) =>
  panelsOf(board)
    .filter(({ type }) => type !== "text")
    .flatMap((panel) => {
      const asked = panel.targets ?? [];
      const letters = new Set(asked.map(({ refId }) => refId));
      const faults = asked.flatMap((target) => formFaults(panel, target));
      if (asked.length === 0) faults.push("asks nothing");
      if (letters.size < asked.length) faults.push("two queries have one letter");
      return faults.map((fault) => `panel ${panel.id} "${panel.title}": ${fault}`);
    });

function formFaults({ type, options }: PanelJson, target: TargetJson): string[] {
  const { refId, expr, instant = false, range = false, format } = target;
  if (expr === undefined) return [];
  const faults: string[] = [];
  if (instant === range) faults.push(`${refId} is neither of now nor over time`);
  if (OVER_TIME.has(type) && !range) faults.push(`${refId} has no time`);
  const graph = options?.["graphMode"] !== undefined && options["graphMode"] !== "none";
  if (!OVER_TIME.has(type) && range && !graph) faults.push(`${refId} asks for a range in vain`);
  if (OF_ROWS.has(type) && format !== "table") faults.push(`${refId} brings no rows`);
  return faults;
}
