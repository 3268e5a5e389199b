import type { Section } from "../kit/board.ts";
import { CLICKED } from "../kit/links.ts";
import { sqlTable, type SqlColumn } from "../kit/sql-query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { INCIDENT_KIND_WORDS, SEVERITY_LABEL_WORDS } from "../parts/words.ts";
import { ago, count, plainWord, word } from "./columns.ts";
import { CAUSES } from "./words.ts";

/** Incidents of the chosen agencies, and those of several portals, which belong to none. */
const OURS = "(agency is null or agency in (${agency:sqlstring}))";

const NUMBER: SqlColumn = {
  sql: "incident",
  title: { vi: "Số", en: "No" },
  unit: "none",
  links: [
    { title: { vi: "Mở sự cố này", en: "Open this incident" }, page: `/incidents/${CLICKED}` },
  ],
};

const INCIDENT: readonly SqlColumn[] = [
  NUMBER,
  plainWord("incident_kind", { vi: "Sự cố", en: "Incident" }, INCIDENT_KIND_WORDS),
  word("severity", { vi: "Mức độ", en: "Severity" }, SEVERITY_LABEL_WORDS),
  { sql: "subject", title: { vi: "Về", en: "About" } },
  count("portals", { vi: "Cổng", en: "Portals" }),
  plainWord("cause", { vi: "Nguyên nhân", en: "Cause" }, CAUSES),
  ago("opened_at", { vi: "Bắt đầu", en: "Began" }),
  { sql: "duration_seconds", title: { vi: "Kéo dài", en: "Lasted" }, unit: "s", decimals: 0 },
];

export const INCIDENT_SECTION: Section = {
  id: 40,
  title: { vi: "Sự cố và lịch sử", en: "Incidents and their history" },
  panels: [
    sqlTable({
      id: 41,
      size: [24, 9],
      title: { vi: "Sự cố đang mở", en: "Open incidents" },
      description: {
        vi: "Sự cố chưa kết thúc của các cơ quan đã chọn, và sự cố chung của nhiều cổng. “90 ngày trước” là số lần cùng đối tượng gặp cùng loại sự cố trong 90 ngày trước đó.",
        en: "Incidents that go on, of the chosen agencies and of many portals together. “90 days before” is how often the same had the same kind of incident in the 90 days before.",
      },
      columns: [
        ...INCIDENT,
        ago("last_bad_at", { vi: "Lỗi gần nhất", en: "Last failure" }),
        ago("acknowledged_at", { vi: "Có người nhận", en: "Taken on" }),
        count("earlier_90d", { vi: "90 ngày trước", en: "90 days before" }),
      ],
      from: `from grafana.incident where open and ${OURS} order by opened_at desc limit 500`,
      unit: "none",
      thresholds: NEUTRAL,
      noValue: { vi: "không có sự cố nào đang mở", en: "no incident is open" },
    }),
    sqlTable({
      id: 42,
      size: [14, 9],
      title: {
        vi: "Sự cố đã kết thúc trong khoảng thời gian",
        en: "Incidents that ended in the time range",
      },
      description: {
        vi: "Sự cố của các cơ quan đã chọn kết thúc trong khoảng thời gian đang xem, mới nhất trước. Nhiều nhất 500 dòng.",
        en: "Incidents of the chosen agencies that ended in the time range that is shown, the last one first. At most 500 rows.",
      },
      columns: INCIDENT,
      from: `from grafana.incident where $__timeFilter(resolved_at) and ${OURS} order by resolved_at desc limit 500`,
      unit: "none",
      thresholds: NEUTRAL,
      noValue: { vi: "không có sự cố nào kết thúc", en: "no incident ended" },
    }),
    sqlTable({
      id: 43,
      size: [10, 9],
      title: { vi: "Diễn biến", en: "What happened" },
      description: {
        vi: "Các bước của mọi sự cố trong khoảng thời gian đang xem, mới nhất trước. Điều người trực ghi lại chỉ có ở trang của sự cố.",
        en: "Steps of all incidents in the time range that is shown, the last one first. What people wrote is on the incident's page only.",
      },
      columns: [
        NUMBER,
        { sql: "event", title: { vi: "Bước", en: "Step" } },
        { sql: "at", title: { vi: "Lúc", en: "When" }, unit: "dateTimeAsIso" },
      ],
      from: "from grafana.incident_event where $__timeFilter(at) order by at desc, number desc limit 200",
      unit: "none",
      thresholds: NEUTRAL,
      noValue: { vi: "không có diễn biến nào", en: "nothing happened" },
    }),
  ],
};
