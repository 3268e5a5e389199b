import { linkedPortal, PORTAL_TITLE } from "./portal-columns.ts";
import { COLOURED_CELL, wide } from "../kit/cells.ts";
import { joined } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import { GRADE_WORDS, LEVEL_WORDS, STATE_WORDS } from "../kit/mappings.ts";
import type { Panel } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import { same, type Text } from "../kit/text.ts";
import { atMost, COLOURS, SOME_ARE_BAD, type Steps } from "../kit/thresholds.ts";
import { CERTIFICATE, SLOW_SECONDS } from "../limits.ts";
import { ofPortals, portalsOf, type Scope } from "./scope.ts";
import { PORTAL_KIND_WORDS } from "./words.ts";

const KIND: Text = { vi: "Loại", en: "Kind" };
const STATE: Text = { vi: "Trạng thái", en: "State" };
const INCIDENTS: Text = { vi: "Sự cố mở", en: "Open incidents" };
const LEVEL: Text = { vi: "Mức IPv6", en: "IPv6 level" };
const GRADE: Text = { vi: "Hạng HTTPS", en: "HTTPS grade" };
const RESPONSE: Text = { vi: "Trả lời", en: "Response" };
const CERTIFICATE_LEFT: Text = { vi: "Chứng thư còn", en: "Certificate left" };
const ADDRESS: Text = same("URL");

const COLUMNS = [
  { field: "portal", title: PORTAL_TITLE },
  { field: "instance", title: ADDRESS },
  { field: "kind", title: KIND },
  { field: "Value #B", title: STATE },
  { field: "Value #C", title: INCIDENTS },
  { field: "Value #D", title: LEVEL },
  { field: "Value #E", title: GRADE },
  { field: "Value #F", title: RESPONSE },
  { field: "Value #G", title: CERTIFICATE_LEFT },
];

/** Colours by days alone; the share of the lifetime, which alerts ask too, stands on the portal's own dashboard. */
const DAY = 86_400;
export const TIME_LEFT: Steps = {
  base: COLOURS.bad,
  steps: [
    [CERTIFICATE.critical.days * DAY, COLOURS.warn],
    [CERTIFICATE.warning.days * DAY, COLOURS.good],
  ],
};

/** A row per portal of the chosen province or agency: state first, each with the way to its dashboard. */
export function portalTable(scope: Exclude<Scope, "country">): Panel {
  const perPortal = (series: string) => `max by (portal) (${ofPortals(scope, series)})`;
  const perRun = (aggregate: "max" | "min", series: string) =>
    `${aggregate} by (portal) (${series} * on (instance) group_left (portal) ${portalsOf(scope)})`;
  return table({
    id: 12,
    size: [24, 12],
    title: { vi: "Các cổng", en: "Portals" },
    description: {
      vi: "Mỗi dòng là một cổng; cổng có sự cố đứng trước. Trả lời là số lớn hơn trong hai họ địa chỉ ở lượt đo gần nhất. Bấm tên để mở cổng.",
      en: "A row per portal; those with open incidents come first. Response is the longer one of the two address families in the last run. A click on the name opens the portal.",
    },
    queries: [
      rows(`max by (portal, instance, kind) (${portalsOf(scope)})`),
      rows(perPortal("portal_state")),
      rows(
        `count by (portal) (${ofPortals(scope, "portal_incident_open")}) or max by (portal) (${portalsOf(scope)}) * 0`,
      ),
      rows(perPortal("portal_ipv6_level")),
      rows(perPortal("portal_https_grade")),
      rows(perRun("max", "probe_duration_seconds")),
      rows(`${perRun("min", "probe_ssl_cert_not_after_timestamp_seconds")} - time()`),
    ],
    unit: "none",
    noValue: { vi: "chưa có cổng nào", en: "no portal yet" },
    transformations: joined("portal", COLUMNS),
    overrides: [
      { ...linkedPortal(), custom: wide(200) },
      { of: KIND, words: PORTAL_KIND_WORDS },
      { of: STATE, words: STATE_WORDS, custom: COLOURED_CELL },
      { of: INCIDENTS, thresholds: SOME_ARE_BAD, custom: COLOURED_CELL },
      { of: LEVEL, words: LEVEL_WORDS, custom: COLOURED_CELL },
      { of: GRADE, words: GRADE_WORDS, custom: COLOURED_CELL },
      {
        of: RESPONSE,
        unit: "s",
        decimals: 2,
        thresholds: atMost(SLOW_SECONDS),
        custom: COLOURED_CELL,
      },
      {
        of: CERTIFICATE_LEFT,
        unit: "dtdurations",
        decimals: 0,
        thresholds: TIME_LEFT,
        custom: COLOURED_CELL,
      },
    ],
    sortBy: { column: INCIDENTS, descending: true },
  });
}
