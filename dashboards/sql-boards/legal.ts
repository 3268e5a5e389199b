import type { Section } from "../kit/board.ts";
import { sqlTable } from "../kit/sql-query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { count, day, plainWord, word } from "./columns.ts";
import { CHOSEN } from "./list.ts";
import { CERTAINTIES, DUTIES, FORCES } from "./words.ts";

/** Verdicts of a requirement over the chosen portals. */
const times = (verdict: string) => `count(*) filter (where c.verdict = '${verdict}')`;

const DOCUMENT = { sql: "r.document_number", title: { vi: "Văn bản", en: "Document" } };
const TEXT = {
  sql: { vi: "r.text_vi", en: "r.text_en" },
  title: { vi: "Nội dung, theo lời hệ thống", en: "What it asks, in this system's words" },
  custom: { "custom.cellOptions": { type: "auto", wrapText: true } },
};
const CERTAINTY = word("r.certainty", { vi: "Độ chắc chắn", en: "Certainty" }, CERTAINTIES);

export const LEGAL_SECTION: Section = {
  id: 20,
  title: { vi: "Căn cứ pháp lý", en: "Legal basis" },
  panels: [
    sqlTable({
      id: 21,
      size: [24, 9],
      title: {
        vi: "Các cổng đã chọn so với từng yêu cầu",
        en: "The chosen portals against each requirement",
      },
      description: {
        vi: "Số cổng đạt, không đạt, chưa rõ và không thuộc phạm vi của từng yêu cầu. Mức hay phép kiểm tra nào cho thấy yêu cầu đã đạt là cách hiểu của hệ thống. Điều chưa xác minh không phải là sự thật đã biết.",
        en: "Portals that meet each requirement, do not, are not known, or are not meant. Which level or check shows that it is met is this system's reading. What is unverified is not a known fact.",
      },
      columns: [
        DOCUMENT,
        TEXT,
        CERTAINTY,
        count(times("met"), { vi: "Đạt", en: "Met" }),
        count(times("not_met"), { vi: "Không đạt", en: "Not met" }),
        count(times("unknown"), { vi: "Chưa rõ", en: "Not known" }),
        count(times("not_applicable"), { vi: "Ngoài phạm vi", en: "Not meant" }),
      ],
      from: `from grafana.requirement r
join (select * from grafana.compliance_requirement where ${CHOSEN}) c on c.requirement = r.requirement
group by r.requirement, r.position, r.document_number, r.text_vi, r.text_en, r.certainty order by r.position`,
      unit: "none",
      thresholds: NEUTRAL,
    }),
    sqlTable({
      id: 22,
      size: [24, 9],
      title: { vi: "Văn bản và độ chắc chắn", en: "Texts and how certain they are" },
      description: {
        vi: "Mọi yêu cầu mà hệ thống đối chiếu, với mức chắc chắn. Với điều chưa xác minh, hiệu lực và ngày tháng được để trống.",
        en: "All requirements that this system holds portals and agencies against, with how certain each is. Of what is unverified, force and days are left empty.",
      },
      columns: [
        DOCUMENT,
        { sql: { vi: "r.title_vi", en: "r.title_en" }, title: { vi: "Tên văn bản", en: "Title" } },
        { sql: "coalesce(r.article, '')", title: { vi: "Điều", en: "Article" } },
        TEXT,
        CERTAINTY,
        plainWord("coalesce(r.duty, '')", { vi: "Loại", en: "Duty" }, DUTIES),
        plainWord("coalesce(r.force, '')", { vi: "Hiệu lực", en: "Force" }, FORCES),
        day("r.valid_from", { vi: "Từ ngày", en: "From" }),
        day("r.valid_to", { vi: "Đến ngày", en: "To" }),
      ],
      from: "from grafana.requirement r order by r.position",
      unit: "none",
      thresholds: NEUTRAL,
    }),
  ],
};
