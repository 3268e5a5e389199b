import { stat } from "../../kit/kinds.ts";
import type { Link } from "../../kit/links.ts";
import { GRADE_WORDS, LEVEL_WORDS, STATE_WORDS, type Words } from "../../kit/mappings.ts";
import type { Panel } from "../../kit/panel.ts";
import { now } from "../../kit/query.ts";
import type { Text } from "../../kit/text.ts";
import { atLeast, NEUTRAL } from "../../kit/thresholds.ts";
import { AVAILABILITY_GOAL } from "../../limits.ts";
import { OF_INSTANCE, OF_PORTAL } from "./chosen.ts";

const FINDINGS: Link = {
  title: { vi: "Kết quả kiểm tra và cách sửa", en: "Findings and what to do" },
  page: "/portals/$portal",
};

const TIMES: Link = {
  title: { vi: "Mức sẵn sàng và thời gian trả lời", en: "Availability and response times" },
  page: "/portals/$portal/times",
};

function word(
  id: number,
  title: Text,
  description: Text,
  series: string,
  { words, link }: { words: Words; link: Link },
): Panel {
  return stat({
    id,
    size: [4, 4],
    title,
    description,
    queries: [now(`max(${series}{${OF_PORTAL}})`)],
    unit: "none",
    words,
    noValue: { vi: "chưa biết", en: "not known yet" },
    colour: "tile",
    links: [link],
  });
}

/** What the portal is now: state, level, grade, and what its runs came to within the time range. */
export const STANDING: readonly Panel[] = [
  word(
    1,
    { vi: "Trạng thái", en: "State" },
    {
      vi: "Hoạt động: mọi họ địa chỉ mà cổng công bố đều dùng được. Suy giảm: một trong hai họ ngừng, hoặc vượt một giới hạn.",
      en: "Up: every address family that the portal publishes works. Degraded: one of two families is down, or a limit is exceeded.",
    },
    "portal_state",
    { words: STATE_WORDS, link: TIMES },
  ),
  word(
    2,
    { vi: "Mức IPv6", en: "IPv6 level" },
    {
      vi: "Mức sẵn sàng IPv6 đã xác nhận qua hai lần kiểm tra sâu: L0 chỉ IPv4, L3 hoạt động, L5 dùng được khi chỉ có IPv6, LX công bố nhưng hỏng.",
      en: "Confirmed by two audits: L0 IPv4 only, L3 works, L5 usable with IPv6 alone, LX published but broken.",
    },
    "portal_ipv6_level",
    { words: LEVEL_WORDS, link: FINDINGS },
  ),
  word(
    3,
    { vi: "Hạng HTTPS", en: "HTTPS grade" },
    {
      vi: "A: hợp lệ, bắt buộc, có HSTS. B: hợp lệ và bắt buộc. C: chưa bắt buộc. D: hỏng. E: không có HTTPS.",
      en: "A: valid, enforced, with HSTS. B: valid and enforced. C: not enforced. D: broken. E: no HTTPS.",
    },
    "portal_https_grade",
    { words: GRADE_WORDS, link: FINDINGS },
  ),
  stat({
    id: 4,
    size: [4, 4],
    title: { vi: "Lượt đo thành công", en: "Good runs" },
    description: {
      vi: "Trong khoảng thời gian đang xem, tỷ lệ lượt đo không hỏng trên số lượt kết luận được, cả hai họ địa chỉ, kể cả lúc bảo trì. Số chính thức ở trang của dịch vụ: bấm để mở.",
      en: "Within the time range, the share of runs that did not fail among those that could tell, over both families, maintenance included. The official figure is on the service's page: a click opens it.",
    },
    queries: [
      now(
        `1 - sum(increase(probe_results_total{${OF_INSTANCE}, outcome="fail"}[$__range])) / (sum(increase(probe_results_total{${OF_INSTANCE}, outcome=~"ok|degraded|fail"}[$__range])) > 0)`,
      ),
    ],
    unit: "percentunit",
    decimals: 2,
    thresholds: atLeast({ warn: AVAILABILITY_GOAL - 0.005, good: AVAILABILITY_GOAL }),
    links: [TIMES],
  }),
  stat({
    id: 5,
    size: [8, 4],
    title: { vi: "Số liệu tính đến", en: "Data as of" },
    description: {
      vi: "Lượt đo và lần kiểm tra sâu gần nhất. Không có lượt đo gần nhất nghĩa là bộ đo đã ngừng đo cổng này.",
      en: "The last run and the last audit. Without a last run the prober has stopped to probe this portal.",
    },
    queries: [
      now(`max(probe_last_run_timestamp_seconds{${OF_INSTANCE}}) * 1000`, {
        vi: "đo",
        en: "probed",
      }),
      now(`max(portal_last_audit_timestamp_seconds{${OF_PORTAL}}) * 1000`, {
        vi: "kiểm tra sâu",
        en: "audited",
      }),
    ],
    unit: "dateTimeFromNow",
    thresholds: NEUTRAL,
    colour: "none",
  }),
];
