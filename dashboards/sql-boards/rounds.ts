import type { Section } from "../kit/board.ts";
import { sqlTable } from "../kit/sql-query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { count, day, word } from "./columns.ts";
import { DUTY_STATES } from "./words.ts";

export const ROUND_SECTION: Section = {
  id: 20,
  title: { vi: "Đợt báo cáo: ai còn nợ số liệu", en: "Reporting round: who still owes" },
  panels: [
    sqlTable({
      id: 21,
      size: [8, 12],
      title: { vi: "Các tỉnh theo trạng thái", en: "Provinces by state" },
      description: {
        vi: "Số tỉnh ở mỗi trạng thái trong đợt báo cáo đã chọn, và số tỉnh trễ hạn.",
        en: "Provinces in each state in the chosen round, and how many of them are late.",
      },
      columns: [
        word("state", { vi: "Trạng thái", en: "State" }, DUTY_STATES),
        count("count(*)", { vi: "Tỉnh", en: "Provinces" }),
        count("count(*) filter (where days_late > 0)", { vi: "Trễ hạn", en: "Late" }),
      ],
      from: "from grafana.coverage_round where round = ${round:sqlstring} group by state order by 2 desc",
      unit: "none",
      thresholds: NEUTRAL,
    }),
    sqlTable({
      id: 22,
      size: [16, 12],
      title: { vi: "Từng tỉnh trong đợt", en: "Each province in the round" },
      description: {
        vi: "Số xã đã có số liệu, số xã đang chờ xem xét, ngày nhận và số ngày trễ; tỉnh trễ nhất trước. Tính từ sổ đăng ký, không ai ghi tay.",
        en: "Communes whose figures are there, communes in review, the day of receipt and the days late; the latest province first. Read from the register, nobody notes it by hand.",
      },
      columns: [
        { sql: "province_name_vi", title: { vi: "Tỉnh, thành phố", en: "Province" } },
        word("state", { vi: "Trạng thái", en: "State" }, DUTY_STATES),
        count("received", { vi: "Xã đã có", en: "Received" }),
        count("held", { vi: "Chờ xem xét", en: "In review" }),
        count("expected", { vi: "Tổng số xã", en: "Communes" }),
        day("received_on", { vi: "Nhận ngày", en: "Received on" }),
        day("due_on", { vi: "Hạn", en: "Due" }),
        count("days_late", { vi: "Ngày trễ", en: "Days late" }),
      ],
      from: "from grafana.coverage_round where round = ${round:sqlstring} order by days_late desc nulls last, province",
      unit: "none",
      thresholds: NEUTRAL,
      noValue: { vi: "chưa có đợt báo cáo nào", en: "there is no round yet" },
    }),
  ],
};
