import type { ClosedBy } from "../../domain/incident/change.ts";
import type { Lang } from "../lang.ts";

interface TimelineWords {
  /** By the slug of the event. */
  readonly events: Readonly<Record<string, string>>;
  /** By the slug of what ended an incident. */
  readonly closedBy: Readonly<Record<ClosedBy, string>>;
  /** By the slug of why nobody was told. */
  readonly held: Readonly<Record<string, string>>;
  /** Names of facts that stand beside an event. */
  readonly facts: Readonly<Record<string, string>>;
  /** What of an incident changed. */
  readonly changes: Readonly<Record<string, string>>;
}

const vi: TimelineWords = {
  events: {
    opened: "Bắt đầu",
    reopened: "Tái diễn: mở lại",
    changed: "Thay đổi",
    resolved: "Kết thúc",
    acknowledged: "Nhận việc",
    unacknowledged: "Thôi nhận việc",
    commented: "Ghi chú",
    post_mortem_written: "Đã viết rút kinh nghiệm",
    post_mortem_removed: "Đã xoá rút kinh nghiệm",
    told: "Đã báo",
    held: "Chưa báo",
    joined: "Gộp vào sự cố chung",
    left: "Tách khỏi sự cố chung",
    children_joined: "Thêm sự cố cùng nguyên nhân",
    children_left: "Bớt sự cố cùng nguyên nhân",
  },
  closedBy: {
    person: "người vận hành đóng bằng tay",
    recovered: "các lần đo tốt liên tiếp",
    restored: "lần kiểm tra sâu: mức đã trở lại như cũ",
    not_served: "chứng thư không còn được dùng",
    well_again: "điểm đo đã hoạt động lại",
    portal_retired: "cổng không còn được theo dõi",
    children: "các sự cố thành phần đã kết thúc",
  },
  held: {
    maintenance: "đang bảo trì theo lịch",
    vantage: "điểm đo đang có trục trặc",
    mass: "quá nhiều cổng hỏng cùng lúc từ một nơi: đang nghi ngờ chính điểm đo",
    group: "đang chờ xem có chung nguyên nhân với sự cố khác không",
    other_family: "đang chờ kết quả của loại địa chỉ kia",
    child: "sự cố chung đã được báo thay",
    late: "kết quả đến muộn: chỉ ghi vào lịch sử",
    flapping: "đang chập chờn, đã báo một lần",
    no_channel: "không có kênh nào được cấu hình để nhận",
    prometheus: "Prometheus và Alertmanager báo thay",
  },
  facts: {
    text: "nội dung",
    note: "lý do",
    until: "đến",
    reason: "vì",
    closed_by: "bởi",
    channels: "kênh",
    channel: "kênh",
    severity: "mức độ",
    scope: "phạm vi",
    cause: "nguyên nhân",
    family: "loại địa chỉ",
    held: "vì",
    parent: "sự cố chung",
    step: "bước",
    portal: "cổng",
    resolved_at: "lần đo tốt đầu tiên",
    first_bad_at: "lần đo hỏng đầu tiên",
    event: "tin",
    children: "sự cố số",
  },
  changes: {
    scope: "phạm vi",
    family: "loại địa chỉ",
    severity: "mức độ",
    cause: "nguyên nhân",
    flapping_began: "bắt đầu chập chờn",
    flapping_ended: "hết chập chờn",
  },
};

const en: TimelineWords = {
  events: {
    opened: "Opened",
    reopened: "Came back: opened again",
    changed: "Changed",
    resolved: "Ended",
    acknowledged: "Acknowledged",
    unacknowledged: "Acknowledgement taken back",
    commented: "Comment",
    post_mortem_written: "Post-mortem written",
    post_mortem_removed: "Post-mortem removed",
    told: "Told",
    held: "Not told yet",
    joined: "Became a part of a common incident",
    left: "Left the common incident",
    children_joined: "More incidents share this cause",
    children_left: "Fewer incidents share this cause",
  },
  closedBy: {
    person: "an operator, by hand",
    recovered: "good runs in a row",
    restored: "an audit: the level is what it was",
    not_served: "the certificate is not served any more",
    well_again: "the vantage point works again",
    portal_retired: "the portal is not watched any more",
    children: "the end of its parts",
  },
  held: {
    maintenance: "it is in maintenance",
    vantage: "this vantage point is impaired",
    mass: "too many portals fail from one place at once: the place itself is doubted",
    group: "it waits for others that may share its cause",
    other_family: "it waits for what the other address family says",
    child: "the common incident was told instead",
    late: "the news came late: it only amends the history",
    flapping: "it flaps, which was told once",
    no_channel: "no channel is configured for it",
    prometheus: "Prometheus and Alertmanager tell it",
  },
  facts: {
    text: "text",
    note: "reason",
    until: "until",
    reason: "because",
    closed_by: "by",
    channels: "channels",
    channel: "channel",
    severity: "severity",
    scope: "scope",
    cause: "cause",
    family: "address family",
    held: "because",
    parent: "common incident",
    step: "step",
    portal: "portal",
    resolved_at: "first good run",
    first_bad_at: "first failing run",
    event: "message",
    children: "incidents",
  },
  changes: {
    scope: "scope",
    family: "address family",
    severity: "severity",
    cause: "cause",
    flapping_began: "it began to flap",
    flapping_ended: "it stopped flapping",
  },
};

const WORDS: Readonly<Record<Lang, TimelineWords>> = { vi, en };

/** A slug in words; as it is, with spaces, where nobody has put it into words. */
export function slugText(list: keyof TimelineWords, slug: string, lang: Lang): string {
  const words: Readonly<Record<string, string>> = WORDS[lang][list];
  return (Object.hasOwn(words, slug) ? words[slug] : undefined) ?? slug.replaceAll("_", " ");
}
