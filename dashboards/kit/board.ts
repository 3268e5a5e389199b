import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type GridPos,
  type Panel as PanelModel,
  type RowPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { type Link, linksOf } from "./links.ts";
import { type BoardName, uidOf } from "./names.ts";
import type { Panel } from "./panel.ts";
import { DATASOURCE } from "./query.ts";
import type { Lang, Text } from "./text.ts";
import { type Variable, variablesOf } from "./variables.ts";

/** Grafana's grid is this wide. */
const GRID_WIDTH = 24;

/** A part of a dashboard. Without a title it stands open at the top; with one it is a row that is folded up. */
export interface Section {
  /** Of the row; unique among the panels and rows of its dashboard. */
  readonly id?: number;
  readonly title?: Text;
  readonly panels: readonly Panel[];
}

/** A dashboard in both languages. */
export interface Board {
  readonly name: BoardName;
  readonly title: Text;
  /** The question that it answers. */
  readonly description: Text;
  readonly variables?: readonly Variable[];
  /** Pages of the service about the same, beside the drop-down of dashboards. */
  readonly pages?: readonly Link[];
  /** Beginning of the time range, as `now-6h`. */
  readonly from?: string;
  /** How often it asks anew, as `1m`. */
  readonly refresh?: string;
  /** Whether alerts and restarts are marked on its panels; not where years lie side by side. */
  readonly marked?: boolean;
  /** Matchers of the critical alerts that are marked; without them all are. */
  readonly alertsOf?: string;
  readonly sections: readonly Section[];
}

/** Tag of the dashboards of one language, by which they link to each other. */
function tagOf(lang: Lang): string {
  return `hatangso-${lang}`;
}

/** The dashboard as Grafana stores it, with what the SDK leaves open filled in. */
export function dashboardOf(board: Board, lang: Lang): Dashboard {
  const { name, title, description, variables = [], from = "now-6h", refresh = "1m" } = board;
  const built = new DashboardBuilder(title[lang])
    .uid(uidOf(name, lang))
    .description(description[lang])
    .tags(["hatangso", tagOf(lang)])
    .timezone("browser")
    .readonly()
    .time({ from, to: "now" })
    .refresh(refresh)
    .tooltip(DashboardCursorSync.Crosshair)
    .links([siblings(lang), ...linksOf(board.pages ?? [], lang)])
    .build();
  return {
    ...built,
    annotations: {
      list:
        board.marked === false
          ? []
          : annotations(lang, board.alertsOf).map((annotation) => annotation.build()),
    },
    templating: { list: variablesOf(variables, lang) },
    panels: laidOut(board.sections, lang),
  };
}

/** A drop-down of all dashboards of this language; the time range and the chosen values go along. */
function siblings(lang: Lang): DashboardLinkBuilder {
  return new DashboardLinkBuilder("Hạ tầng số")
    .type(DashboardLinkType.Dashboards)
    .tags([tagOf(lang)])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true);
}

function annotations(lang: Lang, alertsOf?: string): AnnotationQueryBuilder[] {
  const these = ["", alertsOf].filter((each) => each !== undefined).join(", ");
  const annotation = (name: Text, colour: string, expr: string, title: string) =>
    new AnnotationQueryBuilder()
      .name(name[lang])
      .datasource(DATASOURCE)
      .enable(true)
      .iconColor(colour)
      .expr(expr)
      .titleFormat(title)
      .step("60s");
  return [
    annotation(
      { vi: "Cảnh báo khẩn cấp", en: "Critical alerts" },
      "red",
      `max by (alertname, portal, province, agency) (ALERTS{alertstate="firing", severity="critical"${these}})`,
      "{{alertname}} {{portal}}{{province}}{{agency}}",
    ),
    annotation(
      { vi: "Dịch vụ khởi động lại", en: "Restarts of the service" },
      "blue",
      'changes(process_start_time_seconds{job="hatangso"}[2m]) > 0',
      { vi: "Khởi động lại", en: "Restarted" }[lang],
    ),
  ];
}

/** Panels beside each other as long as they fit, then below; sections below each other. */
function laidOut(sections: readonly Section[], lang: Lang): (PanelModel | RowPanel)[] {
  let y = 0;
  return sections.flatMap(({ id, title, panels }): (PanelModel | RowPanel)[] => {
    const isRow = title !== undefined;
    const top = y;
    if (isRow) y += 1;
    const { places, bottom } = flow(panels, y);
    const models = panels.map((panel, index) => panel.build(lang, places[index] as GridPos));
    if (!isRow) {
      y = bottom;
      return models;
    }
    const gridPos = { x: 0, y: top, w: GRID_WIDTH, h: 1 };
    if (id === undefined) throw new Error(`The row "${title.en}" has no id`);
    return [{ type: "row", collapsed: true, id, title: title[lang], gridPos, panels: models }];
  });
}

function flow(panels: readonly Panel[], top: number): { places: GridPos[]; bottom: number } {
  let x = 0;
  let y = top;
  let bottom = top;
  const places = panels.map(({ width: w, height: h }) => {
    if (x + w > GRID_WIDTH) {
      x = 0;
      y = bottom;
    }
    const place = { x, y, w, h };
    x += w;
    bottom = Math.max(bottom, y + h);
    return place;
  });
  return { places, bottom };
}
