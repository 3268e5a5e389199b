import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { renderLabels, renderSample } from "../../src/metrics/exposition.ts";
import { runProgram } from "../../test/support/run-program.ts";
import { until } from "../../test/real/support/child.ts";
import type { BenchPrometheus, Series } from "./prometheus.ts";

/** Close enough that every step of a query finds a sample: Prometheus looks back five minutes. */
const STEP_SECONDS = 240;

/** Of series per agency, of which there are thousands, and of all others. */
const AGENCY_HOURS = 6;
const OTHER_HOURS = 7 * 24;

/** Prometheus looks for new blocks each minute. */
const SEEN_WITHIN_MS = 180_000;

/** What was added to a database. */
export interface History {
  readonly series: number;
  readonly samples: number;
}

/** Gives every recorded series a past in which it was always what it is now, in the database of a running Prometheus. */
export async function addHistory(
  prometheus: BenchPrometheus,
  programs: string,
  folder: string,
  end: number,
): Promise<History> {
  const { result } = await prometheus.now('{__name__=~".+:.+"}');
  const file = join(folder, "history.om");
  let samples = 0;
  const count = (lines: string, points: number) => {
    samples += points;
    return lines;
  };
  function* text() {
    for (const each of result) {
      const points = hoursOf(each) * (3600 / STEP_SECONDS);
      yield count(linesOf(each, end, points), points);
    }
    yield "# EOF\n";
  }
  await pipeline(Readable.from(text()), createWriteStream(file));
  const made = await runProgram(`${programs}/promtool`, [
    "tsdb",
    "create-blocks-from",
    "openmetrics",
    "--max-block-duration=744h",
    file,
    prometheus.data,
  ]);
  if (made.code !== 0) throw new Error(`promtool: ${made.stderr}`);
  await until("the history is there", SEEN_WITHIN_MS, async () => {
    const { result: seen } = await prometheus.now("agency:portals:count offset 1h");
    return seen.length > 0 ? true : null;
  });
  return { series: result.length, samples };
}

function hoursOf({ metric }: Series): number {
  return metric["agency"] === undefined ? OTHER_HOURS : AGENCY_HOURS;
}

function linesOf({ metric, value }: Series, end: number, points: number): string {
  const { __name__: name = "", ...labels } = metric;
  const line = renderSample(name, renderLabels(labels), Number(value?.[1])).trimEnd();
  return Array.from(
    { length: points },
    (_, index) => `${line} ${end - (points - 1 - index) * STEP_SECONDS}\n`,
  ).join("");
}
