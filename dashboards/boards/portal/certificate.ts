import { COLOURED_CELL } from "../../kit/cells.ts";
import { joined } from "../../kit/columns.ts";
import { lines, stat, table } from "../../kit/kinds.ts";
import { over, now, rows } from "../../kit/query.ts";
import { seriesNames } from "../../kit/series-names.ts";
import { same, type Text } from "../../kit/text.ts";
import { atLeast, COLOURS, type Steps } from "../../kit/thresholds.ts";
import { CERTIFICATE } from "../../limits.ts";
import { TIME_LEFT } from "../../parts/portal-table.ts";
import { FAMILY_WORDS } from "../../parts/words.ts";
import { OF_INSTANCE, OF_PORTAL } from "./chosen.ts";

const FAMILY: Text = { vi: "Họ địa chỉ", en: "Family" };
const ENDS: Text = { vi: "Hết hạn", en: "Ends" };
const LEFT: Text = { vi: "Còn lại", en: "Left" };
const SHARE: Text = { vi: "Còn lại so với thời hạn", en: "Share of its lifetime" };

const NOT_AFTER = `min by (family) (probe_ssl_cert_not_after_timestamp_seconds{${OF_INSTANCE}})`;
const NOT_BEFORE = `max by (family) (probe_ssl_cert_not_before_timestamp_seconds{${OF_INSTANCE}})`;
const LIFETIME_LEFT = `(${NOT_AFTER} - time()) / (${NOT_AFTER} - ${NOT_BEFORE})`;

/** Below both the days and the share, alerts speak; of short certificates only the share says anything. */
const SHARE_LEFT: Steps = atLeast({
  warn: CERTIFICATE.critical.share,
  good: CERTIFICATE.warning.share,
});

/** When the certificate that is served over each family ends; also of one that is not valid. */
export const CERTIFICATE_TABLE = table({
  id: 22,
  size: [8, 7],
  title: { vi: "Chứng thư", en: "Certificate" },
  description: {
    vi: "Chứng thư đang phục vụ qua từng họ địa chỉ, kể cả khi không hợp lệ. Cảnh báo khi cả số ngày lẫn phần thời hạn còn lại đều thấp: chứng thư ngày nay có khi chỉ dài 6 ngày.",
    en: "The certificate that is served over each family, also when it is not valid. Alerts speak when both the days and the share of the lifetime are low: some certificates live for 6 days only.",
  },
  queries: [rows(`${NOT_AFTER} * 1000`), rows(`${NOT_AFTER} - time()`), rows(LIFETIME_LEFT)],
  unit: "none",
  noValue: { vi: "chưa thấy chứng thư nào", en: "no certificate was seen" },
  transformations: joined("family", [
    { field: "family", title: FAMILY },
    { field: "Value #A", title: ENDS },
    { field: "Value #B", title: LEFT },
    { field: "Value #C", title: SHARE },
  ]),
  overrides: [
    { of: FAMILY, words: FAMILY_WORDS },
    { of: ENDS, unit: "dateTimeAsIso" },
    { of: LEFT, unit: "dtdurations", decimals: 0, thresholds: TIME_LEFT, custom: COLOURED_CELL },
    {
      of: SHARE,
      unit: "percentunit",
      decimals: 0,
      thresholds: SHARE_LEFT,
      custom: COLOURED_CELL,
    },
  ],
});

/** Who issued it, and how its time goes: a saw that never turns up is a renewal that does not work. */
export const CERTIFICATE_ROW = [
  stat({
    id: 40,
    size: [8, 5],
    title: { vi: "Tổ chức cấp, loại khóa", en: "Issuer and kind of key" },
    description: {
      vi: "Tổ chức cấp chứng thư có chuỗi tin cậy được; “untrusted” là chuỗi không tin cậy được.",
      en: "The organisation that issued a certificate whose chain verified; “untrusted” is one whose chain did not.",
    },
    queries: [
      now(
        `max by (issuer, key_type) (portal_certificate_info{${OF_PORTAL}})`,
        same("{{issuer}}, {{key_type}}"),
      ),
    ],
    unit: "none",
    show: "name",
    colour: "none",
    thresholds: { base: COLOURS.plain, steps: [] },
  }),
  lines({
    id: 41,
    size: [16, 8],
    title: { vi: "Phần thời hạn còn lại", en: "Share of the lifetime that is left" },
    description: {
      vi: "Mỗi lần gia hạn, đường nhảy lên 100 %. Đường đi xuống dưới 20 % mà không nhảy lên: gia hạn đang hỏng.",
      en: "Each renewal jumps to 100 %. A line that falls below 20 % without a jump means that renewal does not work.",
    },
    queries: [over(LIFETIME_LEFT, same("{{family}}"))],
    transformations: seriesNames(FAMILY_WORDS),
    unit: "percentunit",
    min: 0,
    max: 1,
  }),
];
