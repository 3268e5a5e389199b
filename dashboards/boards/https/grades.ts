import type { HttpsGrade } from "../../../src/domain/readiness.ts";
import { COLOURED_CELL } from "../../kit/cells.ts";
import { joined } from "../../kit/columns.ts";
import { lines, stat, table } from "../../kit/kinds.ts";
import { OWNER_NAMES, wordsOf } from "../../kit/label-words.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, over, rows } from "../../kit/query.ts";
import { same } from "../../kit/text.ts";
import { asShare, SOME_ARE_BAD } from "../../kit/thresholds.ts";
import { HTTPS_SHARE } from "../../limits.ts";

const GRADES: readonly HttpsGrade[] = ["A", "B", "C", "D", "E", "U"];

/** PromQL for the counted portals of these grades; `by` keeps a label. */
const counted = (grades: string, by = "") =>
  `sum by (${by}) (portals_by_https_grade{grade=~"${grades}"})`;

/** PromQL for the share of these grades among the portals whose grade is known. */
const share = (grades: string, by = "") => `${counted(grades, by)} / (${counted("[A-E]", by)} > 0)`;

const GOOD: Panel = stat({
  id: 1,
  size: [4, 4],
  title: { vi: "HTTPS hạng A, B", en: "HTTPS grade A or B" },
  description: {
    vi: "Tỷ lệ cổng có HTTPS hợp lệ và bắt buộc, trong số các cổng biết được hạng. Hạng do hệ thống định nghĩa; cổng chỉ còn chuyển về Cổng Dịch vụ công quốc gia không tính.",
    en: "Share of portals whose HTTPS is valid and enforced, among those whose grade is known. Grades are this system's own; portals that only forward to the national gateway are left out.",
  },
  queries: [now(share("A|B"))],
  ...asShare(HTTPS_SHARE),
  colour: "tile",
});

const FULL: Panel = stat({
  id: 2,
  size: [4, 4],
  title: { vi: "Hạng A", en: "Grade A" },
  description: {
    vi: "Tỷ lệ cổng có HTTPS đầy đủ: bắt buộc, HSTS từ một năm, chỉ TLS 1.2 trở lên.",
    en: "Share of portals with full HTTPS: enforced, HSTS for a year or more, only TLS 1.2 or newer.",
  },
  queries: [now(share("A"))],
  ...asShare(HTTPS_SHARE),
});

const BROKEN: Panel = stat({
  id: 3,
  size: [4, 4],
  title: { vi: "HTTPS lỗi hoặc không có", en: "HTTPS broken or missing" },
  description: {
    vi: "Số cổng hạng D (HTTPS lỗi) và E (chỉ HTTP).",
    en: "Portals of grade D (HTTPS is broken) and E (HTTP only).",
  },
  queries: [now(counted("D|E"))],
  unit: "short",
  decimals: 0,
  thresholds: SOME_ARE_BAD,
});

const OVER_TIME: Panel = lines({
  id: 7,
  size: [12, 9],
  title: { vi: "Số cổng ở mỗi hạng theo thời gian", en: "Portals of each grade over time" },
  description: {
    vi: "Mọi cổng được tính, chồng theo hạng A đến E; U là chưa kết luận được. Một hạng chỉ đổi sau hai lần kiểm tra liên tiếp.",
    en: "All counted portals, stacked by grade A to E; U is not known. A grade changes after two audits in a row.",
  },
  queries: [over("sum by (grade) (portals_by_https_grade)", same("{{grade}}"))],
  unit: "short",
  min: 0,
  stacked: true,
  interval: "5m",
});

const BY_OWNER: Panel = table({
  id: 11,
  size: [24, 7],
  title: { vi: "Theo loại cơ quan", en: "By kind of agency" },
  description: {
    vi: "Tỷ lệ hạng A, B và số cổng ở mỗi hạng của từng loại cơ quan.",
    en: "Share of grades A and B, and portals of each grade, for each kind of agency.",
  },
  queries: [
    rows(share("A|B", "owner_type")),
    ...GRADES.map((grade) => rows(counted(grade, "owner_type"))),
  ],
  unit: "short",
  transformations: joined("owner_type", [
    { field: "owner_type", title: { vi: "Loại cơ quan", en: "Kind of agency" } },
    { field: "Value #A", title: same("A + B") },
    ...GRADES.map((grade, index) => ({
      field: `Value #${String.fromCodePoint(66 + index)}`,
      title: same(grade),
    })),
  ]),
  overrides: [
    { of: { vi: "Loại cơ quan", en: "Kind of agency" }, words: wordsOf(OWNER_NAMES) },
    {
      of: same("A + B"),
      ...asShare(HTTPS_SHARE),
      custom: COLOURED_CELL,
    },
  ],
});

/** How good HTTPS is, now, over time and by kind of agency. */
export const HEADLINE: readonly Panel[] = [GOOD, FULL, BROKEN];
export const TREND: readonly Panel[] = [OVER_TIME];
export const OWNERS: readonly Panel[] = [BY_OWNER];
