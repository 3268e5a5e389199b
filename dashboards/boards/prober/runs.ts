import { FAILURE_WORDS } from "../../../src/catalogue/failure-words.ts";
import { FAILURES, type FailureKind } from "../../../src/domain/failure.ts";
import { lines } from "../../kit/kinds.ts";
import { wordsOf } from "../../kit/label-words.ts";
import type { Panel } from "../../kit/panel.ts";
import { over } from "../../kit/query.ts";
import { seriesNames } from "../../kit/series-names.ts";
import { same } from "../../kit/text.ts";
import { FAMILY_WORDS, OUTCOME_WORDS, PHASE_WORDS } from "../../parts/words.ts";

/** Per minute, as runs are scheduled. */
const perMinute = (series: string) => `60 * rate(${series}[$__rate_interval])`;

const quantile = (share: number, bucket: string, by = "le") =>
  `histogram_quantile(${share}, sum by (${by}) (rate(${bucket}[$__rate_interval])))`;

const LAG: Panel = lines({
  id: 6,
  size: [12, 8],
  title: { vi: "Trễ lịch theo thời gian", en: "Behind schedule over time" },
  description: {
    vi: "Lượt đo bắt đầu trễ bao nhiêu so với lịch: một nửa, 95 và 99 trên 100 lượt. Tăng đều là máy không kịp: thêm luồng đo hoặc giãn chu kỳ.",
    en: "How long after their time runs begin: half, 95 and 99 of 100 of them. A steady rise means that the machine can't keep up: more threads or a longer interval.",
  },
  queries: [0.5, 0.95, 0.99].map((share) =>
    over(quantile(share, "prober_schedule_lag_seconds_bucket"), same(`${share * 100} %`)),
  ),
  unit: "s",
  min: 0,
});

const OUTCOMES: Panel = lines({
  id: 7,
  size: [12, 8],
  title: { vi: "Kết quả các lượt đo", en: "What runs come to" },
  description: {
    vi: "Số lượt đo mỗi phút theo kết quả. Bỏ qua (skipped) là không kịp bắt đầu; không rõ là không kết luận được về cổng. Không có địa chỉ (no_address) là họ này không được công bố.",
    en: "Runs per minute by what came of them. Skipped: could not begin in time; unknown: nothing can be told about the portal; no_address: the family is not published.",
  },
  queries: [over(`sum by (outcome) (${perMinute("prober_results_total")})`, same("{{outcome}}"))],
  unit: "opm",
  min: 0,
  stacked: true,
  transformations: seriesNames(OUTCOME_WORDS),
});

const OWN_FAULTS = wordsOf(
  Object.fromEntries(
    (Object.keys(FAILURES) as FailureKind[])
      .filter((kind) => FAILURES[kind].source === "internal")
      .map((kind) => [kind, FAILURE_WORDS[kind]]),
  ),
);

const UNKNOWN: Panel = lines({
  id: 8,
  size: [12, 8],
  title: { vi: "Không rõ, theo nguyên nhân", en: "Unknown, by cause" },
  description: {
    vi: "Số lượt đo mỗi phút không kết luận được, theo nguyên nhân ở phía chúng ta; phần còn lại là do máy chủ phân giải tên miền.",
    en: "Runs per minute that could not tell, by the cause on our own side; the rest is the resolver's.",
  },
  queries: [
    over(`sum by (cause) (${perMinute("prober_internal_errors_total")})`, same("{{cause}}")),
    over(
      `clamp_min(sum(${perMinute('prober_results_total{outcome="unknown"}')}) - sum(${perMinute("prober_internal_errors_total")}), 0)`,
      { vi: "phân giải tên miền", en: "the resolver" },
    ),
  ],
  unit: "opm",
  min: 0,
  stacked: true,
  transformations: seriesNames(OWN_FAULTS),
});

const IN_FLIGHT: Panel = lines({
  id: 13,
  size: [12, 8],
  title: { vi: "Đang đo", en: "Under way" },
  description: {
    vi: "Số lượt đo và lượt kiểm tra sâu đang chạy, và số lượt kiểm tra đã xong chờ cơ sở dữ liệu.",
    en: "Runs and audits that are under way, and audits that ended and wait for the database.",
  },
  queries: [
    over("prober_inflight", { vi: "lượt đo", en: "runs" }),
    over("prober_audits_inflight", { vi: "kiểm tra sâu", en: "audits" }),
    over("prober_audits_waiting", { vi: "chờ cơ sở dữ liệu", en: "audits that wait" }),
  ],
  unit: "none",
  min: 0,
});

const DUE: Panel = lines({
  id: 14,
  size: [12, 8],
  title: { vi: "Lượt đo tới hạn và bỏ qua", en: "Runs due and skipped" },
  description: {
    vi: "Số lượt đo tới hạn mỗi phút, và số lượt bị bỏ qua vì không kịp bắt đầu. Bỏ qua khác 0 là quá tải.",
    en: "Runs that were due per minute, and those that were skipped because they could not begin in time. Any skipped one means overload.",
  },
  queries: [
    over(`sum(${perMinute("prober_scheduled_total")})`, { vi: "tới hạn", en: "due" }),
    over(`sum(${perMinute('prober_results_total{outcome="skipped"}')})`, {
      vi: "bỏ qua",
      en: "skipped",
    }),
  ],
  unit: "opm",
  min: 0,
});

const AUDITS: Panel = lines({
  id: 15,
  size: [12, 8],
  title: { vi: "Kiểm tra sâu", en: "Audits" },
  description: {
    vi: "Số lượt kiểm tra sâu mỗi phút theo kết quả: biết được mức (ok), không rõ (unknown), bỏ qua (skipped), lỗi của chúng ta (fault).",
    en: "Audits per minute by what came of them: a level could be told (ok), could not, skipped, our own fault.",
  },
  queries: [over(`sum by (outcome) (${perMinute("prober_audits_total")})`, same("{{outcome}}"))],
  unit: "opm",
  min: 0,
  stacked: true,
  transformations: seriesNames(OUTCOME_WORDS),
});

const AUDIT_TIME: Panel = lines({
  id: 16,
  size: [12, 8],
  title: { vi: "Một lượt kiểm tra sâu mất bao lâu", en: "How long audits take" },
  description: {
    vi: "Một nửa và 95 trên 100 lượt kiểm tra sâu xong trong chừng này; giới hạn là 240 giây.",
    en: "Half and 95 of 100 audits end within this; the limit is 240 seconds.",
  },
  queries: [0.5, 0.95].map((share) =>
    over(quantile(share, "prober_audit_duration_seconds_bucket"), same(`${share * 100} %`)),
  ),
  unit: "s",
  min: 0,
});

const PHASES: Panel = lines({
  id: 17,
  size: [24, 8],
  title: { vi: "Các pha của lượt đo tốt (95 %)", en: "Phases of good runs (95 %)" },
  description: {
    vi: "95 trên 100 lượt đo tốt của mọi cổng qua mỗi pha trong chừng này. Tra tên miền chậm ở mọi cổng là do máy chủ phân giải của chúng ta.",
    en: "95 of 100 good runs over all portals get through each phase within this. A look-up that is slow for all portals is our own resolver.",
  },
  queries: [
    over(quantile(0.95, "prober_phase_duration_seconds_bucket", "le, family, phase"), {
      vi: "{{family}} {{phase}}",
      en: "{{family}} {{phase}}",
    }),
  ],
  unit: "s",
  min: 0,
  transformations: (lang) => [
    ...seriesNames(FAMILY_WORDS)(lang),
    ...seriesNames(PHASE_WORDS, "end")(lang),
  ],
});

/** What the prober does, and what keeps it from telling. */
export const RUNS: readonly Panel[] = [LAG, OUTCOMES, UNKNOWN];
export const DETAILS: readonly Panel[] = [IN_FLIGHT, DUE, AUDITS, AUDIT_TIME, PHASES];
