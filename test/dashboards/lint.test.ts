import { describe, expect, test } from "vitest";
import { BOARD_RULES } from "../support/dashboards/lint/all.ts";
import { changed, SOME_SURROUNDINGS, soundBoard, soundPanel } from "../support/dashboards/sound.ts";

/** All faults of the sound dashboard with these changes, as `rule: what`. */
function faultsWith(changes: Readonly<Record<string, unknown>>): string[] {
  const board = changed(soundBoard(), changes);
  return Object.entries(BOARD_RULES).flatMap(([name, rule]) =>
    rule(board, SOME_SURROUNDINGS).map((fault) => `${name}: ${fault}`),
  );
}

test("a sound dashboard has no fault", () => {
  expect(faultsWith({})).toEqual([]);
});

/** The panels of the example: a number, lines, and a table in a row. */
const NUMBER = 'panel 1 "Portals"';
const LINES = 'panel 2 "Runs"';
const TABLE = 'panel 4 "Which portals"';
const [NUMBER_EXPR, LINES_EXPR] = ["panels.0.targets.0.expr", "panels.1.targets.0.expr"];
const LINKS = "panels.2.panels.0.fieldConfig.overrides.1.properties.0.value";
const TIME = "${__url_time_range}";

type Planted = readonly [what: string, fault: string, changes: Readonly<Record<string, unknown>>];

describe("a fault that is planted in a query is caught:", () => {
  test.each<Planted>([
    [
      "a misspelt metric",
      `series: ${NUMBER} A: there is no series portal_infos`,
      { [NUMBER_EXPR]: 'count(portal_infos{agency=~"$agency"})' },
    ],
    [
      "a misspelt label",
      `series: ${NUMBER} A: portal_info has no label agencies`,
      { [NUMBER_EXPR]: 'count(portal_info{agencies=~"$agency"})' },
    ],
    [
      "a misspelt value",
      `series: ${LINES} A: prober_results_total has no outcome = "good"`,
      { [LINES_EXPR]: 'rate(prober_results_total{outcome="good"}[$__rate_interval])' },
    ],
    [
      "a job that Prometheus does not scrape",
      `series: ${LINES} A: portal_state has no job = "service"`,
      { [LINES_EXPR]: 'portal_state{job="service"}' },
    ],
    [
      "a join by a label that one side lacks",
      `series: ${LINES} A: on agency, which one side does not have`,
      { [LINES_EXPR]: "portal_state * on (agency) portal_info" },
    ],
    [
      "a sum by a label that is not there",
      `series: ${LINES} A: sum by province, which is not there`,
      { [LINES_EXPR]: "sum by (province) (portal_state)" },
    ],
    [
      "no PromQL",
      `promql: ${NUMBER} A: not PromQL`,
      { [NUMBER_EXPR]: 'count(portal_info{agency=~"$agency")' },
    ],
    [
      "a variable that nobody gives a value",
      `promql: ${LINES} A: nobody gives $agencies a value`,
      { [LINES_EXPR]: 'portal_info{agency=~"$agencies"}' },
    ],
    [
      "a counter without a rate",
      `promql: ${LINES} A: prober_results_total is a counter`,
      { [LINES_EXPR]: "sum(prober_results_total)" },
    ],
    [
      "a rate of what is no counter",
      `promql: ${LINES} A: rate of portal_state, which is no counter`,
      { [LINES_EXPR]: "rate(portal_state[$__rate_interval])" },
    ],
    [
      "a rate that does not follow the step",
      `promql: ${LINES} A: a rate over 5m`,
      { [LINES_EXPR]: "rate(prober_results_total[5m])" },
    ],
    [
      "several values compared literally",
      "variables: variable agency: compared literally",
      { [NUMBER_EXPR]: 'count(portal_info{agency="$agency"})' },
    ],
    [
      "a variable that nothing uses",
      "variables: variable agency: nothing uses it",
      { [NUMBER_EXPR]: "count(portal_info)" },
    ],
    [
      "a variable that is asked once",
      "variables: variable agency: refresh 1",
      { "templating.list.1.refresh": 1 },
    ],
    [
      "all, which is what is missing too",
      "variables: variable agency: all stands for .*",
      { "templating.list.1.allValue": ".*" },
    ],
    ["no query", `targets: ${LINES}: asks nothing`, { "panels.1.targets": [] }],
    [
      "a table of lines",
      `targets: ${TABLE}: A brings no rows`,
      { "panels.2.panels.0.targets.0.format": "time_series" },
    ],
    [
      "lines without time",
      `targets: ${LINES}: A has no time`,
      { "panels.1.targets.0.instant": true, "panels.1.targets.0.range": false },
    ],
    [
      "the data source of one installation",
      `datasources: ${NUMBER} A asks the source P1809F7CD0C75ACF3`,
      { "panels.0.targets.0.datasource.uid": "P1809F7CD0C75ACF3" },
    ],
  ])("%s", (_what, fault, changes) => {
    expect(faultsWith(changes)).toContainEqual(expect.stringContaining(fault));
  });
});

describe("a fault that is planted in what is seen is caught, and nothing else is said:", () => {
  test.each<Planted>([
    [
      "a wrong unit",
      `units: ${NUMBER}: the unit percentunits is none`,
      { "panels.0.fieldConfig.defaults.unit": "percentunits" },
    ],
    [
      "no unit",
      `units: ${NUMBER}: the unit undefined is none`,
      { "panels.0.fieldConfig.defaults.unit": undefined },
    ],
    [
      "a wrong unit of one column",
      `units: ${TABLE}: the unit second is none`,
      {
        "panels.2.panels.0.fieldConfig.overrides.0.properties.1": { id: "unit", value: "second" },
      },
    ],
    ["overlapping panels", 'layout: "Portals" lies over "Runs"', { "panels.1.gridPos.x": 3 }],
    [
      "overlapping panels in a row",
      'layout: "Which portals" lies over "Portals"',
      { "panels.2.panels.1": soundPanel(9, 0, 6) },
    ],
    [
      "a panel outside the grid",
      'layout: "Runs" is outside the grid',
      { "panels.1.gridPos.x": 20 },
    ],
    [
      "too many open panels",
      "layout: 13 panels are open",
      Object.fromEntries(
        Array.from({ length: 11 }, (_, n) => [
          `panels.${3 + n}`,
          soundPanel(10 + n, 0, 50 + n * 4),
        ]),
      ),
    ],
    [
      "a panel for each value",
      'layout: "Portals" is repeated for each agency',
      { "panels.0.repeat": "agency" },
    ],
    [
      "a row that stands open",
      'layout: the row "More" is not folded',
      { "panels.2.collapsed": false },
    ],
    [
      "a dead link to a dashboard",
      `links: ${TABLE}: no dashboard "hatangso-portals-en"`,
      { [`${LINKS}.0.url`]: `d/hatangso-portals-en?${TIME}&var-portal=1` },
    ],
    [
      "a link that sets a variable which is not there",
      `links: ${TABLE}: the dashboard hatangso-portal-en has no variable cong`,
      { [`${LINKS}.0.url`]: `d/hatangso-portal-en?${TIME}&var-cong=1` },
    ],
    [
      "a link that loses the time range",
      `links: ${TABLE}: loses the time range`,
      { [`${LINKS}.0.url`]: "d/hatangso-portal-en?var-portal=1" },
    ],
    [
      "a dead link to a page of the service",
      `links: ${TABLE}: the service has no page /portals/x/time`,
      { [`${LINKS}.1.url`]: "${service}/portals/${__data.fields.portal}/time" },
    ],
    [
      "a link by a tag that no dashboard has",
      'links: link "Hạ tầng số": no dashboard has hatangso-fr',
      { "links.0.tags": ["hatangso-fr"] },
    ],
    ["a number twice", "identity: two panels or rows with the id 1", { "panels.1.id": 1 }],
    ["the number 0", "identity: a panel or row with the id 0", { "panels.2.id": 0 }],
    ["a name that Grafana refuses", 'identity: uid "xxx', { uid: "x".repeat(41) }],
    [
      "a panel without a description",
      `words: ${NUMBER}: no description`,
      { "panels.0.description": "Portals" },
    ],
    [
      "a panel that says nothing while there is nothing",
      `words: ${NUMBER}: no text for no value`,
      { "panels.0.fieldConfig.defaults.noValue": undefined },
    ],
  ])("%s", (_what, fault, changes) => {
    expect(faultsWith(changes)).toEqual([expect.stringContaining(fault)]);
  });
});
