import { columns } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import { CLICKED } from "../kit/links.ts";
import type { Words } from "../kit/mappings.ts";
import type { Panel } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { COLOURS } from "../kit/thresholds.ts";

const ALERT: Text = { vi: "Cảnh báo", en: "Alert" };
const SEVERITY: Text = { vi: "Mức độ", en: "Severity" };

const WORDS: Words = new Map([
  ["critical", { text: { vi: "khẩn cấp", en: "critical" }, colour: COLOURS.bad }],
  ["warning", { text: { vi: "cần xử lý", en: "warning" }, colour: COLOURS.warn }],
  ["info", { text: { vi: "để biết", en: "for information" }, colour: COLOURS.plain }],
]);

/** What Prometheus alerts of now, counted by rule: inhibited and silenced alerts too, which nobody was told of. */
export function firingAlerts(): Panel {
  return table({
    id: 24,
    size: [12, 8],
    title: { vi: "Cảnh báo đang phát", en: "Alerts that fire" },
    description: {
      vi: "Số cảnh báo đang phát theo quy tắc, kể cả cảnh báo bị chặn hoặc tắt tiếng trong Alertmanager. Bấm tên để mở hướng dẫn xử lý.",
      en: "Alerts that fire, by rule, those that Alertmanager inhibits or silences too. A click on the name opens its runbook.",
    },
    queries: [
      rows(
        'count by (alertname, severity, category) (ALERTS{alertstate="firing", severity!="none"})',
      ),
    ],
    unit: "none",
    noValue: { vi: "không có cảnh báo nào", en: "no alert fires" },
    transformations: columns([
      { field: "alertname", title: ALERT },
      { field: "severity", title: SEVERITY },
      { field: "category", title: { vi: "Về", en: "About" } },
      { field: "Value", title: { vi: "Số cảnh báo", en: "Alerts" } },
    ]),
    overrides: [
      {
        of: ALERT,
        links: [{ title: { vi: "Hướng dẫn xử lý", en: "Runbook" }, page: `/runbooks/${CLICKED}` }],
      },
      { of: SEVERITY, words: WORDS },
    ],
    sortBy: { column: SEVERITY },
  });
}
