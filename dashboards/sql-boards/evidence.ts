import type { Section } from "../kit/board.ts";
import { sqlTable } from "../kit/sql-query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { VERDICT_WORDS } from "../parts/words.ts";
import { ago, count, plainWord, word } from "./columns.ts";
import { FOUND } from "./words.ts";

export const EVIDENCE_SECTION: Section = {
  id: 30,
  title: { vi: "Bằng chứng của cả nước", en: "Evidence of the whole country" },
  panels: [
    sqlTable({
      id: 31,
      size: [24, 12],
      title: { vi: "Điều thấy được, theo số cổng", en: "What was found, by number of portals" },
      description: {
        vi: "Mỗi dòng một điều chưa đạt trong cả nước: bao nhiêu cổng, bao nhiêu cơ quan, bao nhiêu lần kiểm tra làm chứng, cũ nhất từ khi nào và thấy gần nhất khi nào. Không lọc theo cơ quan.",
        en: "One row per thing that does not hold anywhere: how many portals and agencies, how many audits stand behind it, the oldest since when, and when it was seen last. Not limited to the chosen agencies.",
      },
      columns: [
        plainWord(
          "check_id || ' ' || reason",
          { vi: "Điều thấy được", en: "What was found" },
          FOUND,
        ),
        { sql: "coalesce(family, '')", title: { vi: "Họ địa chỉ", en: "Family" } },
        word("verdict", { vi: "Kết luận", en: "Verdict" }, VERDICT_WORDS),
        count("portals", { vi: "Cổng", en: "Portals" }),
        count("agencies", { vi: "Cơ quan", en: "Agencies" }),
        count("audits", { vi: "Lần kiểm tra", en: "Audits" }),
        ago("oldest_since", { vi: "Cũ nhất từ", en: "Oldest since" }),
        ago("last_seen", { vi: "Thấy gần nhất", en: "Last seen" }),
      ],
      from: "from grafana.evidence_summary where vantage = ${vantage:sqlstring} order by portals desc, check_id, reason",
      unit: "none",
      thresholds: NEUTRAL,
      noValue: { vi: "không có gì chưa đạt", en: "everything holds" },
    }),
  ],
};
