/** How long one piece of work took over several runs, milliseconds. */
export interface Measure {
  readonly name: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** What the median must stay under; null where nothing was promised. */
  readonly limitMs: number | null;
  readonly passed: boolean;
}

/** Runs of each question. */
const RUNS = 20;

/** Asks once to warm up, then 20 times. */
export async function measure(
  name: string,
  limitMs: number | null,
  work: () => Promise<unknown>,
): Promise<Measure> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * RUNS) - 1] ?? NaN;
  const p50Ms = at(0.5);
  return { name, p50Ms, p95Ms: at(0.95), limitMs, passed: limitMs === null || p50Ms < limitMs };
}

/** The measures as lines for people. */
export function tableOf(measured: readonly Measure[]): string {
  return measured
    .map(({ name, p50Ms, p95Ms, limitMs, passed }) => {
      const limit = limitMs === null ? "" : `limit ${limitMs} ms ${passed ? "kept" : "EXCEEDED"}`;
      return `${name.padEnd(48)} p50 ${ms(p50Ms)}  p95 ${ms(p95Ms)}  ${limit}\n`;
    })
    .join("");
}

function ms(value: number): string {
  return `${value.toFixed(1).padStart(8)} ms`;
}
