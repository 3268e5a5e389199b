import type { Board } from "../kit/board.ts";
import { CLICKED } from "../kit/links.ts";
import { type SqlColumn, sqlLines, sqlTable, timeColumn } from "../kit/sql-query.ts";
import type { Text } from "../kit/text.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { count, day, plainWord, ratio } from "./columns.ts";
import { INDICATOR } from "./variables.ts";
import { STATUSES } from "./words.ts";

/** A day as the instant at which it begins in UTC: a place on the axis. Without parentheses: a macro ends at the first. */
const DAY_AS_TIME = "as_of::timestamp at time zone 'UTC'";

const SUMS = "from grafana.release_sum where indicator = ${indicator:sqlstring}";

const RELEASE: SqlColumn = {
  sql: "release",
  title: { vi: "Kỳ", en: "Release" },
  links: [
    {
      title: { vi: "Mở kỳ công bố này", en: "Open this release" },
      page: `/coverage/releases/${CLICKED}`,
    },
  ],
};

const LOWER: Text = { vi: "Ít nhất", en: "At least" };
const UPPER: Text = { vi: "Nhiều nhất", en: "At most" };
const SHARE: Text = { vi: "Tỷ lệ đã báo cáo", en: "Share of what was reported" };

/** The country's sum, or its provinces', over the releases that are in the time range. */
const trend = (level: string) =>
  `${SUMS} and level = '${level}' and basis = 'reported' and $__timeFilter(${DAY_AS_TIME}) order by 1, release`;

/** How have published figures moved, and what was corrected? */
export const RELEASES: Board = {
  name: "releases",
  title: { vi: "Các kỳ công bố", en: "Releases of coverage figures" },
  description: {
    vi: "Số liệu đã công bố thay đổi thế nào qua các quý, và số nào đã được đính chính?",
    en: "How have published figures moved from quarter to quarter, and which were corrected?",
  },
  variables: [INDICATOR],
  pages: [
    { title: { vi: "Trang Kỳ công bố", en: "Page of releases" }, page: "/coverage/releases" },
  ],
  from: "now-3y",
  refresh: "15m",
  marked: false,
  sections: [
    {
      panels: [
        sqlLines({
          id: 1,
          size: [24, 9],
          title: { vi: "Cả nước qua các kỳ", en: "The country over the releases" },
          description: {
            vi: "Tỷ lệ của chỉ tiêu đã chọn trong mỗi kỳ công bố, với cận dưới và cận trên khi tính cả phần còn thiếu. Điểm nằm ở ngày của số liệu. Kỳ không so sánh được với kỳ trước có ghi trong bảng dưới.",
            en: "The share of the chosen indicator in each release, with the bounds that what is missing leaves. Points stand at the day of the figures. A release that does not compare with the one before says so in the table below.",
          },
          columns: [
            timeColumn(DAY_AS_TIME),
            { sql: "lower", title: LOWER },
            { sql: "ratio", title: SHARE },
            { sql: "upper", title: UPPER },
          ],
          from: trend("country"),
          unit: "percentunit",
          decimals: 1,
          min: 0,
          max: 1,
          thresholds: NEUTRAL,
        }),
        sqlTable({
          id: 2,
          size: [12, 10],
          title: { vi: "Các kỳ công bố", en: "Releases" },
          description: {
            vi: "Mọi kỳ công bố, mới nhất trước; đã công bố thì không đổi nữa. Mã kiểm tra là SHA-256 của tệp.",
            en: "All releases, the last one first; once out, they do not change. The checksum is the SHA-256 of the file.",
          },
          columns: [
            RELEASE,
            day("as_of", { vi: "Số liệu ngày", en: "As of" }),
            {
              sql: "published_at",
              title: { vi: "Công bố lúc", en: "Published" },
              unit: "dateTimeAsIso",
            },
            count("figures", { vi: "Số liệu", en: "Figures" }),
            {
              sql: "coalesce(breaks, '')",
              title: { vi: "Không so với kỳ trước", en: "Do not compare" },
            },
            { sql: "sha256", title: { vi: "Mã kiểm tra", en: "Checksum" } },
          ],
          from: "from grafana.release order by published_at desc",
          unit: "none",
          thresholds: NEUTRAL,
          noValue: { vi: "chưa có kỳ công bố nào", en: "there is no release yet" },
        }),
        sqlTable({
          id: 3,
          size: [12, 10],
          title: { vi: "Các tỉnh ở kỳ mới nhất", en: "Provinces in the last release" },
          description: {
            vi: "Tỷ lệ của từng tỉnh ở kỳ công bố mới nhất, với cận dưới, cận trên và số xã có số liệu; thấp nhất trước.",
            en: "Each province's share in the last release, with its bounds and the communes that are in it; the lowest first.",
          },
          columns: [
            { sql: "unit_name_vi", title: { vi: "Tỉnh, thành phố", en: "Province" } },
            ratio("ratio", SHARE),
            ratio("lower", LOWER),
            ratio("upper", UPPER),
            count("reported_communes", { vi: "Xã có số", en: "Communes in it" }),
            count("expected_communes", { vi: "Tổng số xã", en: "Communes" }),
            { sql: "release", title: { vi: "Kỳ", en: "Release" } },
          ],
          from: `${SUMS} and level = 'province' and basis = 'reported'
  and release = (select release from grafana.release order by published_at desc, release desc limit 1)
order by ratio nulls last, unit`,
          unit: "none",
          thresholds: NEUTRAL,
        }),
      ],
    },
    {
      id: 20,
      title: { vi: "Đính chính", en: "Corrections" },
      panels: [
        sqlTable({
          id: 21,
          size: [24, 10],
          title: {
            vi: "Đính chính được ghi trong khoảng thời gian",
            en: "Corrections recorded in the time range",
          },
          description: {
            vi: "Mỗi dòng một lần đính chính của chỉ tiêu đã chọn: số trước, số sau và lý do; mới nhất trước. Nhiều nhất 500 dòng. Kỳ đã công bố không đổi vì đính chính.",
            en: "One row per correction of the chosen indicator: before, after, and why; the last one first. At most 500 rows. A release that is out does not change with it.",
          },
          columns: [
            { sql: "recorded_at", title: { vi: "Ghi lúc", en: "Recorded" }, unit: "dateTimeAsIso" },
            { sql: "unit_name_vi || ' ' || unit", title: { vi: "Đơn vị", en: "Unit" } },
            day("as_of", { vi: "Số liệu ngày", en: "As of" }),
            count("revision", { vi: "Lần", en: "Revision" }),
            plainWord("status", { vi: "Trạng thái", en: "Status" }, STATUSES),
            count("numerator_before", { vi: "Số trước", en: "Before" }),
            count("numerator", { vi: "Số sau", en: "After" }),
            ratio("ratio_before", { vi: "Tỷ lệ trước", en: "Share before" }),
            ratio("ratio", { vi: "Tỷ lệ sau", en: "Share after" }),
            { sql: "reason", title: { vi: "Lý do", en: "Reason" } },
          ],
          from: `from grafana.figure_revision where $__timeFilter(recorded_at) and indicator = \${indicator:sqlstring}
order by recorded_at desc, unit limit 500`,
          unit: "none",
          thresholds: NEUTRAL,
          noValue: { vi: "không có đính chính nào", en: "nothing was corrected" },
        }),
      ],
    },
  ],
};
