import {
  type BoardFile,
  type PanelJson,
  panelsOf,
  type TargetJson,
} from "../../test/support/dashboards/boards.ts";
import { expand, type View } from "../../test/support/dashboards/expand.ts";
import type { Answer, BenchPrometheus } from "./prometheus.ts";
import { choicesOf, viewOf } from "./view.ts";

/** What a panel costs whoever opens it. */
export interface PanelCost {
  readonly board: string;
  readonly panel: string;
  /** Whether it stands open when the dashboard is opened. */
  readonly open: boolean;
  /** All its queries at once, as a browser asks them: the middle of several times, and the longest. */
  readonly ms: number;
  readonly longestMs: number;
  /** Of the query that touches most, over its whole range even where the bench has no such past. */
  readonly samples: number;
  readonly peakSamples: number;
  readonly series: number;
  /** That query. */
  readonly dearest: string;
}

const RUNS = 5;

/** What every panel of a dashboard costs, those in folded rows too. */
export async function costOf(
  { board, path }: BoardFile,
  prometheus: BenchPrometheus,
): Promise<PanelCost[]> {
  const choices = await choicesOf(board, prometheus);
  const open = new Set(board.panels);
  const name = path.split("/").at(-1)?.replace(".json", "") ?? path;
  const costs: PanelCost[] = [];
  for (const panel of panelsOf(board)) {
    const targets = (panel.targets ?? []).filter(({ expr }) => expr !== undefined);
    if (targets.length === 0) continue;
    const view = viewOf(board, panel, choices);
    const cost = await measure(targets, view, prometheus);
    costs.push({ board: name, panel: titleOf(panel), open: open.has(panel), ...cost });
  }
  return costs;
}

function titleOf({ id, title }: PanelJson): string {
  return `${id} ${title}`;
}

async function measure(targets: readonly TargetJson[], view: View, prometheus: BenchPrometheus) {
  const times: number[] = [];
  let answers: Answer[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const from = performance.now();
    answers = await Promise.all(targets.map((target) => ask(target, view, prometheus)));
    times.push(performance.now() - from);
  }
  times.sort((one, other) => one - other);
  const whole = await Promise.all(
    targets.map((target, index) => samplesOf(target, view, prometheus, answers[index])),
  );
  const samples = Math.max(...whole);
  return {
    ms: times[Math.floor(RUNS / 2)] ?? NaN,
    longestMs: times.at(-1) ?? NaN,
    samples,
    peakSamples: Math.max(...answers.map(({ peakSamples }) => peakSamples)),
    series: answers.reduce((sum, { result }) => sum + result.length, 0),
    dearest: targets[whole.indexOf(samples)]?.expr ?? "",
  };
}

function ask(target: TargetJson, view: View, prometheus: BenchPrometheus): Promise<Answer> {
  const expr = expand(target.expr ?? "", view);
  return target.instant === true
    ? prometheus.now(expr)
    : prometheus.over(expr, { seconds: view.rangeSeconds, step: view.stepSeconds });
}

/** What a query touches where every series has a past as long as the range: what it touches now, at every step. */
async function samplesOf(
  target: TargetJson,
  view: View,
  prometheus: BenchPrometheus,
  seen: Answer | undefined,
): Promise<number> {
  const touched = seen?.samples ?? 0;
  if (target.instant === true) return touched;
  const { samples } = await prometheus.now(expand(target.expr ?? "", view));
  const steps = Math.floor(view.rangeSeconds / view.stepSeconds) + 1;
  return Math.max(touched, samples * steps);
}
