import { setTimeout as sleep } from "node:timers/promises";
import { processCost } from "../kit/process-cost.ts";

/** How a process was at one moment. */
export interface Sample {
  /** Milliseconds since the watch began. */
  readonly at: number;
  readonly rssBytes: number;
  /** Of the main thread alone; null where it was not told. */
  readonly heapBytes: number | null;
  readonly openFiles: number;
  readonly cpuMs: number;
}

/** Looks so often, and scrapes the service's own metrics each time, as a Prometheus would. */
const EVERY_MS = 5000;

/** Watches a service for so long; `tell` hears of every sample. */
export async function watchProcess(
  { pid, url }: { readonly pid: number; readonly url: string },
  forMs: number,
  tell: (sample: Sample) => void,
): Promise<readonly Sample[]> {
  const began = performance.now();
  const samples: Sample[] = [];
  while (performance.now() - began < forMs) {
    const heapBytes = await heapOf(url);
    const { rssBytes, openFiles, cpuMs } = await processCost(pid);
    const sample = { at: performance.now() - began, rssBytes, heapBytes, openFiles, cpuMs };
    samples.push(sample);
    tell(sample);
    await sleep(EVERY_MS);
  }
  return samples;
}

/** The used heap by the service's own account. */
async function heapOf(url: string): Promise<number | null> {
  const text = await (await fetch(new URL("/metrics", url))).text();
  const found = /^nodejs_heap_size_used_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text);
  return found === null ? null : Number(found[1]);
}

/** Those after the first tenth: until then code is compiled and every portal seen for the first time. */
export function afterStart(samples: readonly Sample[]): readonly Sample[] {
  const last = samples.at(-1)?.at ?? 0;
  return samples.filter(({ at }) => at >= last / 10);
}

/** By how much of its mean a value grows from the first sample to the last, by the straight line that fits best. */
export function growth(
  samples: readonly Sample[],
  valueOf: (sample: Sample) => number | null,
): number {
  const points = samples.flatMap((sample) => {
    const value = valueOf(sample);
    return value === null ? [] : [{ x: sample.at, y: value }];
  });
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const covariance = mean(points.map(({ x, y }) => (x - meanX) * (y - meanY)));
  const variance = mean(points.map(({ x }) => (x - meanX) ** 2));
  const spanX = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  return ((covariance / variance) * spanX) / meanY;
}
