import type { Board } from "../kit/board.ts";
import { PROVINCE, type Variable } from "../kit/variables.ts";
import * as figures from "./coverage/figures.ts";
import * as places from "./coverage/places.ts";
import { WORK } from "./coverage/work.ts";

/** By code; the table of all indicators has the names, and leads here. */
const INDICATOR: Variable = {
  name: "indicator",
  label: { vi: "Chỉ tiêu", en: "Indicator" },
  query: "label_values(coverage_ratio, indicator)",
};

/** How far does coverage go, how sure is that, and where is something missing? */
export const COVERAGE_BOARD: Board = {
  name: "coverage",
  title: { vi: "Vùng phủ", en: "Coverage" },
  description: {
    vi: "Phủ tới đâu, chắc chắn đến mức nào, và nơi nào còn thiếu?",
    en: "How far does coverage go, how sure is that, and where is something missing?",
  },
  variables: [INDICATOR, PROVINCE],
  pages: [
    // oxlint-disable-next-line no-template-curly-in-string -- Grafana's, not ours
    {
      title: { vi: "Trang vùng phủ", en: "Coverage page" },
      page: "/coverage?indicator=${indicator}",
    },
    { title: { vi: "Còn thiếu", en: "Gaps" }, page: "/coverage/gaps" },
  ],
  from: "now-30d",
  refresh: "5m",
  sections: [
    {
      panels: [
        ...figures.HEADLINE,
        ...places.PROVINCES,
        ...places.OF_PROVINCE,
        ...figures.TRENDS,
        ...figures.INDICATORS,
      ],
    },
    { id: 100, title: { vi: "Nộp và duyệt số liệu", en: "Reports and review" }, panels: WORK },
    { id: 101, title: { vi: "Còn thiếu", en: "What is missing" }, panels: places.GAPS },
    {
      id: 102,
      title: { vi: "Tỉnh đã chọn", en: "The chosen province" },
      panels: figures.PROVINCE_TRENDS,
    },
  ],
};
