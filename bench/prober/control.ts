import { setTimeout as sleep } from "node:timers/promises";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import type { Prober } from "../../src/prober/index.ts";
import { quantile } from "./quantile.ts";

/** Pause between two rounds of visits to the control portal; three visits a second add a tenth to the load at most. */
const PAUSE_MS = 1000;

/** What connecting to the control portal took, milliseconds. */
export interface ControlTimes {
  readonly connect: number[];
  readonly tls: number[];
}

export type ControlSeries = Readonly<Record<Family, ControlTimes>>;

/**
 * Visits the control portal over both families for so long. The first visit of a round is not counted: after a pause
 * without load it pays for waking the processor and its caches, which under load are awake, and that would show the
 * load as a gain.
 */
export async function visitControl(
  prober: Prober,
  control: ProbeTarget,
  forMs: number,
): Promise<ControlSeries> {
  const until = performance.now() + forMs;
  const series = { ip4: emptyTimes(), ip6: emptyTimes() };
  while (performance.now() < until) {
    await prober.probeNow(control, "ip4");
    for (const family of FAMILIES) {
      const { outcome, phasesMs } = await prober.probeNow(control, family);
      if (outcome !== "ok") continue;
      series[family].connect.push(phasesMs.connect);
      series[family].tls.push(phasesMs.tls);
    }
    await sleep(PAUSE_MS);
  }
  return series;
}

function emptyTimes(): ControlTimes {
  return { connect: [], tls: [] };
}

/** Both series as one. */
export function joined(a: ControlSeries, b: ControlSeries): ControlSeries {
  const join = (family: Family) => ({
    connect: [...a[family].connect, ...b[family].connect],
    tls: [...a[family].tls, ...b[family].tls],
  });
  return { ip4: join("ip4"), ip6: join("ip6") };
}

/** Medians of one family and phase without and with the load, and the second over the first. */
export interface Comparison {
  readonly family: Family;
  readonly phase: keyof ControlTimes;
  readonly samples: number;
  readonly idleMs: number | null;
  readonly loadedMs: number | null;
  readonly ratio: number | null;
}

/** What the load did to the times of the control portal. */
export function compare(idle: ControlSeries, loaded: ControlSeries): Comparison[] {
  return FAMILIES.flatMap((family) =>
    (["connect", "tls"] as const).map((phase) => {
      const idleMs = quantile(idle[family][phase], 0.5);
      const loadedMs = quantile(loaded[family][phase], 0.5);
      const ratio = idleMs === null || loadedMs === null ? null : loadedMs / idleMs;
      return { family, phase, samples: loaded[family][phase].length, idleMs, loadedMs, ratio };
    }),
  );
}
