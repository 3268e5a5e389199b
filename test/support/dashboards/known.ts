import { EXPOSED } from "./exposed.ts";
import { OUTSIDE } from "./outside.ts";
import { alertLabels, withRecorded } from "./recorded.ts";
import { allGroups } from "./rules.ts";
import type { KnownSeries } from "./series.ts";

/** Everything that dashboards and rules may ask for: what is exposed, by whom ever, what rules record, and alerts. */
export function knownSeries(): KnownSeries {
  const groups = allGroups();
  const recorded = withRecorded(new Map([...EXPOSED, ...OUTSIDE]), groups);
  return new Map([
    ...recorded,
    ["ALERTS", { type: "gauge", labels: alertLabels(groups, recorded) }],
  ]);
}
