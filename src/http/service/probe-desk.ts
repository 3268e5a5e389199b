import type { Family } from "../../domain/family.ts";
import type { ProbeResult } from "../../domain/observation.ts";
import type { AppDeps, ProbeNowTarget } from "../deps.ts";
import { Problem } from "../problem.ts";

/** Probes on request at a time; the schedule goes first. */
const MAX_AT_ONCE = 10;

/** A portal is not asked more often than this on request, in milliseconds: askers in between share one answer. */
const SPACING_MS = 5000;

/** Probes on request, politely. */
export interface ProbeDesk {
  /** Probes now, or gives the answer that is under way or less than five seconds old. Throws 429 when too many run. */
  probe(target: ProbeNowTarget, family: Family): Promise<ProbeResult>;
}

/** A desk with nothing under way. */
export function createProbeDesk(deps: Pick<AppDeps, "probeNow" | "clock">): ProbeDesk {
  const recent = new Map<string, { endedAt: number | null; result: Promise<ProbeResult> }>();
  const start = (target: ProbeNowTarget, family: Family, key: string) => {
    const result = deps.probeNow(target, family).finally(() => {
      recent.set(key, { endedAt: deps.clock(), result });
    });
    recent.set(key, { endedAt: null, result });
    return result;
  };
  const forget = (now: number) => {
    for (const [key, { endedAt }] of recent)
      if (endedAt !== null && now - endedAt >= SPACING_MS) recent.delete(key);
  };
  return {
    probe(target, family) {
      forget(deps.clock());
      const key = `${family} ${target.url}`;
      const known = recent.get(key);
      if (known) return known.result;
      const running = [...recent.values()].filter(({ endedAt }) => endedAt === null).length;
      if (running >= MAX_AT_ONCE) {
        throw new Problem(429, `More than ${MAX_AT_ONCE} probes on request are under way.`, {
          headers: { "Retry-After": "1" },
        });
      }
      return start(target, family, key);
    },
  };
}
