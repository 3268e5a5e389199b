import { followLabels } from "./labels.ts";
import { parsePromql } from "./promql.ts";
import type { GroupJson } from "./rules.ts";
import type { KnownSeries, SeriesFacts } from "./series.ts";

/** What is known of series together with those that rules record, which may be made of each other. */
export function withRecorded(known: KnownSeries, groups: readonly GroupJson[]): KnownSeries {
  const all = new Map<string, SeriesFacts>(known);
  const recordings = groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ record, labels, expr }) =>
      record === undefined ? [] : [{ record, labels, expr: parsePromql(expr) }],
    );
  // At first each may have any label; each round takes away what it cannot have, also where rules name themselves.
  const any = new Set([...known.values()].flatMap(({ labels }) => [...labels]));
  for (const { record } of recordings) all.set(record, { type: "gauge", labels: any });
  for (const _ of recordings) {
    for (const { record, labels: added = {}, expr } of recordings) {
      const { labels } = followLabels(expr, all);
      const own = [...(labels ?? []), ...Object.keys(added)];
      all.set(record, { type: "gauge", labels: new Set(own) });
    }
  }
  return all;
}

/** The labels that alerts have, together: each has some of them. */
export function alertLabels(groups: readonly GroupJson[], known: KnownSeries): Set<string> {
  const own = groups
    .flatMap(({ rules }) => rules)
    .filter(({ alert }) => alert !== undefined)
    .flatMap(({ expr }) => [...(followLabels(parsePromql(expr), known).labels ?? [])]);
  return new Set(["alertname", "alertstate", "severity", "category", ...own]);
}
