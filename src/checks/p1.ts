import { TIMED_STAGES, type StageTimes, type TimedStage } from "../domain/audit/observation.ts";
import { FAMILIES } from "../domain/family.ts";
import type { Check } from "./check.ts";
import { causes, conclude, noAddress } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { entryOf } from "./host-name.ts";

/** What the portal criteria of 2025 ask for and only a browser can tell; said instead of guessed from TTFB. */
const NOT_MEASURED = [
  "first_contentful_paint",
  "largest_contentful_paint",
  "speed_index",
  "total_blocking_time",
];

/** P1: IPv6 is not markedly slower than IPv4, by the median of each stage (b.5). Information only. */
export const p1: Check = {
  id: "P1",
  about: [null],
  transport: ["ip4", "ip6"],
  judge: ({ facts, timings }, { rules }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("P1", null, "own_fault")];
    for (const family of FAMILIES) {
      const view = familyView(entry, family);
      if (view.presence === "some") continue;
      const reason = view.presence === "none" ? noAddress(family) : view.why;
      return [conclude("P1", null, reason, { not_measured: NOT_MEASURED })];
    }
    const stages = TIMED_STAGES.map((stage) => ({
      stage,
      ip4: median(timings.ip4[stage]),
      ip6: median(timings.ip6[stage]),
    }));
    const slower = stages.filter(({ ip4, ip6 }) => {
      if (ip4 === null || ip6 === null) return false;
      return ip6 > ip4 * rules.slowerRatio && ip6 - ip4 > rules.slowerMs;
    });
    const total = stages.find(({ stage }) => stage === "total");
    const known = total !== undefined && total.ip4 !== null && total.ip6 !== null;
    const isSlower = slower.some(({ stage }) => stage === "total");
    const reason = isSlower ? "slower_over_ip6" : known ? "not_slower" : "not_measured";
    const evidence = { slower: slower.map(({ stage }) => stage), not_measured: NOT_MEASURED };
    const named = causes("host", [entry.host]);
    return [{ ...conclude("P1", null, reason, evidence, named), timings: durations(stages) }];
  },
};

interface Medians {
  readonly stage: TimedStage;
  readonly ip4: number | null;
  readonly ip6: number | null;
}

/** `ip6_tcp` and the like in milliseconds, and `total_ratio`, IPv6 to IPv4. */
function durations(stages: readonly Medians[]): Readonly<Record<string, number>> {
  const all: [string, number][] = [];
  for (const { stage, ip4, ip6 } of stages) {
    if (ip4 !== null) all.push([`ip4_${stage}`, ip4]);
    if (ip6 !== null) all.push([`ip6_${stage}`, ip6]);
    if (ip4 !== null && ip6 !== null && ip4 > 0) all.push([`${stage}_ratio`, ip6 / ip4]);
  }
  return Object.fromEntries(all);
}

function median(times: StageTimes): number | null {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
