import {
  type BoardJson,
  type PanelJson,
  panelsOf,
  type VariableJson,
} from "../support/dashboards/boards.ts";
import { type Choice, expand } from "../support/dashboards/expand.ts";
import type { Grafana, SourceQuery } from "./grafana-client.ts";
import { valuesOf } from "./variable-values.ts";

/** What a walk through dashboards came to; a fault is a line that says where. */
export interface Walked {
  /** Queries that were answered. */
  readonly asked: number;
  readonly faults: readonly string[];
  /** Panels without a single value: none of them is a fault, on a young installation. */
  readonly empty: readonly string[];
}

/** Prometheus under the uid that provisioning gives it. */
const SOURCE = { uid: "prometheus", type: "prometheus" } as const;

/** As a panel of usual width asks; Grafana computes its own interval variables from these. */
const RESOLUTION = { intervalMs: 30_000, maxDataPoints: 400 } as const;

/** Asks Grafana every query of every panel, folded rows too, as a browser would with the first value of each variable. */
export async function walk(grafana: Grafana, boards: readonly BoardJson[]): Promise<Walked> {
  const faults: string[] = [];
  const empty: string[] = [];
  let asked = 0;
  for (const board of boards) {
    const missing = await provisioningFault(grafana, board);
    if (missing !== null) faults.push(`${board.uid}: ${missing}`);
    const choices = await choose(grafana, board, (fault) => faults.push(`${board.uid}: ${fault}`));
    for (const panel of panelsOf(board)) {
      const place = `${board.uid}: panel ${panel.id} "${panel.title}"`;
      const queries = queriesOf(panel, choices);
      if (queries.length === 0) continue;
      asked += queries.length;
      const answers = await grafana.query(queries);
      let values = 0;
      for (const { refId, expr } of queries) {
        const answer = answers.get(refId) ?? { error: "no answer" };
        if ("error" in answer) faults.push(`${place} ${refId}: ${answer.error} in ${String(expr)}`);
        else values += answer.values;
      }
      if (values === 0) empty.push(place);
    }
  }
  return { asked, faults, empty };
}

/** Why a dashboard is not there as it was generated; null: it is. */
async function provisioningFault(grafana: Grafana, board: BoardJson): Promise<string | null> {
  const found = await grafana.dashboard(board.uid ?? "");
  if (found === null) return "is not there";
  if (!found.meta.provisioned) return "did not come from a file";
  if (found.dashboard.title !== board.title) return `is called "${found.dashboard.title}"`;
  const ids = (panels: readonly PanelJson[]) => panels.map(({ id }) => id).toString();
  const has = ids(panelsOf(found.dashboard as unknown as BoardJson));
  return has === ids(panelsOf(board)) ? null : `has the panels ${has}`;
}

type Choices = Readonly<Record<string, Choice>>;

/** The choices that a reader meets first: all where all can be chosen, else the first value. */
async function choose(
  grafana: Grafana,
  { templating }: BoardJson,
  report: (fault: string) => void,
): Promise<Choices> {
  const choices: Record<string, Choice> = {};
  for (const variable of templating.list.filter(({ type }) => type === "query")) {
    const fill = (text: string) => withChoices(text, choices);
    const values = await valuesOf(grafana, SOURCE.uid, variable, fill);
    if (values.length === 0) report(`the variable ${variable.name} has no value`);
    choices[variable.name] = firstChoice(variable, values);
  }
  return choices;
}

function firstChoice({ includeAll, allValue, multi }: VariableJson, values: readonly string[]) {
  if (includeAll === true && allValue !== undefined) return { all: allValue };
  const chosen = includeAll === true ? values : values.slice(0, 1);
  return { values: chosen, several: multi === true };
}

function queriesOf({ targets = [] }: PanelJson, choices: Choices) {
  return targets.flatMap(({ expr, refId = "A", ...target }): SourceQuery[] =>
    expr === undefined
      ? []
      : [{ ...target, ...RESOLUTION, refId, datasource: SOURCE, expr: withChoices(expr, choices) }],
  );
}

/** Puts in what a reader chose and leaves `$__rate_interval` and its kin to Grafana, which knows the scrape interval. */
function withChoices(text: string, choices: Choices): string {
  const none = { rangeSeconds: 0, stepSeconds: 0, scrapeSeconds: 0 };
  const kept = text.replaceAll("$__", "\0");
  return expand(kept, { choices, ...none }).replaceAll("\0", "$__");
}
