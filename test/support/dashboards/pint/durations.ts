import { secondsOf } from "../duration.ts";
import { walk } from "../promql.ts";
import type { RuleCheck } from "./rule.ts";

/** What is evaluated more rarely than this is stale to whoever asks in between. */
const MAX_INTERVAL_SECONDS = 300;

/** Scrapes of the service and of portals; a rate needs two samples, and one may be lost. */
const SCRAPE_SECONDS = 30;

const RATES = new Set(["rate", "irate", "increase", "delta", "deriv"]);

/** `for` is a time that means something, a target must be absent for a while, and rates see enough samples. */
export const durations: RuleCheck = ({ group, rule, expr }) => {
  const faults: string[] = [];
  if (secondsOf(group.interval) > MAX_INTERVAL_SECONDS)
    faults.push(`evaluated each ${group.interval}`);
  for (const each of walk(expr)) {
    const [range] = each.kind === "call" && RATES.has(each.name) ? each.args : [];
    if (range?.kind === "range" && secondsOf(range.range) < 4 * SCRAPE_SECONDS)
      faults.push(`a rate over ${range.range} sees too few samples`);
  }
  if (rule.alert === undefined) return faults;
  for (const time of [rule.for, rule.keep_firing_for])
    if (time !== undefined && !(secondsOf(time) > 0)) faults.push(`"${time}" is no time`);
  const absent = [...walk(expr)].some((each) => each.kind === "call" && each.name === "absent");
  if (absent && rule.for === undefined) faults.push("absent without for: each restart would speak");
  return faults;
};
