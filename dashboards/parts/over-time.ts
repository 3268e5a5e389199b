import { lines } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { over } from "../kit/query.ts";
import { seriesNames } from "../kit/series-names.ts";
import { same, type Text } from "../kit/text.ts";
import { countOf, type Scope, share } from "./scope.ts";
import { FAMILY_WORDS } from "./words.ts";

/** Steps at most where each adds up the recorded counts of thousands of agencies. */
const FEW_STEPS = { interval: "1m", points: 200 } as const;

const NAMES: Readonly<Record<"level3" | "level4" | "https", Text>> = {
  level3: { vi: "IPv6 từ L3", en: "IPv6 L3+" },
  level4: { vi: "IPv6 từ L4", en: "IPv6 L4+" },
  https: { vi: "HTTPS A, B", en: "HTTPS A, B" },
};

/** The shares of the tiles, over time. */
export function sharesOverTime(scope: Scope): Panel {
  const ofKnown = (what: string, known: string, recorded?: string) =>
    scope === "country" && recorded !== undefined
      ? recorded
      : share(countOf(scope, what), countOf(scope, known));
  return lines({
    id: 20,
    size: [12, 8],
    title: { vi: "IPv6 và HTTPS theo thời gian", en: "IPv6 and HTTPS over time" },
    description: {
      vi: "Tỷ lệ cổng đạt từng mức, như các ô phía trên. Mức chỉ đổi khi hai lần kiểm tra sâu liên tiếp cho cùng kết quả.",
      en: "Share of portals at each level, as in the tiles above. A level changes only when two audits in a row say so.",
    },
    queries: [
      over(
        ofKnown("portals_level3", "portals_with_level", "national:portals_ipv6:ratio"),
        NAMES.level3,
      ),
      over(ofKnown("portals_level4", "portals_with_level"), NAMES.level4),
      over(
        ofKnown("portals_grade_ab", "portals_with_grade", "national:portals_https_ab:ratio"),
        NAMES.https,
      ),
    ],
    unit: "percentunit",
    min: 0,
    max: 1,
    legend: "table",
    ...FEW_STEPS,
  });
}

/** The country's response times over time, over each family. */
export function responseOverTime(): Panel {
  return lines({
    id: 21,
    size: [12, 8],
    title: { vi: "Thời gian trả lời (95 %) theo thời gian", en: "Response time (95 %) over time" },
    description: {
      vi: "Cứ 100 cổng thì 95 cổng trả lời nhanh hơn số này, theo từng họ địa chỉ. IPv6 chậm hơn hẳn IPv4 thường là do đường truyền.",
      en: "95 of 100 portals answered faster than this, over each address family. IPv6 that is much slower than IPv4 mostly means the network between.",
    },
    queries: [over("family:probe_duration_seconds:p95", same("{{family}}"))],
    transformations: seriesNames(FAMILY_WORDS),
    unit: "s",
    min: 0,
    legend: "table",
  });
}

/** Share of bad results among those that could tell: trouble that is too short to be an incident shows here. */
export function badResultsOverTime(scope: "country" | "province"): Panel {
  const ratio = (window: string) =>
    scope === "country"
      ? `national:probe_bad:ratio_rate${window}`
      : `province:probe_bad:ratio_rate${window}{province="$province"}`;
  return lines({
    id: 22,
    size: [12, 8],
    title: { vi: "Tỷ lệ lượt đo hỏng", en: "Share of bad runs" },
    description: {
      vi: "Số lượt đo hỏng trên số lượt kết luận được, của các cổng không bảo trì. Đường 5 phút cho thấy trục trặc ngắn, đường 6 giờ cho thấy xu hướng.",
      en: "Bad runs among those that could tell, of portals that are not in maintenance. The line of 5 minutes shows short trouble, that of 6 hours the trend.",
    },
    queries: [
      over(ratio("5m"), { vi: "5 phút", en: "5 minutes" }),
      over(ratio("1h"), { vi: "1 giờ", en: "1 hour" }),
      over(ratio("6h"), { vi: "6 giờ", en: "6 hours" }),
    ],
    unit: "percentunit",
    min: 0,
    legend: "table",
  });
}
