import { stat } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { now, type Query } from "../kit/query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";
import { ofPortals, ofRuns, type Scope } from "./scope.ts";

/**
 * How old what is shown may be: 99 of 100 portals were probed and audited since, and the oldest coverage figures. The
 * newest run would say nothing: one portal that is still probed would hide that all others are not.
 */
export function freshness(scope: Scope): Panel {
  const since = (series: string) => `quantile(0.01, ${series}) * 1000`;
  const coverage: readonly Query[] = [
    now("min(coverage_as_of_timestamp_seconds) * 1000", {
      vi: "số liệu phủ sóng tính đến",
      en: "coverage figures of",
    }),
  ];
  return stat({
    id: 9,
    size: [scope === "agency" ? 8 : 12, 5],
    title: { vi: "Số liệu tính đến", en: "Data as of" },
    description: {
      vi: "99 % cổng đã được đo và kiểm tra sâu kể từ lúc này; cổng quá ba chu kỳ chưa được đo không nằm trong số này và có cảnh báo riêng; số liệu phủ sóng là ngày cũ nhất trong các chỉ tiêu. Không có giá trị nghĩa là bộ đo đứng: xem bảng theo dõi của bộ đo.",
      en: "99 of 100 portals were probed and audited since then; those without a run for three intervals are not among them, an alert tells of them; coverage is the oldest day of any indicator. No value means that the prober stands still: see its dashboard.",
    },
    queries: [
      now(since(ofRuns(scope, "probe_last_run_timestamp_seconds")), {
        vi: "đo từ",
        en: "probed since",
      }),
      now(since(ofPortals(scope, "portal_last_audit_timestamp_seconds")), {
        vi: "kiểm tra sâu từ",
        en: "audited since",
      }),
      ...(scope === "agency" ? [] : coverage),
    ],
    unit: "dateTimeFromNow",
    thresholds: NEUTRAL,
    colour: "none",
  });
}
