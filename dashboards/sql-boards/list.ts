import type { Panel } from "../kit/panel.ts";
import { sqlStat, sqlTable } from "../kit/sql-query.ts";
import type { Text } from "../kit/text.ts";
import { asShare, atLeast, NEUTRAL } from "../kit/thresholds.ts";
import { HTTPS_SHARE, IPV6_SHARE } from "../limits.ts";
import { PORTAL_KIND_WORDS, VERDICT_WORDS } from "../parts/words.ts";
import { ago, count, named, plainWord, PORTAL_COLUMNS, ratio, word } from "./columns.ts";
import { FOUND, GRADES, LEVELS } from "./words.ts";

/** Of the chosen agencies, seen from the chosen vantage point. */
export const CHOSEN = "vantage = ${vantage:sqlstring} and agency in (${agency:sqlstring})";

const LIST = `from grafana.compliance where ${CHOSEN}`;

/** Shares leave out what is not known, and portals that only forward. */
const AT_L3 =
  "avg((level in ('L3', 'L4', 'L5'))::int) filter (where scope = 'counted' and level <> 'U')";
const AT_AB = "avg((grade in ('A', 'B'))::int) filter (where scope = 'counted' and grade <> 'U')";

const L3_TITLE: Text = { vi: "Đạt L3 trở lên", en: "L3 or above" };
const AB_TITLE: Text = { vi: "HTTPS hạng A, B", en: "HTTPS grade A or B" };

export const TILES: readonly Panel[] = [
  sqlStat({
    id: 1,
    size: [6, 4],
    title: { vi: "Cổng trong danh sách", en: "Portals on the list" },
    description: {
      vi: "Số cổng đang được theo dõi của các cơ quan đã chọn.",
      en: "Portals of the chosen agencies that are watched now.",
    },
    columns: [count("count(*)", { vi: "Cổng", en: "Portals" })],
    from: LIST,
    unit: "short",
    thresholds: NEUTRAL,
    colour: "none",
  }),
  sqlStat({
    id: 2,
    size: [6, 4],
    title: L3_TITLE,
    description: {
      vi: "Tỷ lệ cổng có mức IPv6 từ L3 trở lên trong số cổng đã biết mức; cổng chỉ chuyển hướng không tính.",
      en: "Share of portals at IPv6 level L3 or above among those whose level is known; portals that only forward are left out.",
    },
    columns: [ratio(AT_L3, L3_TITLE)],
    from: LIST,
    ...asShare(IPV6_SHARE),
    colour: "tile",
  }),
  sqlStat({
    id: 3,
    size: [6, 4],
    title: AB_TITLE,
    description: {
      vi: "Tỷ lệ cổng có HTTPS hạng A hoặc B trong số cổng đã biết hạng; cổng chỉ chuyển hướng không tính.",
      en: "Share of portals with HTTPS grade A or B among those whose grade is known; portals that only forward are left out.",
    },
    columns: [ratio(AT_AB, AB_TITLE)],
    from: LIST,
    ...asShare(HTTPS_SHARE),
    colour: "tile",
  }),
  sqlStat({
    id: 4,
    size: [6, 4],
    title: { vi: "Chưa kết luận được", en: "Not known" },
    description: {
      vi: "Số cổng chưa kiểm tra lần nào, hoặc một tuần nay không kiểm tra được. Không tính vào tỷ lệ nào.",
      en: "Portals that were never audited, or not for a week. They are in no share.",
    },
    columns: [count("count(*)", { vi: "Cổng", en: "Portals" })],
    from: `${LIST} and level = 'U'`,
    unit: "short",
    thresholds: NEUTRAL,
    colour: "none",
  }),
];

export const AGENCY_TABLE = sqlTable({
  id: 5,
  size: [24, 8],
  title: { vi: "Cơ quan", en: "Agencies" },
  description: {
    vi: "Mỗi dòng một cơ quan đã chọn, cơ quan có tỷ lệ IPv6 thấp nhất trước. Ô trống: chưa biết mức của cổng nào.",
    en: "One row per chosen agency, the lowest share of IPv6 first. An empty cell: of none of its portals the level is known.",
  },
  columns: [
    { sql: `max(${named("agency_name").vi})`, title: { vi: "Cơ quan", en: "Agency" } },
    count("count(*)", { vi: "Cổng", en: "Portals" }),
    { ...ratio(AT_L3, L3_TITLE), thresholds: atLeast(IPV6_SHARE) },
    { ...ratio(AT_AB, AB_TITLE), thresholds: atLeast(HTTPS_SHARE) },
    count("count(*) filter (where level = 'LX')", { vi: "IPv6 hỏng", en: "IPv6 broken" }),
    count("count(*) filter (where level = 'U')", { vi: "Chưa rõ", en: "Not known" }),
    ago("max(last_audit_at)", { vi: "Kiểm tra gần nhất", en: "Last audit" }),
  ],
  from: `${LIST} group by agency order by 3 nulls last, 2 desc`,
  unit: "none",
  thresholds: NEUTRAL,
});

export const PORTAL_TABLE = sqlTable({
  id: 6,
  size: [24, 10],
  title: { vi: "Danh sách tuân thủ", en: "Compliance list" },
  description: {
    vi: "Mỗi dòng một cổng: mức IPv6 và hạng HTTPS đã xác nhận, có từ khi nào, và số kết quả kiểm tra chưa đạt. Nhiều nhất 500 dòng, cổng có nhiều lỗi trước; danh sách đầy đủ ở trang Tuân thủ của dịch vụ.",
    en: "One row per portal: confirmed IPv6 level and HTTPS grade, since when, and how many findings do not hold. At most 500 rows, those with most failures first; the service's page Compliance has all.",
  },
  columns: [
    ...PORTAL_COLUMNS,
    plainWord("kind", { vi: "Loại", en: "Kind" }, PORTAL_KIND_WORDS),
    word("level", { vi: "Mức IPv6", en: "IPv6 level" }, LEVELS),
    ago("level_since", { vi: "Mức này từ", en: "Level since" }),
    word("grade", { vi: "Hạng HTTPS", en: "HTTPS grade" }, GRADES),
    ago("grade_since", { vi: "Hạng này từ", en: "Grade since" }),
    count("findings_fail", { vi: "Không đạt", en: "Fail" }),
    count("findings_warn", { vi: "Cần lưu ý", en: "Warn" }),
    count("findings_unknown", { vi: "Không rõ", en: "Unknown" }),
    ago("last_audit_at", { vi: "Kiểm tra gần nhất", en: "Last audit" }),
  ],
  from: `${LIST} order by findings_fail desc, findings_warn desc, portal limit 500`,
  unit: "none",
  thresholds: NEUTRAL,
});

export const FINDING_TABLE = sqlTable({
  id: 7,
  size: [24, 10],
  title: { vi: "Kết quả chưa đạt", en: "Findings that do not hold" },
  description: {
    vi: "Mỗi dòng một kết quả kiểm tra chưa đạt, từ khi nào, bao nhiêu lần kiểm tra liên tiếp thấy như vậy và phải sửa gì. Nhiều nhất 500 dòng, lâu nhất trước. Bằng chứng đầy đủ ở trang của cổng.",
    en: "One row per finding that does not hold, since when, how many audits in a row found it, and what has to be mended. At most 500 rows, the oldest first. The portal's page has the full evidence.",
  },
  columns: [
    ...PORTAL_COLUMNS,
    plainWord("check_id || ' ' || reason", { vi: "Điều thấy được", en: "What was found" }, FOUND),
    { sql: "coalesce(family, '')", title: { vi: "Họ địa chỉ", en: "Family" } },
    word("verdict", { vi: "Kết luận", en: "Verdict" }, VERDICT_WORDS),
    ago("since", { vi: "Từ khi", en: "Since" }),
    count("audits", { vi: "Lần thấy", en: "Audits" }),
    { sql: "coalesce(to_mend, '')", title: { vi: "Phải sửa", en: "To mend" } },
  ],
  from: `from grafana.finding where ${CHOSEN} order by verdict = 'fail' desc, since, portal limit 500`,
  unit: "none",
  thresholds: NEUTRAL,
  noValue: { vi: "không có kết quả nào chưa đạt", en: "everything holds" },
});
