import type { NotifyEvent } from "../../domain/incident/notice.ts";
import type { NotificationState } from "../../reports/notifications.ts";
import type { Lang } from "../lang.ts";

const vi = {
  title: "Thông báo đã gửi",
  lead: "Mọi tin báo đi ra từ dịch vụ này: đang chờ, đã gửi, và không gửi được. Mỗi tin được gửi ít nhất một lần; nếu phải gửi lại, mã nhận dạng giữ nguyên để nơi nhận bỏ qua bản trùng.",
  says: (pending: number, dead: number) => `${pending} tin đang chờ, ${dead} tin không gửi được.`,
  channels: "Kênh",
  channelColumns: ["Kênh", "Loại", "Đang chờ", "Đã gửi", "Không gửi được", "Thử"],
  noChannels:
    "Chưa cấu hình kênh nào: không ai nhận được tin. Đặt NOTIFY_FILE, xem docs/notifications.md.",
  byPrometheus:
    "INCIDENTS_TOLD_BY=prometheus: các quy tắc của Prometheus và Alertmanager báo sự cố, kênh của dịch vụ này không gửi gì.",
  notConfigured: "không còn trong cấu hình",
  oldest: (at: string) => `cũ nhất từ ${at}`,
  test: "Gửi tin thử",
  testWhat: (name: string) => `Gửi tin thử qua kênh ${name}`,
  list: "Các tin",
  filter: "Tình trạng",
  channelFilter: "Kênh",
  any: "tất cả",
  apply: "Lọc",
  none: "Không có tin nào.",
  columns: ["Tin", "Về", "Kênh", "Tình trạng", "Lập lúc"],
  states: {
    pending: "đang chờ",
    sent: "đã gửi",
    dead: "không gửi được",
    merged: "gộp vào tin tổng hợp",
  },
  events: {
    opened: "Sự cố bắt đầu",
    changed: "Sự cố thay đổi",
    flapping: "Chập chờn",
    escalated: "Báo lên cấp trên",
    resolved: "Sự cố kết thúc",
    digest: "Tin tổng hợp",
    test: "Tin thử",
  },
  incident: (id: number) => `sự cố số ${id}`,
  attempts: (count: number) => `${count} lần thử`,
  nextTry: (at: string) => `thử lại ${at}`,
  sentAt: (at: string) => `lúc ${at}`,
  error: "Lỗi gần nhất",
  key: "Mã nhận dạng",
  retry: "Thử lại ngay",
  retryWhat: (id: number) => `Thử lại ngay tin số ${id}`,
  next: "Cũ hơn",
  first: "Mới nhất",
  told: {
    retried: "Tin được đưa lại vào hàng chờ và gửi ngay.",
    tested: "Tin thử đã vào hàng chờ; kết quả hiện trong danh sách.",
  },
  problems: {
    not_dead: "Tin này không còn ở tình trạng không gửi được.",
    no_channel: "Không có kênh này trong cấu hình.",
  },
};

type Words = typeof vi;

export type NotificationWords = Omit<Words, "states" | "events"> & {
  readonly states: Readonly<Record<NotificationState, string>>;
  readonly events: Readonly<Record<NotifyEvent, string>>;
};

const en: NotificationWords = {
  title: "Notifications",
  lead: "Everything that this service tells: waiting, sent, and undeliverable. Each is sent at least once; when it has to be repeated it keeps its key, by which receivers drop doubles.",
  says: (pending, dead) => `${pending} waiting, ${dead} undeliverable.`,
  channels: "Channels",
  channelColumns: ["Channel", "Kind", "Waiting", "Sent", "Undeliverable", "Test"],
  noChannels:
    "No channel is configured: nobody is told. Set NOTIFY_FILE, see docs/notifications.md.",
  byPrometheus:
    "INCIDENTS_TOLD_BY=prometheus: rules of Prometheus and Alertmanager tell of incidents, the channels of this service stay silent.",
  notConfigured: "not in the configuration any more",
  oldest: (at) => `the oldest since ${at}`,
  test: "Send a test",
  testWhat: (name) => `Send a test through the channel ${name}`,
  list: "Messages",
  filter: "State",
  channelFilter: "Channel",
  any: "all",
  apply: "Apply",
  none: "There are none.",
  columns: ["Message", "About", "Channel", "State", "Made at"],
  states: {
    pending: "waiting",
    sent: "sent",
    dead: "undeliverable",
    merged: "part of a digest",
  },
  events: {
    opened: "Incident opened",
    changed: "Incident changed",
    flapping: "Flapping",
    escalated: "Escalated",
    resolved: "Incident ended",
    digest: "Digest",
    test: "Test",
  },
  incident: (id) => `incident ${id}`,
  attempts: (count) => (count === 1 ? "1 try" : `${count} tries`),
  nextTry: (at) => `next try ${at}`,
  sentAt: (at) => `at ${at}`,
  error: "Last error",
  key: "Key",
  retry: "Try again now",
  retryWhat: (id) => `Try again now: message ${id}`,
  next: "Older ones",
  first: "The newest",
  told: {
    retried: "The message is waiting again and is sent at once.",
    tested: "The test is waiting to be sent; the list shows what becomes of it.",
  },
  problems: {
    not_dead: "This message is not undeliverable any more.",
    no_channel: "The configuration has no such channel.",
  },
};

/** What the page of notifications says. */
export const NOTIFICATION_WORDS: Readonly<Record<Lang, NotificationWords>> = { vi, en };
