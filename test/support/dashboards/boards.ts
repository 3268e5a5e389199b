import { generatedFiles } from "../../../dashboards/generated-files.ts";

/** The data source that a panel, a query, an annotation or a variable names. */
interface DatasourceJson {
  readonly type?: string;
  readonly uid?: string;
}

/** One query of a panel, of Prometheus (`expr`) or PostgreSQL (`rawSql`). */
export interface TargetJson {
  readonly refId?: string;
  readonly expr?: string;
  readonly rawSql?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: string;
  readonly legendFormat?: string;
  readonly interval?: string;
  readonly datasource?: DatasourceJson;
}

/** A link of a value, or of the whole dashboard. */
export interface LinkJson {
  readonly title?: string;
  readonly url?: string;
  readonly type?: string;
  readonly tags?: readonly string[];
  readonly keepTime?: boolean;
  readonly includeVars?: boolean;
}

/** A property that an override sets. */
interface PropertyJson {
  readonly id: string;
  readonly value?: unknown;
}

/** What differs for some fields of a panel. */
interface OverrideJson {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly PropertyJson[];
}

/** A transformation of Grafana, by its id. */
interface TransformationJson {
  readonly id: string;
  readonly options?: unknown;
}

/** A panel or a row, as far as the rules read it. */
export interface PanelJson {
  readonly id?: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly collapsed?: boolean;
  readonly repeat?: string;
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly datasource?: DatasourceJson;
  readonly gridPos?: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly TargetJson[];
  readonly transformations?: readonly TransformationJson[];
  readonly fieldConfig?: {
    readonly defaults: Readonly<Record<string, unknown>> & {
      readonly unit?: string;
      readonly noValue?: string;
      readonly links?: readonly LinkJson[];
      readonly mappings?: readonly unknown[];
    };
    readonly overrides: readonly OverrideJson[];
  };
  readonly options?: Readonly<Record<string, unknown>>;
  readonly panels?: readonly PanelJson[];
}

/** A variable of a dashboard. */
export interface VariableJson {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly query?: string | { readonly query?: string };
  readonly regex?: string;
  readonly datasource?: DatasourceJson;
  readonly refresh?: number;
  readonly hide?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
}

/** A query whose results are marked on every panel. */
export interface AnnotationJson {
  readonly name: string;
  readonly enable?: boolean;
  readonly expr?: string;
  readonly datasource?: DatasourceJson;
}

/** A dashboard as it lies in the folder. */
export interface BoardJson {
  readonly uid?: string;
  readonly id?: number | null;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly schemaVersion?: number;
  readonly editable?: boolean;
  readonly refresh?: string;
  readonly time?: { readonly from: string; readonly to: string };
  readonly links?: readonly LinkJson[];
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly annotations: { readonly list: readonly AnnotationJson[] };
  readonly panels: readonly PanelJson[];
}

/** A dashboard and the file that it is in, as `grafana/dashboards/en/overview.json`. */
export interface BoardFile {
  readonly path: string;
  readonly board: BoardJson;
}

/** Addresses that no real machine has: links in alerts begin with these. */
export const ADDRESSES = {
  service: "https://hatangso.example",
  grafana: "https://grafana.example",
} as const;

/** Every generated dashboard, those that ask PostgreSQL too, in both languages. */
export function allBoards(): BoardFile[] {
  return [...generatedFiles(ADDRESSES)]
    .filter(([path]) => path.endsWith(".json"))
    .map(([path, text]) => ({ path, board: JSON.parse(text) as BoardJson }));
}

/** The dashboards that ask Prometheus. */
export function prometheusBoards(): BoardFile[] {
  return allBoards().filter(({ path }) => path.startsWith("grafana/dashboards/"));
}

/** All panels of a dashboard, those in folded rows too, rows themselves left out. */
export function panelsOf({ panels }: BoardJson): PanelJson[] {
  return panels.flatMap((panel) => (panel.type === "row" ? (panel.panels ?? []) : [panel]));
}

/** What the query of a variable is, as text; "" where it has none. */
export function queryOf({ query }: VariableJson): string {
  return typeof query === "string" ? query : (query?.query ?? "");
}

/** A PromQL query and the place where it stands, for messages. */
export interface PlacedQuery {
  readonly place: string;
  readonly expr: string;
}

/** Every PromQL query of a dashboard: of panels, variables and annotations. */
export function queriesOf(board: BoardJson): PlacedQuery[] {
  const ofPanels = panelsOf(board).flatMap(({ id, title, targets = [] }) =>
    targets.flatMap(({ expr, refId }) =>
      expr === undefined ? [] : [{ place: `panel ${id} "${title}" ${refId}`, expr }],
    ),
  );
  const ofAnnotations = board.annotations.list.flatMap(({ name, expr }) =>
    expr === undefined ? [] : [{ place: `annotation "${name}"`, expr }],
  );
  const ofVariables = board.templating.list
    .filter(({ type, datasource }) => type === "query" && datasource?.type === "prometheus")
    .map((variable) => ({ place: `variable ${variable.name}`, expr: selectorOf(variable) }));
  return [...ofPanels, ...ofAnnotations, ...ofVariables];
}

/**
 * The series and the label that the values of a variable are taken from: of `label_values(selector, label)`, or of
 * `query_result(selector)` where the regular expression takes the value of a label. Throws for any other way to ask.
 */
export function labelValuesOf(variable: VariableJson): { selector: string; label: string } {
  const { name, regex = "" } = variable;
  const query = queryOf(variable);
  const [, listed, byLabel] = /^label_values\((.+),\s*(\w+)\)$/s.exec(query) ?? [];
  const [, result] = /^query_result\((.+)\)$/s.exec(query) ?? [];
  const [, byRegex] = /(\w+)="\(\?<value>/.exec(regex) ?? [];
  const selector = listed ?? result;
  const label = listed === undefined ? byRegex : byLabel;
  if (selector === undefined || label === undefined)
    throw new Error(`variable ${name} is no label_values(series, label), nor a query_result`);
  return { selector, label };
}

/** A query that gives what a variable's values are taken from. */
function selectorOf(variable: VariableJson): string {
  const { selector, label } = labelValuesOf(variable);
  return `group by (${label}) (${selector})`;
}
