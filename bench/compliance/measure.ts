/** How long one piece of work took, over several runs. */
export interface Measure {
  readonly name: string;
  /** Milliseconds, the median of the runs. */
  readonly medianMs: number;
  readonly slowestMs: number;
  readonly limitMs: number | null;
  readonly passed: boolean;
}

/** Runs the work once to warm up and then some times; the median must keep the limit. */
export async function measure(
  plan: { name: string; limitMs: number | null; runs: number },
  work: () => Promise<unknown>,
): Promise<Measure> {
  const { name, limitMs, runs } = plan;
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const medianMs = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const slowestMs = sorted.at(-1) ?? NaN;
  return { name, medianMs, slowestMs, limitMs, passed: limitMs === null || medianMs < limitMs };
}

/** The measures as lines for people, each beside the plain scan. */
export function tableOf(measured: readonly Measure[], scan: Measure): string {
  const lines = measured.map(({ name, medianMs, slowestMs, limitMs, passed }) => {
    const ratio = (medianMs / scan.medianMs).toFixed(1);
    const limit = limitMs === null ? "" : `limit ${limitMs} ms ${passed ? "kept" : "EXCEEDED"}`;
    return `${name.padEnd(46)} ${ms(medianMs)} (slowest ${ms(slowestMs)}) ${ratio.padStart(7)} × scan  ${limit}`;
  });
  return `${lines.join("\n")}\n`;
}

function ms(value: number): string {
  return `${value.toFixed(0).padStart(6)} ms`;
}
