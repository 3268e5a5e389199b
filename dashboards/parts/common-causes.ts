import { columns } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import { CLICKED } from "../kit/links.ts";
import type { Panel } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { CAUSE_WORDS, INCIDENT_KIND_WORDS, SEVERITY_LABEL_WORDS } from "./words.ts";

const INCIDENT: Text = { vi: "Sự cố số", en: "Incident no." };
const CAUSE: Text = { vi: "Có chung", en: "They share" };
const KIND: Text = { vi: "Loại", en: "Kind" };
const SEVERITY: Text = { vi: "Mức độ", en: "Severity" };
const PORTALS: Text = { vi: "Số cổng", en: "Portals" };

/** The open incidents that explain those of many portals. */
export function commonCauses(
  id = 8,
  size: readonly [width: number, height: number] = [8, 12],
): Panel {
  return table({
    id,
    size,
    title: { vi: "Nguyên nhân chung đang mở", en: "Open common causes" },
    description: {
      vi: "Mỗi dòng là một sự cố giải thích sự cố của nhiều cổng (chung địa chỉ, dải địa chỉ, máy chủ tên miền hoặc cơ quan): sửa ở đây trước. Bấm số sự cố để mở trang của nó.",
      en: "Each row is one incident that explains those of many portals (they share an address, a range, name servers or the agency): mend here first. A click on the number opens its page.",
    },
    queries: [rows("incident_common_cause_portals")],
    unit: "none",
    noValue: { vi: "không có nguyên nhân chung nào", en: "no common cause is open" },
    transformations: columns([
      { field: "incident", title: INCIDENT },
      { field: "cause", title: CAUSE },
      { field: "kind", title: KIND },
      { field: "severity", title: SEVERITY },
      { field: "Value", title: PORTALS },
    ]),
    overrides: [
      {
        of: INCIDENT,
        links: [
          {
            title: { vi: "Trang của sự cố", en: "The incident's page" },
            page: `/incidents/${CLICKED}`,
          },
        ],
      },
      { of: CAUSE, words: CAUSE_WORDS },
      { of: KIND, words: INCIDENT_KIND_WORDS },
      { of: SEVERITY, words: SEVERITY_LABEL_WORDS },
    ],
    sortBy: { column: PORTALS, descending: true },
  });
}
