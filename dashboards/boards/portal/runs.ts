import { lines, timeline } from "../../kit/kinds.ts";
import type { Words } from "../../kit/mappings.ts";
import type { Panel } from "../../kit/panel.ts";
import { over } from "../../kit/query.ts";
import { seriesNames } from "../../kit/series-names.ts";
import { same, type Text } from "../../kit/text.ts";
import { COLOURS } from "../../kit/thresholds.ts";
import { FAMILY_WORDS, PHASE_WORDS } from "../../parts/words.ts";
import { OF_INSTANCE } from "./chosen.ts";

const SUCCESS_WORDS: Words = new Map([
  [0, { text: { vi: "hỏng", en: "failed" }, colour: COLOURS.bad }],
  [1, { text: { vi: "tốt", en: "good" }, colour: COLOURS.good }],
]);

/** A strip per family and vantage point: which of them fails, and since when. */
const STRIPS = timeline({
  id: 10,
  size: [24, 5],
  title: { vi: "Lượt đo theo họ địa chỉ", en: "Runs over each address family" },
  description: {
    vi: "Mỗi dải là một họ địa chỉ từ một điểm đo. Chỗ trống: lượt đo không kết luận được, hoặc cổng không có địa chỉ thuộc họ này.",
    en: "A strip per address family and vantage point. A gap: the run could not tell, or the portal has no address of this family.",
  },
  queries: [
    over(`min by (family, vantage) (probe_success{${OF_INSTANCE}})`, {
      vi: "{{family}} từ {{vantage}}",
      en: "{{family}} from {{vantage}}",
    }),
  ],
  transformations: seriesNames(FAMILY_WORDS),
  unit: "none",
  words: SUCCESS_WORDS,
});

function phases(id: number, family: "ip4" | "ip6", name: string): Panel {
  return lines({
    id,
    size: [8, 8],
    title: { vi: `Các giai đoạn qua ${name}`, en: `Phases over ${name}` },
    description: {
      vi: `Thời gian của từng giai đoạn qua ${name}, cộng dồn thành thời gian trả lời; trung bình của các điểm đo. Chỗ trống: không có kết quả.`,
      en: `Time in each phase over ${name}, stacked to the response time; the mean of the vantage points. A gap: no result.`,
    },
    queries: [
      over(
        `avg by (phase) (probe_http_duration_seconds{${OF_INSTANCE}, family="${family}"})`,
        same("{{phase}}"),
      ),
    ],
    transformations: seriesNames(PHASE_WORDS),
    unit: "s",
    min: 0,
    stacked: true,
    noValue: NO_FAMILY,
  });
}

const NO_FAMILY: Text = {
  vi: "không có kết quả qua họ địa chỉ này",
  en: "no result over this address family",
};

/** IPv6 beside IPv4: visitors' browsers take the faster one, and wait for the slower one where it is broken. */
const AGAINST = lines({
  id: 13,
  size: [8, 8],
  title: { vi: "IPv6 so với IPv4", en: "IPv6 against IPv4" },
  description: {
    vi: "Thời gian trả lời qua mỗi họ địa chỉ, trung bình của các điểm đo.",
    en: "Response time over each address family, the mean of the vantage points.",
  },
  queries: [over(`avg by (family) (probe_duration_seconds{${OF_INSTANCE}})`, same("{{family}}"))],
  transformations: seriesNames(FAMILY_WORDS),
  unit: "s",
  min: 0,
  legend: "table",
});

/** Whether and how fast the portal answered, over each family. */
export const RUNS: readonly Panel[] = [
  STRIPS,
  phases(11, "ip4", "IPv4"),
  phases(12, "ip6", "IPv6"),
  AGAINST,
];
