import { COLOURED_CELL } from "../../kit/cells.ts";
import { columns } from "../../kit/columns.ts";
import { table } from "../../kit/kinds.ts";
import { CHECK_NAMES, wordsOf } from "../../kit/label-words.ts";
import { CLICKED } from "../../kit/links.ts";
import type { Panel } from "../../kit/panel.ts";
import { rows } from "../../kit/query.ts";
import type { Text } from "../../kit/text.ts";
import {
  HELD_WORDS,
  INCIDENT_KIND_WORDS,
  SEVERITY_LABEL_WORDS,
  VERDICT_WORDS,
} from "../../parts/words.ts";
import { OF_PORTAL } from "./chosen.ts";

const KIND: Text = { vi: "Sự cố", en: "Incident" };
const SEVERITY: Text = { vi: "Mức độ", en: "Severity" };
const HELD: Text = { vi: "Chưa báo vì", en: "Not told, because" };
const CHECK: Text = { vi: "Phép kiểm tra", en: "Check" };
const VERDICT: Text = { vi: "Kết luận", en: "Verdict" };

const OPEN = `portal_incident_open{${OF_PORTAL}}`;

/** Open incidents of the portal; one that nobody is told of says why. */
const INCIDENTS = table({
  id: 20,
  size: [8, 7],
  title: { vi: "Sự cố đang mở", en: "Open incidents" },
  description: {
    vi: "Sự cố đã xác nhận và chưa kết thúc của cổng này. Bấm để mở danh sách sự cố của cổng, cả những sự cố đã qua.",
    en: "Incidents of this portal that are confirmed and not over. A click opens the list of its incidents, past ones too.",
  },
  queries: [
    rows(
      `${OPEN} * on (portal, kind) group_left (reason) topk by (portal, kind) (1, portal_incident_held{${OF_PORTAL}}) or on (portal, kind, severity) ${OPEN}`,
    ),
  ],
  unit: "none",
  noValue: { vi: "không có sự cố nào", en: "no incident is open" },
  transformations: columns([
    { field: "kind", title: KIND },
    { field: "severity", title: SEVERITY },
    { field: "reason", title: HELD },
  ]),
  overrides: [
    {
      of: KIND,
      words: INCIDENT_KIND_WORDS,
      links: [
        {
          title: { vi: "Sự cố của cổng", en: "The portal's incidents" },
          page: `/incidents?portal=$portal&kind=${CLICKED}`,
        },
      ],
    },
    { of: SEVERITY, words: SEVERITY_LABEL_WORDS, custom: COLOURED_CELL },
    { of: HELD, words: HELD_WORDS },
  ],
});

/** What the last audits found wrong; what to do about it stands on the service's page. */
const FINDINGS = table({
  id: 21,
  size: [8, 7],
  title: { vi: "Kết quả kiểm tra chưa đạt", en: "Findings" },
  description: {
    vi: "Các phép kiểm tra không đạt hoặc cần lưu ý ở lần kiểm tra sâu gần nhất. Bấm để xem bằng chứng và cách sửa ở trang của dịch vụ.",
    en: "Checks that fail or warn in the last audits. A click opens the evidence and what to do, on the service's page.",
  },
  queries: [rows(`max by (check, verdict) (portal_finding{${OF_PORTAL}})`)],
  unit: "none",
  noValue: {
    vi: "không có gì chưa đạt, hoặc chưa kiểm tra",
    en: "nothing is wrong, or no audit yet",
  },
  transformations: columns([
    { field: "check", title: CHECK },
    { field: "verdict", title: VERDICT },
  ]),
  overrides: [
    {
      of: CHECK,
      words: wordsOf(CHECK_NAMES),
      links: [
        {
          title: { vi: "Bằng chứng và cách sửa", en: "Evidence and what to do" },
          page: "/portals/$portal",
        },
      ],
    },
    { of: VERDICT, words: VERDICT_WORDS, custom: COLOURED_CELL },
  ],
  sortBy: { column: VERDICT },
});

export const WRONG: readonly Panel[] = [INCIDENTS, FINDINGS];
