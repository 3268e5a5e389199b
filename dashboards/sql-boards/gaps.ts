import type { Board } from "../kit/board.ts";
import { sqlStat, sqlTable } from "../kit/sql-query.ts";
import type { Text } from "../kit/text.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { count, day, plainWord, ratio, word } from "./columns.ts";
import { ROUND_SECTION } from "./rounds.ts";
import { ROUND, TARGET } from "./variables.ts";
import { CERTAINTIES, GAP_REASONS } from "./words.ts";

const GAP = "from grafana.coverage_gap where target = ${target:sqlstring}";

const MISSING_TITLE: Text = { vi: "Còn thiếu", en: "Missing" };
const NONE: Text = { vi: "không xã nào còn thiếu", en: "no commune keeps it from being met" };

/** Which communes keep a target from being met, and who still owes figures? */
export const GAPS: Board = {
  name: "gaps",
  title: { vi: "Nơi còn thiếu", en: "What is missing where" },
  description: {
    vi: "Xã nào khiến mục tiêu chưa đạt, còn thiếu bao nhiêu hộ, và tỉnh nào còn nợ số liệu?",
    en: "Which communes keep a target from being met, how many households are missing, and which province still owes figures?",
  },
  variables: [TARGET, ROUND],
  pages: [{ title: { vi: "Trang Nơi còn thiếu", en: "Page of gaps" }, page: "/coverage/gaps" }],
  from: "now-90d",
  refresh: "15m",
  marked: false,
  sections: [
    {
      panels: [
        sqlTable({
          id: 1,
          size: [24, 5],
          title: { vi: "Mục tiêu", en: "The target" },
          description: {
            vi: "Mục tiêu đang xem, ngưỡng, ngày đến hạn, văn bản và độ chắc chắn. Ngưỡng của cả nước được hỏi ở từng xã: xã dưới ngưỡng là nơi còn thiếu.",
            en: "The target that is looked at, its threshold, due day, text and certainty. A threshold for the country is asked of each commune: where it is below, something is missing.",
          },
          columns: [
            {
              sql: { vi: "indicator_name_vi", en: "indicator_name_en" },
              title: { vi: "Chỉ tiêu", en: "Indicator" },
            },
            {
              sql: { vi: "text_vi", en: "text_en" },
              title: {
                vi: "Nội dung, theo lời hệ thống",
                en: "What it asks, in this system's words",
              },
            },
            {
              sql: "case threshold_kind when 'ratio' then trim_scale(round((threshold * 100)::numeric, 2)) || ' %' else threshold::text end",
              title: { vi: "Ngưỡng", en: "Threshold" },
            },
            day("due_on", { vi: "Đến hạn", en: "Due" }),
            { sql: "legal_document", title: { vi: "Văn bản", en: "Document" } },
            word("certainty", { vi: "Độ chắc chắn", en: "Certainty" }, CERTAINTIES),
          ],
          from: "from grafana.coverage_target where target = ${target:sqlstring}",
          unit: "none",
          thresholds: NEUTRAL,
        }),
        sqlStat({
          id: 2,
          size: [8, 4],
          title: { vi: "Xã dưới ngưỡng", en: "Communes below" },
          description: {
            vi: "Số xã có số liệu và thấp hơn ngưỡng, theo lần báo cáo gần nhất.",
            en: "Communes with a figure that is below the threshold, by what was reported last.",
          },
          columns: [
            count("count(*) filter (where reason = 'below')", { vi: "Xã", en: "Communes" }),
          ],
          from: GAP,
          unit: "short",
          thresholds: NEUTRAL,
          colour: "none",
        }),
        sqlStat({
          id: 3,
          size: [8, 4],
          title: { vi: "Xã không có số", en: "Communes without a figure" },
          description: {
            vi: "Số xã chưa có số liệu dùng được; không rõ là đạt hay chưa.",
            en: "Communes without a figure that can be used; whether they meet it is not known.",
          },
          columns: [
            count("count(*) filter (where reason <> 'below')", { vi: "Xã", en: "Communes" }),
          ],
          from: GAP,
          unit: "short",
          thresholds: NEUTRAL,
          colour: "none",
        }),
        sqlStat({
          id: 4,
          size: [8, 4],
          title: { vi: "Còn thiếu, nơi biết được", en: "Missing, where it is known" },
          description: {
            vi: "Tổng số hộ (hoặc đơn vị đếm khác) còn thiếu ở các xã biết được quy mô; xã không rõ quy mô không nằm trong số này.",
            en: "Households (or what else is counted) that are missing in communes whose size is known; the others are not in it.",
          },
          columns: [count("sum(missing)", MISSING_TITLE)],
          from: GAP,
          unit: "short",
          thresholds: NEUTRAL,
          colour: "none",
        }),
        sqlTable({
          id: 5,
          size: [10, 12],
          title: { vi: "Theo tỉnh, thành phố", en: "By province" },
          description: {
            vi: "Mỗi dòng một tỉnh, nơi còn thiếu nhiều nhất trước.",
            en: "One row per province, the one where most is missing first.",
          },
          columns: [
            { sql: "province_name_vi", title: { vi: "Tỉnh, thành phố", en: "Province" } },
            count("sum(missing)", MISSING_TITLE),
            count("count(*) filter (where reason = 'below')", { vi: "Dưới ngưỡng", en: "Below" }),
            count("count(*) filter (where reason <> 'below')", {
              vi: "Không có số",
              en: "No figure",
            }),
          ],
          from: `${GAP} group by province, province_name_vi order by 2 desc nulls last, province`,
          unit: "none",
          thresholds: NEUTRAL,
          noValue: NONE,
        }),
        sqlTable({
          id: 6,
          size: [14, 12],
          title: { vi: "Xã còn thiếu nhiều nhất", en: "Communes where most is missing" },
          description: {
            vi: "Xã dưới ngưỡng hoặc không có số, nơi còn thiếu nhiều hộ nhất trước; không rõ quy mô ở cuối. Nhiều nhất 500 dòng. “Chỉ có số của đơn vị cũ”: trang của dịch vụ tính lại cho xã hiện nay.",
            en: "Communes below or without a figure, where most households are missing first; unknown sizes last. At most 500 rows. “Only units of before”: the service's page recasts them for the communes of now.",
          },
          columns: [
            { sql: "province_name_vi", title: { vi: "Tỉnh", en: "Province" } },
            {
              sql: "commune_name_vi || ' ' || commune",
              title: { vi: "Xã", en: "Commune" },
            },
            word("reason", { vi: "Vì sao", en: "Why" }, GAP_REASONS),
            count("missing", MISSING_TITLE),
            ratio("ratio", { vi: "Tỷ lệ", en: "Share" }),
            count("denominator", { vi: "Trong số", en: "Of" }),
            day("as_of", { vi: "Số liệu ngày", en: "As of" }),
            plainWord(
              "made_up::int",
              { vi: "Dữ liệu giả định", en: "Made up" },
              new Map([
                [0, { text: { vi: "không", en: "no" }, colour: "text" }],
                [
                  1,
                  {
                    text: { vi: "có, để trình diễn", en: "yes, for the demonstration" },
                    colour: "orange",
                  },
                ],
              ]),
            ),
          ],
          from: `${GAP} order by missing desc nulls last, commune limit 500`,
          unit: "none",
          thresholds: NEUTRAL,
          noValue: NONE,
        }),
      ],
    },
    ROUND_SECTION,
  ],
};
