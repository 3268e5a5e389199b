import { stat } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { now } from "../kit/query.ts";
import { seriesNames } from "../kit/series-names.ts";
import { same } from "../kit/text.ts";
import { atMost } from "../kit/thresholds.ts";
import { SLOW_SECONDS } from "../limits.ts";
import { ofRuns, type Scope } from "./scope.ts";
import { FAMILY_WORDS } from "./words.ts";

/** The response time that 95 of 100 portals keep, over each family. */
export function responseTile(scope: Scope): Panel {
  const p95 =
    scope === "country"
      ? "family:probe_duration_seconds:p95"
      : `quantile by (family) (0.95, ${ofRuns(scope, "probe_duration_seconds")})`;
  return stat({
    id: 5,
    size: [8, 4],
    title: { vi: "Thời gian trả lời (95 %)", en: "Response time (95 %)" },
    description: {
      vi: "Cứ 100 cổng thì 95 cổng trả lời nhanh hơn số này ở lượt đo gần nhất, theo từng họ địa chỉ: từ tra tên miền đến khi nhận hết trang.",
      en: "95 of 100 portals answered faster than this in their last run, over each address family: from looking up the name to the end of the page.",
    },
    queries: [now(p95, same("{{family}}"))],
    transformations: seriesNames(FAMILY_WORDS),
    unit: "s",
    decimals: 2,
    thresholds: atMost(SLOW_SECONDS),
  });
}
