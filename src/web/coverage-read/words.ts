import type { Basis, FigureStatus, SourceKind } from "../../domain/coverage/figure.ts";
import type { Sense, UnitLevel } from "../../domain/coverage/indicator.ts";
import type { MissingReason, TargetVerdict } from "../../domain/coverage/sum.ts";
import type { Certainty } from "../../domain/certainty.ts";
import { BOUNDARIES_ATTRIBUTION } from "../../reports/boundaries.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";

/** What several pages about coverage say of figures, in one language. */
export interface FigureWords {
  readonly senses: Readonly<Record<Sense, string>>;
  readonly bases: Readonly<Record<Basis, string>>;
  readonly statuses: Readonly<Record<FigureStatus, string>>;
  readonly reasons: Readonly<Record<MissingReason | "below", string>>;
  readonly verdicts: Readonly<Record<TargetVerdict, string>>;
  readonly certainties: Readonly<Record<Certainty, string>>;
  readonly levels: Readonly<Record<UnitLevel, string>>;
  readonly sourceKinds: Readonly<Record<SourceKind, string>>;
  readonly noData: string;
  readonly madeUp: string;
  readonly openBounds: string;
  readonly from: string;
  readonly to: string;
  readonly show: string;
  readonly next: string;
  readonly previous: string;
}

const vi: FigureWords = {
  senses: {
    reaches: "đã phủ tới (mạng tới nơi, chưa chắc lắp được ngay)",
    can_get: "có khả năng tiếp cận (muốn là dùng được)",
    uses: "đang sử dụng",
    count: "số đếm",
    index: "thứ hạng hoặc điểm",
  },
  bases: {
    reported: "báo cáo",
    measured: "đo thực tế",
    modelled: "tính theo mô hình",
    projected: "dự kiến",
    estimated: "ước tính",
  },
  statuses: {
    present: "có số liệu",
    suppressed: "không công bố",
    not_collected: "không thu thập",
    not_applicable: "không áp dụng",
    withdrawn: "đã rút",
  },
  reasons: {
    below: "dưới ngưỡng",
    not_reported: "chưa báo cáo",
    suppressed: "không công bố",
    not_collected: "không thu thập",
    not_applicable: "không áp dụng",
    withdrawn: "đã rút",
    percent_only: "chỉ có tỷ lệ, không có số đếm",
    other_denominator: "mẫu số từ nguồn khác, không cộng chung",
    predecessor_missing: "thiếu số liệu của đơn vị cũ đã nhập vào",
    split_without_share: "đơn vị cũ bị chia, không rõ phần chia",
  },
  verdicts: { met: "đạt", not_met: "chưa đạt", unknown: "chưa kết luận được" },
  certainties: REPORT_WORDS.vi.certainties,
  levels: { country: "cả nước", province: "tỉnh, thành phố", commune: "xã, phường, đặc khu" },
  sourceKinds: {
    operator: "doanh nghiệp",
    province: "tỉnh",
    ministry: "bộ",
    survey: "khảo sát",
    crowd: "người dùng đo",
    publication: "bài đã đăng",
  },
  noData: "chưa có số liệu",
  madeUp: "giả định",
  openBounds: "không rõ phần thiếu lớn bao nhiêu",
  from: "ít nhất",
  to: "nhiều nhất",
  show: "Xem",
  next: "Trang sau",
  previous: "Trang trước",
};

const en: FigureWords = {
  senses: {
    reaches: "reaches (the network is there; a line may not be had at once)",
    can_get: "can get (whoever wants it can have it)",
    uses: "uses",
    count: "a count",
    index: "a rank or score",
  },
  bases: {
    reported: "reported",
    measured: "measured",
    modelled: "modelled",
    projected: "projected",
    estimated: "estimated",
  },
  statuses: {
    present: "present",
    suppressed: "suppressed",
    not_collected: "not collected",
    not_applicable: "not applicable",
    withdrawn: "withdrawn",
  },
  reasons: {
    below: "below the threshold",
    not_reported: "not reported",
    suppressed: "suppressed",
    not_collected: "not collected",
    not_applicable: "not applicable",
    withdrawn: "withdrawn",
    percent_only: "a percentage only, no counts",
    other_denominator: "denominator of another origin, not added",
    predecessor_missing: "a former unit that became part of it is missing",
    split_without_share: "a former unit was split, by an unknown share",
  },
  verdicts: { met: "met", not_met: "not met", unknown: "can't be told" },
  certainties: REPORT_WORDS.en.certainties,
  levels: { country: "country", province: "province", commune: "commune" },
  sourceKinds: {
    operator: "operator",
    province: "province",
    ministry: "ministry",
    survey: "survey",
    crowd: "measured by users",
    publication: "published text",
  },
  noData: "no data",
  madeUp: "made up",
  openBounds: "how much is missing is not known",
  from: "at least",
  to: "at most",
  show: "Show",
  next: "Next page",
  previous: "Previous page",
};

/** The words of each language. */
export const FIGURE_WORDS: Readonly<Record<Lang, FigureWords>> = { vi, en };

/** Where the boundaries come from, in one language. */
export function boundaryOrigin(lang: Lang): string {
  const [first, second] = BOUNDARIES_ATTRIBUTION.split(" Boundaries: ");
  return lang === "vi" ? (first ?? "") : `Boundaries: ${second ?? ""}`;
}
