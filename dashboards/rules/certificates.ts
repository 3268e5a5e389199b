import { CERTIFICATE } from "../limits.ts";
import type { Alert, Recording, RuleGroup } from "./rule.ts";
import { unlessSeen } from "./told.ts";

const DAY_SECONDS = 86_400;

const AFTER = "probe_ssl_cert_not_after_timestamp_seconds";
const BEFORE = "probe_ssl_cert_not_before_timestamp_seconds";
const LEFT = "probe:certificate_left:seconds";
const SHARE = "probe:certificate_left:ratio";
const INVALID = "portal:certificate_invalid_told:max";

/** Six decimals: what a third of a lifetime is must not be longer than its line. */
const shareOf = (tier: keyof typeof CERTIFICATE) => Number(CERTIFICATE[tier].share.toFixed(6));
const secondsOf = (tier: keyof typeof CERTIFICATE) => CERTIFICATE[tier].days * DAY_SECONDS;

/** The few certificates that are near their end, with whose they are; what tiers and the invalid ones are told by. */
const ENDING: readonly Recording[] = [
  {
    record: LEFT,
    expr: [
      `((${AFTER} - time() < ${secondsOf("notice")} and ${AFTER} - time() < ${shareOf("notice")} * (${AFTER} - ${BEFORE}))`,
      "* on (instance) group_left (portal, agency, province) portal_info)",
      // Not seen by the last runs is not renewed.
      `or ((${LEFT} unless on (instance) ${AFTER}) and on (instance) portal_info)`,
      `or ${unlessSeen(LEFT, "hatangso-portals")}`,
    ].join(" "),
    help: "Seconds left of a certificate that is near its end by days and by lifetime, as last seen; below 0: it has ended",
  },
  {
    record: SHARE,
    expr: `${LEFT} / on (instance, family, vantage) group_left () (${AFTER} - ${BEFORE}) or (${SHARE} and ${LEFT})`,
    help: "Share of the lifetime that is left of those",
  },
];

/** An incident about a certificate is told from the day on that its end comes near; here are those that browsers refuse. */
const INVALID_ONES: Recording = {
  record: INVALID,
  expr: [
    `(portal:incident_told:max{kind="certificate"} and on (instance) (portal_certificate_info{issuer="untrusted"}`,
    // A wrong name: the chain is trusted, and yet the run failed with a certificate that is not near its end.
    `or ((probe_success == 0 and on (instance, family, vantage) ${AFTER}) unless on (instance) ${LEFT})))`,
    `or on (instance, portal) ((${INVALID} and on (instance, portal) portal:incident_told:max{kind="certificate"})`,
    "unless on (instance) (min by (instance) (probe_success) == 1))",
  ].join(" "),
  help: "Incidents about certificates that are invalid now, not only near their end; kept while nobody can tell",
};

const within = (tier: "warning" | "critical") =>
  `(${LEFT} < ${secondsOf(tier)} and ${SHARE} < ${shareOf(tier)})`;

/** One alert per portal: that of the family which ends first. */
const perPortal = (condition: string) =>
  `min by (instance, portal, agency, province) (${condition})`;

/** A tier of time left; each ends where the next begins. */
function tier(alert: string, condition: string, severity: Alert["severity"]): Alert {
  return {
    alert,
    expr: condition,
    for: "15m",
    severity,
    category: "certificate",
    summary: {
      en: "A portal's certificate is about to end.",
      vi: "Chứng thư của một cổng sắp hết hạn.",
    },
    description: {
      en: "The certificate of {{ $labels.instance }} (agency {{ $labels.agency }}) has {{ $value | humanizeDuration }} left, which is little of its lifetime too.",
      vi: "Chứng thư của {{ $labels.instance }} (cơ quan {{ $labels.agency }}) còn {{ $value | humanizeDuration }}, cũng là phần nhỏ trong thời hạn của nó.",
    },
    dashboard: "portal",
    chosen: "portal",
  };
}

/** Certificates by days and by share of lifetime, and those that are refused. */
export const CERTIFICATES: RuleGroup = {
  name: "hatangso-certificates",
  interval: "1m",
  rules: [
    ...ENDING,
    INVALID_ONES,
    {
      alert: "PortalCertificateInvalid",
      expr: INVALID,
      keepFiringFor: "5m",
      severity: "of-incident",
      category: "certificate",
      summary: {
        en: "Browsers refuse a portal's certificate.",
        vi: "Trình duyệt từ chối chứng thư của một cổng.",
      },
      description: {
        en: "The certificate of {{ $labels.instance }} (agency {{ $labels.agency }}) is confirmed to be invalid: ended, not trusted, or of another name.",
        vi: "Chứng thư của {{ $labels.instance }} (cơ quan {{ $labels.agency }}) đã được xác nhận là không hợp lệ: hết hạn, không được tin cậy hoặc sai tên.",
      },
      dashboard: "portal",
      chosen: "portal",
    },
    tier(
      "PortalCertificateExpiring",
      `${perPortal(LEFT)} unless on (instance) ${within("warning")}`,
      "info",
    ),
    tier(
      "PortalCertificateExpiringSoon",
      `${perPortal(within("warning"))} unless on (instance) ${within("critical")}`,
      "warning",
    ),
    tier("PortalCertificateExpiringCritical", perPortal(within("critical")), "critical"),
  ],
};
