import { joined } from "../../kit/columns.ts";
import { bars, stat, table } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, rows } from "../../kit/query.ts";
import { same, type Text } from "../../kit/text.ts";
import { COLOURS, NEUTRAL, SOME_ARE_BAD, SOME_ARE_WARN } from "../../kit/thresholds.ts";
import { CERTIFICATE } from "../../limits.ts";
import {
  AGENCY_TITLE,
  linkedAgency,
  linkedPortal,
  PORTAL_TITLE,
} from "../../parts/portal-columns.ts";

const AFTER = "probe_ssl_cert_not_after_timestamp_seconds";
const BEFORE = "probe_ssl_cert_not_before_timestamp_seconds";

/** Share of the lifetime that is left of what a portal presents, the worst of its families; below 0 it has ended. */
const LEFT = `min by (instance) ((${AFTER} - time()) / (${AFTER} - ${BEFORE}))`;

const DAY_SECONDS = 86_400;

const ENDED: Panel = stat({
  id: 4,
  size: [4, 4],
  title: { vi: "Chứng thư đã hết hạn", en: "Certificates that have ended" },
  description: {
    vi: "Số cổng mà lần đo gần nhất thấy chứng thư đã hết hạn, qua ít nhất một họ địa chỉ.",
    en: "Portals whose last run saw a certificate that has ended, over one address family at least.",
  },
  queries: [now(`sum(${LEFT} < bool 0) or vector(0)`)],
  unit: "short",
  decimals: 0,
  thresholds: SOME_ARE_BAD,
});

const { days, share } = CERTIFICATE.warning;

const ENDING: Panel = stat({
  id: 5,
  size: [4, 4],
  title: { vi: "Chứng thư sắp hết hạn", en: "Certificates that end soon" },
  description: {
    vi: `Số cổng có chứng thư còn dưới ${days} ngày và dưới ${share * 100} % thời hạn; cùng giới hạn với cảnh báo.`,
    en: `Portals whose certificate has less than ${days} days and less than ${share * 100} % of its lifetime left; the limits of the alert.`,
  },
  queries: [
    now(
      `count(min by (portal) (probe:certificate_left:seconds > 0 and probe:certificate_left:seconds < ${days * DAY_SECONDS} and probe:certificate_left:ratio < ${share})) or vector(0)`,
    ),
  ],
  unit: "short",
  decimals: 0,
  thresholds: SOME_ARE_WARN,
});

const INCIDENTS: Panel = stat({
  id: 6,
  size: [4, 4],
  title: { vi: "Sự cố về chứng thư", en: "Incidents about certificates" },
  description: {
    vi: "Số sự cố đang mở về chứng thư không hợp lệ hoặc sắp hết hạn.",
    en: "Open incidents about certificates that are invalid or about to end.",
  },
  queries: [now('sum(incidents_open{kind="certificate"})')],
  unit: "short",
  decimals: 0,
  thresholds: SOME_ARE_BAD,
  links: [
    {
      title: { vi: "Danh sách sự cố", en: "List of incidents" },
      page: "/incidents?kind=certificate",
    },
  ],
});

/** Bands of the share of a lifetime that is left; the limits of the alerts, then halves. */
const BANDS: readonly { from: number; to: number; name: Text }[] = [
  { from: -Infinity, to: 0, name: { vi: "đã hết hạn", en: "has ended" } },
  { from: 0, to: CERTIFICATE.critical.share, name: same("0–10 %") },
  { from: CERTIFICATE.critical.share, to: CERTIFICATE.warning.share, name: same("10–20 %") },
  { from: CERTIFICATE.warning.share, to: CERTIFICATE.notice.share, name: same("20–33 %") },
  { from: CERTIFICATE.notice.share, to: 2 / 3, name: same("33–67 %") },
  { from: 2 / 3, to: Infinity, name: same("67–100 %") },
];

/** How many are at or above a share, as far as that is a condition. */
function countBetween(from: number, to: number): string {
  const below = to === Infinity ? LEFT : `(${LEFT} < ${to.toFixed(6)})`;
  const kept = from === -Infinity ? below : `${below} >= ${from.toFixed(6)}`;
  return `count(${kept}) or vector(0)`;
}

const LIFETIME: Panel = bars({
  id: 8,
  size: [12, 9],
  title: { vi: "Phần thời hạn còn lại của chứng thư", en: "Share of the lifetime that is left" },
  description: {
    vi: "Số cổng theo phần thời hạn còn lại của chứng thư, họ địa chỉ xấu hơn được tính. Số ngày không nói hết: chứng thư nay được cấp 200, 100, 47 hoặc 6 ngày. Bình thường phần lớn nằm trên 33 %, vì chứng thư được thay khi còn một phần ba.",
    en: "Portals by the share of its lifetime that their certificate has left, the worse family counts. Days alone say little: certificates are issued for 200, 100, 47 or 6 days now. Most stand above 33 % where they are renewed with a third left.",
  },
  queries: BANDS.map(({ from, to, name }) => now(countBetween(from, to), name)),
  unit: "short",
  decimals: 0,
  min: 0,
  thresholds: NEUTRAL,
});

const ISSUERS: Panel = bars({
  id: 9,
  size: [12, 10],
  title: { vi: "Nơi cấp chứng thư", en: "Issuers" },
  description: {
    vi: "Số cổng theo tổ chức cấp chứng thư, mười hai nơi nhiều nhất. “untrusted”: chuỗi không được tin cậy, nên không nêu tên.",
    en: "Portals by the organisation that issued their certificate, the twelve most frequent. “untrusted”: the chain does not verify, so that no name is given.",
  },
  queries: [
    now("sort_desc(topk(12, count by (issuer) (portal_certificate_info)))", same("{{issuer}}")),
  ],
  unit: "short",
  decimals: 0,
  min: 0,
  thresholds: NEUTRAL,
});

const KEYS: Panel = bars({
  id: 14,
  size: [12, 8],
  title: { vi: "Loại khóa", en: "Types of key" },
  description: {
    vi: "Số cổng theo loại khóa của chứng thư.",
    en: "Portals by the type of key of their certificate.",
  },
  queries: [now("sort_desc(count by (key_type) (portal_certificate_info))", same("{{key_type}}"))],
  unit: "short",
  decimals: 0,
  min: 0,
  thresholds: NEUTRAL,
});

const LEFT_TITLE = { vi: "Còn lại", en: "Left" };
const SHARE_TITLE = { vi: "Phần thời hạn", en: "Of its lifetime" };

const NEXT: Panel = table({
  id: 12,
  size: [24, 9],
  title: { vi: "Hết hạn trước nhất", en: "Which end first" },
  description: {
    vi: `Cổng có chứng thư còn dưới ${CERTIFICATE.notice.days} ngày và dưới một phần ba thời hạn; số âm là đã hết hạn. Liên hệ cơ quan để thay chứng thư, rồi xem vì sao việc thay không tự động.`,
    en: `Portals whose certificate has less than ${CERTIFICATE.notice.days} days and less than a third of its lifetime left; below zero it has ended. Ask the agency to renew, then why that is not automatic.`,
  },
  queries: [
    rows("min by (portal, agency) (probe:certificate_left:seconds)"),
    rows("min by (portal) (probe:certificate_left:ratio)"),
  ],
  unit: "short",
  transformations: joined("portal", [
    { field: "portal", title: PORTAL_TITLE },
    { field: "agency", title: AGENCY_TITLE },
    { field: "Value #A", title: LEFT_TITLE },
    { field: "Value #B", title: SHARE_TITLE },
  ]),
  sortBy: { column: LEFT_TITLE },
  noValue: { vi: "không có chứng thư nào sắp hết hạn", en: "no certificate is near its end" },
  overrides: [
    linkedPortal(),
    linkedAgency(),
    {
      of: LEFT_TITLE,
      unit: "s",
      thresholds: {
        base: COLOURS.bad,
        steps: [
          [CERTIFICATE.critical.days * DAY_SECONDS, COLOURS.warn],
          [CERTIFICATE.warning.days * DAY_SECONDS, COLOURS.plain],
        ],
      },
      custom: { "custom.cellOptions": { type: "color-text" } },
    },
    { of: SHARE_TITLE, unit: "percentunit", decimals: 0 },
  ],
});

/** What is known of certificates, from the whole to the single ones. */
export const HEADLINE: readonly Panel[] = [ENDED, ENDING, INCIDENTS];
export const LIFETIMES: readonly Panel[] = [LIFETIME];
export const MAKERS: readonly Panel[] = [ISSUERS];
export const SINGLE: readonly Panel[] = [NEXT];
export const KEY_TYPES: readonly Panel[] = [KEYS];
