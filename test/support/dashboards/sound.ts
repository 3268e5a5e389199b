import { type Board, dashboardOf } from "../../../dashboards/kit/board.ts";
import { columns } from "../../../dashboards/kit/columns.ts";
import { lines, stat, table } from "../../../dashboards/kit/kinds.ts";
import { now, over, rows } from "../../../dashboards/kit/query.ts";
import { same } from "../../../dashboards/kit/text.ts";
import type { BoardJson, PanelJson } from "./boards.ts";
import type { Surroundings } from "./lint/rule.ts";
import type { GroupJson } from "./rules.ts";
import type { KnownSeries, SeriesFacts } from "./series.ts";

const facts = (type: SeriesFacts["type"], ...labels: string[]): SeriesFacts => ({
  type,
  labels: new Set(labels),
});

/** A few of our series, enough for the examples. */
export const SOME_SERIES: KnownSeries = new Map([
  ["portal_info", facts("gauge", "portal", "instance", "kind", "agency", "province")],
  ["portal_state", facts("gauge", "portal", "instance")],
  ["portal_incident_open", facts("gauge", "portal", "instance", "kind", "severity")],
  ["portal_incident_held", facts("gauge", "portal", "instance", "kind", "reason")],
  ["prober_results_total", facts("counter", "vantage", "family", "outcome")],
  ["prober_schedule_lag_seconds", facts("histogram")],
  ["job_runs_total", facts("counter", "job", "outcome")],
  ["hatangso_info", facts("gauge", "version", "public_url", "told_by")],
  ["ALERTS", facts("gauge", "alertname", "alertstate", "severity", "portal", "province", "agency")],
  ["process_start_time_seconds", facts("gauge")],
]);

const DESCRIPTION = same("What the panel shows, and how it is to be read.");

const EXAMPLE: Board = {
  name: "overview",
  title: same("An example"),
  description: DESCRIPTION,
  variables: [
    {
      name: "agency",
      label: same("Agency"),
      query: "label_values(portal_info, agency)",
      several: true,
    },
  ],
  sections: [
    {
      panels: [
        stat({
          id: 1,
          size: [4, 4],
          title: same("Portals"),
          description: DESCRIPTION,
          queries: [now('count(portal_info{agency=~"$agency"})')],
          unit: "short",
        }),
        lines({
          id: 2,
          size: [8, 4],
          title: same("Runs"),
          description: DESCRIPTION,
          queries: [over("sum by (family) (rate(prober_results_total[$__rate_interval]))")],
          unit: "short",
        }),
      ],
    },
    {
      id: 3,
      title: same("More"),
      panels: [
        table({
          id: 4,
          size: [12, 8],
          title: same("Which portals"),
          description: DESCRIPTION,
          queries: [rows("portal_info")],
          unit: "none",
          transformations: columns([{ field: "portal", title: same("Portal") }]),
          overrides: [
            {
              of: same("Portal"),
              links: [
                {
                  title: same("Portal"),
                  board: "portal",
                  variables: { portal: "${__data.fields.portal}" },
                },
                { title: same("Times"), page: "/portals/${__data.fields.portal}/times" },
              ],
            },
          ],
        }),
      ],
    },
  ],
};

/** A small dashboard without a fault, as it lies in a file. */
export function soundBoard(): BoardJson {
  return JSON.parse(JSON.stringify(dashboardOf(EXAMPLE, "en"))) as BoardJson;
}

/** A panel without a fault, at a place. */
export function soundPanel(id: number, x: number, y: number): PanelJson {
  const [panel] = soundBoard().panels;
  return { ...(panel as PanelJson), id, gridPos: { x, y, w: 4, h: 4 } };
}

/** Something made of JSON with other values at some paths, as `panels.0.title`; `undefined` takes one away. */
export function changed<T>(what: T, changes: Readonly<Record<string, unknown>>): T {
  const copy = structuredClone(what);
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    const place = steps.reduce((each, step) => each[step] as Json, copy as Json);
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return copy;
}

type Json = { [key: string]: unknown };

/** Where its links lead. */
export const SOME_SURROUNDINGS: Surroundings = {
  known: SOME_SERIES,
  boards: new Map([["hatangso-portal-en", new Set(["datasource", "portal"])]]),
  tags: new Set(["hatangso-en"]),
  hasPage: (path) => /^\/portals\/[^/]+\/times$/.test(path),
};

/** A group of rules without a fault. */
export function soundGroup(): GroupJson {
  return {
    name: "example",
    interval: "30s",
    rules: [
      { record: "agency:portals:count", expr: "count by (agency) (portal_info)" },
      {
        alert: "PortalDown",
        expr: 'portal_incident_open{kind="down"} unless on (portal, kind) portal_incident_held',
        for: "1m",
        labels: { severity: "critical", category: "portal" },
        annotations: {
          summary: "A portal is down.",
          description: "{{ $labels.instance }} is confirmed to be down over a family.",
          runbook_url: "https://hatangso.example/runbooks/PortalDown",
          dashboard_url:
            "https://grafana.example/d/hatangso-portal?var-portal={{ $labels.portal }}",
        },
      },
    ],
  };
}
