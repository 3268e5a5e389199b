import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import type { CoverageMetricsData } from "../reports/coverage/metrics-data.ts";
import { type Block, chunksOf, linesOf, makeBlock } from "./blocks.ts";
import { INDICATOR_FAMILIES, REGISTER_FAMILIES } from "./coverage-families.ts";

/** The series of /metrics/coverage: rendered when figures came, copied when they are scraped. */
export interface CoverageMetrics {
  /** Replaces every series; the last call wins, and a scrape sees the whole of one. */
  set(data: CoverageMetricsData): Promise<void>;
  /** The exposition text of this instant, in chunks, at the pace of the reader. */
  scrape(): ReadableStream<Uint8Array>;
}

/** An empty set of series. */
export function createCoverageMetrics(): CoverageMetrics {
  let register: Block = makeBlock(REGISTER_FAMILIES.map(() => ""));
  let indicators: readonly Block[] = [];
  let last = 0;
  return {
    async set(data) {
      last += 1;
      const call = last;
      const rendered: Block[] = [];
      for (const each of data.indicators) {
        rendered.push(makeBlock(INDICATOR_FAMILIES.map(({ render }) => render(each))));
        // An indicator has ten thousand lines.
        await yieldToEventLoop();
      }
      if (call !== last) return;
      indicators = rendered;
      register = makeBlock(REGISTER_FAMILIES.map(({ render }) => render(data)));
    },
    scrape: () =>
      ReadableStream.from(
        chunksOf([linesOf(REGISTER_FAMILIES, [register]), linesOf(INDICATOR_FAMILIES, indicators)]),
      ),
  };
}
