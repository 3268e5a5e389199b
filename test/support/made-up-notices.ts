import type {
  NoticeIncident,
  NoticePortal,
  NotifyEvent,
  NotifyMessage,
} from "../../src/domain/incident/notice.ts";
import type { SendContext } from "../../src/notify/channel.ts";

/** 14:05 in Ha Noi. */
export const NOW = Date.parse("2026-11-25T07:05:00Z");

/** A portal of a province. */
export function portalNotice(change: Partial<NoticePortal> = {}): NoticePortal {
  return {
    id: "dichvucong-hanoi",
    name: { vi: "Cổng dịch vụ công Hà Nội", en: "Ha Noi public services" },
    url: "https://dichvucong.hanoi.example/",
    kind: "public-service-gateway",
    agency: { id: "province-01", name: { vi: "UBND thành phố Hà Nội", en: null } },
    province: { code: "01", name: "Hà Nội" },
    ...change,
  };
}

/** An incident of that portal, open since 14:00. */
export function incidentNotice(change: Partial<NoticeIncident> = {}): NoticeIncident {
  return {
    id: 7,
    kind: "down",
    scope: "whole",
    family: null,
    severity: "major",
    cause: "connect_timeout",
    network: "internet",
    opened_at: "2026-11-25T07:00:00.000Z",
    confirmed_at: "2026-11-25T07:00:42.000Z",
    resolved_at: null,
    subject: { type: "portal", name: "12" },
    portal: portalNotice(),
    confirmation: {
      vantages: ["hanoi-1"],
      observations: 6,
      confirmations: 4,
      single_vantage: true,
    },
    flapping: false,
    acknowledged_by: null,
    shares: [],
    members: { total: 0, portals: [] },
    evidence: {},
    ...change,
  };
}

/** A message about that incident. */
export function notice(
  event: NotifyEvent = "opened",
  change: Partial<NoticeIncident> = {},
): NotifyMessage {
  return {
    version: 1,
    event,
    at: new Date(NOW).toISOString(),
    made_up: false,
    incident: incidentNotice(change),
    digest: null,
  };
}

/** A message about no incident. */
export const testNotice: NotifyMessage = { ...notice("test"), incident: null };

/** What a channel is given at a first try. */
export function sendContext(change: Partial<SendContext> = {}): SendContext {
  return {
    dedupeKey: "7:opened:0:duty",
    receipt: null,
    progress: null,
    now: NOW,
    signal: new AbortController().signal,
    ...change,
  };
}

/** How texts are written. */
export const TEXTS = { timezone: "Asia/Ho_Chi_Minh", publicUrl: "https://watch.example" } as const;
