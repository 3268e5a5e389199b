import type { BenchPrometheus } from "./prometheus.ts";

/** What evaluating a group of rules costs, in seconds: the longest of all evaluations, the last one, and its dearest rules. */
export interface GroupCost {
  readonly group: string;
  readonly rules: number;
  readonly longestSeconds: number;
  readonly lastSeconds: number;
  readonly dearest: readonly { readonly rule: string; readonly seconds: number }[];
}

/** What scraping and evaluating cost while nobody asks. */
export interface SteadyCost {
  /** In the head of Prometheus's database. */
  readonly series: number;
  /** Of the portals' endpoint, within five minutes: the longest scrape, those that failed, samples of the last one. */
  readonly scrapeSeconds: number;
  readonly failedScrapes: number;
  readonly scrapedSamples: number;
  /** Processor seconds of Prometheus per second; other than times it is the same on a machine with much else to do. */
  readonly cores: number;
  readonly residentBytes: number;
  /** The longest evaluations of all groups, added up. */
  readonly ruleSeconds: number;
  readonly rules: readonly GroupCost[];
}

const SHOWN = 3;

/** The cost so far of a Prometheus that has run for five minutes at least; throws where a rule fails. */
export async function steadyCost(prometheus: BenchPrometheus): Promise<SteadyCost> {
  const one = async (expr: string) =>
    Number((await prometheus.now(expr)).result[0]?.value?.[1] ?? NaN);
  const rules = await ruleCosts(prometheus);
  const portals = 'job="hatangso-portals"';
  return {
    series: await one("prometheus_tsdb_head_series"),
    scrapeSeconds: await one(`max_over_time(scrape_duration_seconds{${portals}}[5m])`),
    failedScrapes: await one(
      `count_over_time(up{${portals}}[5m]) - sum_over_time(up{${portals}}[5m])`,
    ),
    scrapedSamples: await one(`scrape_samples_scraped{${portals}}`),
    cores: await one('rate(process_cpu_seconds_total{job="prometheus"}[5m])'),
    residentBytes: await one('process_resident_memory_bytes{job="prometheus"}'),
    ruleSeconds: rules.reduce((sum, { longestSeconds }) => sum + longestSeconds, 0),
    rules,
  };
}

async function ruleCosts(prometheus: BenchPrometheus): Promise<GroupCost[]> {
  const { result } = await prometheus.now(
    'max by (rule_group) (max_over_time(prometheus_rule_group_last_duration_seconds{job="prometheus"}[1h]))',
  );
  const longest = new Map(
    result.map(({ metric, value }) => [
      metric["rule_group"]?.split(";").at(-1) ?? "",
      Number(value?.[1]),
    ]),
  );
  const groups = await prometheus.groups();
  const failed = groups.flatMap(({ rules }) => rules.filter(({ health }) => health === "err"));
  if (failed.length > 0) {
    throw new Error(failed.map(({ name, lastError }) => `${name}: ${lastError}`).join("\n"));
  }
  return groups.map(({ name, rules, evaluationTime }) => ({
    group: name,
    rules: rules.length,
    longestSeconds: Math.max(longest.get(name) ?? 0, evaluationTime),
    lastSeconds: evaluationTime,
    dearest: rules
      .map((rule) => ({ rule: rule.name, seconds: rule.evaluationTime }))
      .toSorted((one, other) => other.seconds - one.seconds)
      .slice(0, SHOWN),
  }));
}
