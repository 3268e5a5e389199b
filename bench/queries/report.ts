import type { PanelCost } from "./cost.ts";
import type { History } from "./history.ts";
import type { GroupCost, SteadyCost } from "./steady.ts";

/** What the bench found. */
export interface QueryReport extends SteadyCost {
  readonly prometheus: string;
  readonly portals: number;
  readonly history: History;
  readonly panels: readonly PanelCost[];
}

/** One line per panel; what exceeds a limit is marked, on whichever dashboard it is. */
export function panelTable(
  panels: readonly PanelCost[],
  limits: { readonly ms: number; readonly samples: number },
): string {
  return panels
    .map(({ board, panel, open, ms, longestMs, samples, series }) => {
      const mark = ms < limits.ms && samples <= limits.samples ? "  " : "! ";
      const place = `${board}${open ? "" : " (folded)"}: ${panel}`;
      const times = `${ms.toFixed(0).padStart(6)} / ${longestMs.toFixed(0).padStart(6)} ms`;
      return `${mark}${place.padEnd(70)} ${times} ${String(samples).padStart(9)} samples ${String(series).padStart(6)} series\n`;
    })
    .join("");
}

/** One line per group of rules: the longest evaluation and the last one, in seconds. */
export function ruleTable(rules: readonly GroupCost[]): string {
  const line = (name: string, count: number, [longest, last]: readonly number[], rest = "") =>
    `${name.padEnd(30)} ${String(count).padStart(4)} rules ${seconds(longest)} / ${seconds(last)}  ${rest}\n`;
  const sum = (of: (group: GroupCost) => number) =>
    rules.reduce((total, group) => total + of(group), 0);
  const lines = rules.map(({ group, rules: count, longestSeconds, lastSeconds, dearest }) => {
    const names = dearest.map((each) => `${each.rule} ${each.seconds.toFixed(2)}`);
    return line(group, count, [longestSeconds, lastSeconds], names.join(", "));
  });
  const all = [sum((group) => group.longestSeconds), sum((group) => group.lastSeconds)];
  return `${lines.join("")}${line(
    "all",
    sum((group) => group.rules),
    all,
  )}`;
}

function seconds(value = NaN): string {
  return `${value.toFixed(2).padStart(6)} s`;
}
