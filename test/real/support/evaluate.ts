import {
  type AnnotationJson,
  type BoardJson,
  labelValuesOf,
  type PanelJson,
  panelsOf,
  type TargetJson,
  type VariableJson,
} from "../../support/dashboards/boards.ts";
import { secondsOf } from "../../support/dashboards/duration.ts";
import { type Choice, expand, type View } from "../../support/dashboards/expand.ts";
import type { DashboardPrometheus, Moment, ResultSeries } from "./dashboard-prometheus.ts";

/** What a reader has chosen: everything that can be, one value of each, or the values that could spoil a query. */
export type Setting = "all" | "one" | "strange";

/** A dashboard as a reader has it before him at an instant. */
export interface Viewed {
  readonly view: View;
  /** Values that each variable offers, in Prometheus' order. */
  readonly offered: Readonly<Record<string, readonly string[]>>;
  readonly time: number;
}

/** What came of one query. */
export interface Answered {
  readonly target: TargetJson;
  readonly expr: string;
  readonly series: readonly ResultSeries[];
}

/** Scrapes of the service, as the provisioned data source is told. */
const SCRAPE_SECONDS = 30;

/** A wide screen's points across Grafana's 24 columns. */
const POINTS_PER_COLUMN = 1920 / 24;

/** What Prometheus refuses to exceed, for which Grafana makes the step larger. */
const MAX_POINTS = 11_000;

/** Asks for the values of the variables, in their order, and chooses among them. */
export async function look(
  prometheus: DashboardPrometheus,
  board: BoardJson,
  options: { readonly setting: Setting; readonly time: number; readonly wanted: Wanted },
): Promise<Viewed> {
  const { setting, time, wanted } = options;
  const rangeSeconds = secondsOf((board.time?.from ?? "now-6h").replace("now-", ""));
  const choices: Record<string, Choice> = {};
  const offered: Record<string, readonly string[]> = {};
  const view: View = {
    choices,
    rangeSeconds,
    stepSeconds: SCRAPE_SECONDS,
    scrapeSeconds: SCRAPE_SECONDS,
    escaping: setting === "strange" ? "special" : "classic",
  };
  for (const variable of board.templating.list.filter(({ type }) => type === "query")) {
    const { selector, label } = labelValuesOf(variable);
    const moment = { start: time - rangeSeconds, end: time, step: 1 };
    const values = await prometheus.labelValues(expand(selector, view), label, moment);
    offered[variable.name] = values;
    choices[variable.name] = choose(variable, values, wanted[setting]);
  }
  return { view, offered, time };
}

/** Which of the values of variables are to be chosen, where they are offered. */
export type Wanted = Readonly<Record<Setting, Readonly<Record<string, string>>>>;

function choose(
  variable: VariableJson,
  values: readonly string[],
  wanted: Wanted[Setting],
): Choice {
  const { name, multi = false, includeAll = false, allValue } = variable;
  const want = wanted[name];
  if (want === undefined && includeAll && allValue !== undefined) return { all: allValue };
  const value = want !== undefined && values.includes(want) ? want : (values[0] ?? "");
  return { values: [value], several: multi || includeAll };
}

/** Asks every query of a panel as Grafana would; throws where Prometheus refuses one. */
export async function answer(
  prometheus: DashboardPrometheus,
  panel: PanelJson,
  viewed: Viewed,
): Promise<Answered[]> {
  const asked = (panel.targets ?? []).map(async (target): Promise<Answered> => {
    const { view, moment } = momentOf(panel, target, viewed);
    const expr = expand(target.expr ?? "", view);
    return { target, expr, series: await prometheus.ask(expr, moment) };
  });
  return Promise.all(asked);
}

/** The instant or the range that a query is asked for; the step follows from the panel's width, as in Grafana. */
function momentOf(panel: PanelJson, target: TargetJson, { view, time }: Viewed) {
  const least = Math.max(
    SCRAPE_SECONDS,
    ...[panel.interval, target.interval].flatMap((each) => (each ? [secondsOf(each)] : [])),
  );
  const points = Math.min(
    panel.maxDataPoints ?? (panel.gridPos?.w ?? 12) * POINTS_PER_COLUMN,
    MAX_POINTS,
  );
  const step = Math.max(least, Math.ceil(view.rangeSeconds / points));
  const moment: Moment =
    target.range === true
      ? { start: Math.floor((time - view.rangeSeconds) / step) * step, end: time, step }
      : { time };
  return { view: { ...view, stepSeconds: step }, moment };
}

/** What an annotation marks over the time range. */
export async function marks(
  prometheus: DashboardPrometheus,
  { expr = "" }: AnnotationJson,
  { view, time }: Viewed,
): Promise<readonly ResultSeries[]> {
  const step = Math.max(60, Math.ceil(view.rangeSeconds / MAX_POINTS));
  const moment = { start: time - view.rangeSeconds, end: time, step };
  return prometheus.ask(expand(expr, view), moment);
}

/** Panels whose queries ask Prometheus. */
export function askingPanels(board: BoardJson): PanelJson[] {
  return panelsOf(board).filter(({ targets = [] }) => targets.some(({ expr }) => expr));
}
