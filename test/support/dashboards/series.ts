/** What is known of the series of one name. */
export interface SeriesFacts {
  readonly type: "gauge" | "counter" | "histogram";
  /** Every label that its series have, those that Prometheus adds left out. */
  readonly labels: ReadonlySet<string>;
}

/** The series that there can be, by name; a histogram is here under its name without `_bucket`, `_sum`, `_count`. */
export type KnownSeries = ReadonlyMap<string, SeriesFacts>;

/** Labels that Prometheus gives to what it scrapes. */
const TARGET_LABELS = ["job", "instance"] as const;

/** The facts of a name as it stands in a query; null where there is no such series. */
export function factsOf(known: KnownSeries, name: string): SeriesFacts | null {
  const direct = known.get(name);
  if (direct) return direct.type === "histogram" ? null : direct;
  const [, base = "", part] = /^(.*)_(bucket|sum|count)$/.exec(name) ?? [];
  const histogram = known.get(base);
  if (histogram?.type !== "histogram") return null;
  const labels = part === "bucket" ? [...histogram.labels, "le"] : histogram.labels;
  return { type: "counter", labels: new Set(labels) };
}

/** All labels that a series of this name has once it is in Prometheus; null where there is no such series. */
export function labelsInPrometheus(known: KnownSeries, name: string): ReadonlySet<string> | null {
  const facts = factsOf(known, name);
  if (facts === null) return null;
  return new Set([...facts.labels, ...(isRecorded(name) ? [] : TARGET_LABELS)]);
}

/** Names of recorded series have colons, and nothing that is scraped has. */
export function isRecorded(name: string): boolean {
  return name.includes(":");
}
