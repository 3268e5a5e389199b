import { AGENCY_TITLE, linkedAgency, linkedPortal, PORTAL_TITLE } from "./portal-columns.ts";
import { COLOURED_CELL } from "../kit/cells.ts";
import { columns } from "../kit/columns.ts";
import { stat, table } from "../kit/kinds.ts";
import { cell, CLICKED, type Link } from "../kit/links.ts";
import type { Panel } from "../kit/panel.ts";
import { now, rows } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { COLOURS, SOME_ARE_BAD, SOME_ARE_WARN, type Steps } from "../kit/thresholds.ts";
import { SEVERITIES as SEVERITY_NAMES } from "../../src/domain/incident/kinds.ts";
import { ofPortals, portalsOf, type Scope } from "./scope.ts";
import { INCIDENT_KIND_WORDS, SEVERITIES, SEVERITY_VALUES, SEVERITY_WORDS } from "./words.ts";

/** Rows of a list of incidents: a day on which more are open is seen in the counts, and mended through common causes. */
const LONGEST_LIST = 100;

/** The service's list of incidents, of the same portals. */
const INCIDENTS_PAGE: Readonly<Record<Scope, Link>> = {
  country: incidents(""),
  province: incidents("?province=$province"),
  agency: incidents("?agency=$agency"),
};

function incidents(query: string): Link {
  return {
    title: { vi: "Danh sách sự cố của dịch vụ", en: "The service's list of incidents" },
    page: `/incidents${query}`,
  };
}

const ANY_IS: Readonly<Record<string, Steps>> = {
  critical: SOME_ARE_BAD,
  major: SOME_ARE_BAD,
  minor: SOME_ARE_WARN,
  info: { base: COLOURS.plain, steps: [] },
};

/** How many incidents are open, by severity; 0 is shown, for nothing would look like no data. */
export function openIncidents(scope: Scope): Panel {
  const count = (severity: string) =>
    scope === "country"
      ? `sum(incidents_open{severity="${severity}"})`
      : `count(${ofPortals(scope, `portal_incident_open{severity="${severity}"}`)}) or vector(0)`;
  return stat({
    id: 6,
    size: [scope === "agency" ? 8 : 12, 5],
    title: { vi: "Sự cố đang mở", en: "Open incidents" },
    description: {
      vi: "Số sự cố đã xác nhận và chưa kết thúc, theo mức độ; sự cố thành phần của một nguyên nhân chung cũng được tính. Bấm để mở danh sách của dịch vụ.",
      en: "Incidents that are confirmed and not over, by severity; those that are parts of a common cause count too. A click opens the service's list.",
    },
    queries: SEVERITY_NAMES.map((severity) => now(count(severity), SEVERITIES[severity].text)),
    unit: "none",
    decimals: 0,
    colour: "tile",
    links: [INCIDENTS_PAGE[scope]],
    overrides: SEVERITY_NAMES.map((severity, index) => ({
      of: { query: String.fromCodePoint(65 + index) },
      thresholds: ANY_IS[severity] as Steps,
    })),
  });
}

const KIND: Text = { vi: "Sự cố", en: "Incident" };
const SEVERITY: Text = { vi: "Mức độ", en: "Severity" };

/** The most urgent open incidents, with the way to the portal and to our pages. */
export function incidentList(scope: Scope, size: readonly [number, number]): Panel {
  return table({
    id: 7,
    size,
    title: { vi: "Sự cố của từng cổng", en: "Incidents of single portals" },
    description: {
      vi: `Sự cố đang mở, nặng nhất trước, nhiều nhất ${LONGEST_LIST} dòng; sự cố thuộc một nguyên nhân chung được kể ở bảng nguyên nhân chung. Bấm tên cổng để xem cổng, bấm loại sự cố để mở trang sự cố của dịch vụ.`,
      en: `Open incidents, the most urgent first, ${LONGEST_LIST} rows at most; those that belong to a common cause are told in its table. A click on the portal opens its dashboard, one on the kind the service's page of incidents.`,
    },
    queries: [rows(mostUrgent(scope))],
    unit: "none",
    noValue: { vi: "không có sự cố nào", en: "no incident is open" },
    transformations: columns([
      { field: "portal", title: PORTAL_TITLE },
      { field: "kind", title: KIND },
      { field: "Value", title: SEVERITY },
      { field: "agency", title: AGENCY_TITLE },
      { field: "province", title: { vi: "Mã tỉnh", en: "Province code" } },
    ]),
    overrides: [
      linkedPortal(),
      linkedAgency(),
      { of: KIND, words: INCIDENT_KIND_WORDS, links: [INCIDENTS_OF_PORTAL] },
      { of: SEVERITY, words: SEVERITY_WORDS, custom: COLOURED_CELL },
    ],
    sortBy: { column: SEVERITY, descending: true },
  });
}

const INCIDENTS_OF_PORTAL: Link = {
  title: { vi: "Trang sự cố của cổng", en: "The portal's incidents" },
  page: `/incidents?portal=${cell("portal")}&kind=${CLICKED}`,
};

/** Each incident's severity as a number, without the parts of common causes. */
function mostUrgent(scope: Scope): string {
  const valued = SEVERITY_NAMES.map(
    (severity) => `portal_incident_open{severity="${severity}"} * ${SEVERITY_VALUES[severity]}`,
  ).join(" or ");
  const alone = `(${valued}) unless on (portal, kind) portal_incident_in_common_cause`;
  return `topk(${LONGEST_LIST}, max by (portal, kind) (${alone}) * on (portal) group_left (agency, province) ${portalsOf(scope)})`;
}
