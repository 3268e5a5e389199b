import type { PanelJson } from "../../support/dashboards/boards.ts";
import type { Answered, Viewed } from "./evaluate.ts";
import { framesOf } from "./frames.ts";
import type { Frame, GrafanaData } from "./grafana-data.ts";

/** A panel as Grafana would draw it. */
export interface Shown {
  readonly frames: readonly Frame[];
  /** Names of the columns or series, as the reader sees them. */
  readonly names: readonly string[];
  /** Whether every query brought something: Grafana leaves out the columns of one that did not. */
  readonly complete: boolean;
}

/** Passes frames through a panel's transformations and its field configuration, both Grafana's own. */
export async function show(
  data: GrafanaData,
  panel: PanelJson,
  options: { readonly answers: readonly Answered[]; readonly viewed: Viewed },
): Promise<Shown> {
  const transformed = await new Promise<Frame[]>((next, error) => {
    data
      .transformDataFrame(panel.transformations ?? [], framesOf(options.answers))
      .subscribe({ next, error });
  });
  const frames = data.applyFieldOverrides({
    data: transformed,
    fieldConfig: panel.fieldConfig,
    replaceVariables: replacing(data, options.viewed),
    theme: data.createTheme(),
    timeZone: "utc",
  });
  const names = frames.flatMap((frame) =>
    frame.fields.map((field) => data.getFieldDisplayName(field, frame, frames)),
  );
  return { frames, names, complete: options.answers.every(({ series }) => series.length > 0) };
}

/** What Grafana gives a link while it makes it. */
interface Scoped {
  readonly __dataContext?: {
    readonly value: {
      readonly frame: Frame;
      readonly field: Frame["fields"][number];
      readonly rowIndex?: number;
    };
  };
}

/** Puts values into the addresses and titles of links, as Grafana does; what nobody gives a value stays as it is. */
function replacing(data: GrafanaData, { view }: Viewed) {
  return (text: string, scoped: Scoped = {}, format?: string): string =>
    text.replaceAll(/\$\{([^}]+)\}|\$(\w+)/g, (whole, braced?: string, plain?: string) => {
      const name = braced ?? plain ?? "";
      if (name === "__url_time_range") return "from=now-6h&to=now";
      if (name === "datasource:queryparam") return "var-datasource=prometheus";
      const value = valueOf(data, name, scoped) ?? chosen(name, view.choices);
      if (value === null) return whole;
      return format === "uriencode" ? encodeURI(value) : value;
    });
}

function chosen(name: string, choices: Viewed["view"]["choices"]): string | null {
  const choice = choices[name];
  if (choice === undefined) return null;
  return "all" in choice ? choice.all : choice.values.join(",");
}

/** `__data.fields.portal`, `__data.fields["portal"]`, `__field.labels.portal`, `__value.raw`. */
function valueOf(data: GrafanaData, name: string, { __dataContext }: Scoped): string | null {
  if (!__dataContext) return null;
  const { frame, field, rowIndex = 0 } = __dataContext.value;
  const [, dotted, quoted] = /^__data\.fields(?:\.(.+)|\["(.+)"\])$/.exec(name) ?? [];
  const column = dotted ?? quoted;
  if (column !== undefined) {
    const shown = data.getFieldDisplayValuesProxy({ frame, rowIndex })[column];
    return shown === undefined ? null : data.formattedValueToString(shown as object);
  }
  const [, label] = /^__field\.labels\.(.+)$/.exec(name) ?? [];
  if (label !== undefined) return field.labels?.[label] ?? null;
  return name === "__value.raw" ? String(field.values[rowIndex]) : null;
}
