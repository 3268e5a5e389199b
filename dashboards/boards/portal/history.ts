import { timeline } from "../../kit/kinds.ts";
import { GRADE_WORDS, LEVEL_WORDS, STATE_WORDS } from "../../kit/mappings.ts";
import { over } from "../../kit/query.ts";
import { OF_PORTAL } from "./chosen.ts";

/** State, level and grade over time, each a strip: what the portal was, and when it changed. */
export const HISTORY = [
  timeline({
    id: 30,
    size: [24, 4],
    title: { vi: "Trạng thái theo thời gian", en: "State over time" },
    description: {
      vi: "Trạng thái của cổng qua cả hai họ địa chỉ, kể cả bảo trì.",
      en: "State of the portal over both families, maintenance included.",
    },
    queries: [over(`max(portal_state{${OF_PORTAL}})`, { vi: "trạng thái", en: "state" })],
    unit: "none",
    words: STATE_WORDS,
  }),
  timeline({
    id: 31,
    size: [24, 4],
    title: { vi: "Mức IPv6 theo thời gian", en: "IPv6 level over time" },
    description: {
      vi: "Mức đã xác nhận. Chọn khoảng thời gian dài, như 90 ngày, để thấy tiến triển.",
      en: "The confirmed level. Choose a long time range, such as 90 days, to see progress.",
    },
    queries: [over(`max(portal_ipv6_level{${OF_PORTAL}})`, { vi: "mức IPv6", en: "IPv6 level" })],
    unit: "none",
    words: LEVEL_WORDS,
  }),
  timeline({
    id: 32,
    size: [24, 4],
    title: { vi: "Hạng HTTPS theo thời gian", en: "HTTPS grade over time" },
    description: {
      vi: "Hạng đã xác nhận, từ E (không có HTTPS) đến A (hợp lệ, bắt buộc, có HSTS). Tụt hạng là sự cố cho đến khi trở lại.",
      en: "The confirmed grade, from E (no HTTPS) to A (valid, enforced, with HSTS). One that fell is an incident until it is back.",
    },
    queries: [
      over(`max(portal_https_grade{${OF_PORTAL}})`, { vi: "hạng HTTPS", en: "HTTPS grade" }),
    ],
    unit: "none",
    words: GRADE_WORDS,
  }),
];
