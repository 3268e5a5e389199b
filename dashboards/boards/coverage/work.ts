import { bars, lines, stat } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, over } from "../../kit/query.ts";
import { same, type Text } from "../../kit/text.ts";
import { NEUTRAL, SOME_ARE_WARN } from "../../kit/thresholds.ts";

const STATES: Readonly<Record<"received" | "late" | "due", Text>> = {
  received: { vi: "đã nộp", en: "received" },
  late: { vi: "trễ hạn", en: "late" },
  due: { vi: "chưa tới hạn", en: "due" },
};

const ROUNDS: Panel = bars({
  id: 15,
  size: [10, 7],
  title: { vi: "Các tỉnh trong kỳ báo cáo", en: "Provinces in reporting rounds" },
  description: {
    vi: "Số tỉnh đã nộp, trễ hạn và chưa tới hạn trong các kỳ báo cáo. Trang “Kỳ báo cáo” của dịch vụ nêu tên từng tỉnh.",
    en: "Provinces whose figures were received, are late or are due, in each reporting round. The service's page of rounds names them.",
  },
  queries: (Object.entries(STATES) as ["received" | "late" | "due", Text][]).map(
    ([state, { vi, en }]) =>
      now(`coverage_round_provinces{state="${state}"}`, {
        vi: `{{round}} ${vi}`,
        en: `{{round}} ${en}`,
      }),
  ),
  unit: "none",
  decimals: 0,
  min: 0,
  thresholds: NEUTRAL,
  links: [{ title: { vi: "Kỳ báo cáo", en: "Reporting rounds" }, page: "/coverage/rounds" }],
  noValue: { vi: "chưa có kỳ nào", en: "no round yet" },
});

const WAITING: Panel = stat({
  id: 16,
  size: [7, 7],
  title: { vi: "Chờ người duyệt", en: "Held for review" },
  description: {
    vi: "Số tệp có dòng bị giữ lại, chờ một người quyết định nhận hay bỏ.",
    en: "Files with rows that were held and wait for a person to accept or refuse them.",
  },
  queries: [now("coverage_imports_waiting")],
  unit: "none",
  decimals: 0,
  thresholds: SOME_ARE_WARN,
  links: [{ title: { vi: "Trang duyệt", en: "The review page" }, page: "/coverage/review" }],
});

const IMPORTS: Panel = lines({
  id: 17,
  size: [7, 7],
  title: { vi: "Tệp đã nhận", en: "Files that came" },
  description: {
    vi: "Số tệp số liệu đến trong mỗi bước của biểu đồ, theo kết quả: nhận hết (accepted), có dòng bị giữ (held), bị từ chối (refused).",
    en: "Files with figures that came within each step, by what came of them: accepted, held in part, refused.",
  },
  queries: [
    over(
      "sum by (outcome) (increase(coverage_imports_total[$__rate_interval]))",
      same("{{outcome}}"),
    ),
  ],
  unit: "none",
  min: 0,
});

/** What has to be done so that there are figures. */
export const WORK: readonly Panel[] = [ROUNDS, WAITING, IMPORTS];
