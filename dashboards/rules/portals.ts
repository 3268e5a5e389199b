import { CAUSE_NAMES, INCIDENT_NAMES } from "../kit/label-words.ts";
import type { Text } from "../kit/text.ts";
import { worded } from "./in-words.ts";
import type { Alert, RuleGroup } from "./rule.ts";
import { TOLD } from "./told.ts";

/** A new start of the service shows its incidents a few seconds after it answers the first scrape. */
const AFTER_A_RESTART = "2m";

/**
 * What fails together does not recover in the same minute, and a common cause is over before the last of its portals is
 * well: for so long they are held back still. Longer than their own alerts stay, or each would be told when it ends.
 */
const AFTER_ITS_CAUSE = "5m";

/** An alert about a portal, on what the register of incidents says: no series of a run, which a blind place would lose. */
function onIncident(
  kind: string,
  alert: Pick<Alert, "alert" | "category" | "summary" | "description">,
): Alert {
  return {
    ...alert,
    expr: `portal:incident_told:max{kind="${kind}"}`,
    keepFiringFor: AFTER_A_RESTART,
    severity: "of-incident",
    dashboard: "portal",
    chosen: "portal",
  };
}

const WHO = {
  en: "{{ $labels.instance }} (agency {{ $labels.agency }})",
  vi: "{{ $labels.instance }} (cơ quan {{ $labels.agency }})",
};

/** What portals fail by together, and what they have in common then. */
const { down, unresolvable } = INCIDENT_NAMES;
const { address, prefix, "name-servers": nameServers, agency } = CAUSE_NAMES;
const kindIn = (lang: keyof Text) => worded("kind", { down, unresolvable }, lang);
const causeIn = (lang: keyof Text) =>
  worded("cause", { address, prefix, "name-servers": nameServers, agency }, lang);

/** What the register of incidents says of portals. The register confirms; nothing waits here once more. */
export const PORTALS: RuleGroup = {
  name: "hatangso-portals",
  interval: "30s",
  rules: [
    ...TOLD,
    onIncident("down", {
      alert: "PortalDown",
      category: "portal",
      summary: { en: "A portal is down.", vi: "Một cổng không hoạt động." },
      description: {
        en: `${WHO.en} is confirmed to be down over at least one address family.`,
        vi: `${WHO.vi} đã được xác nhận là không hoạt động trên ít nhất một họ địa chỉ.`,
      },
    }),
    onIncident("degraded", {
      alert: "PortalDegraded",
      category: "portal",
      summary: {
        en: "A portal is too slow or unstable.",
        vi: "Một cổng quá chậm hoặc không ổn định.",
      },
      description: {
        en: `${WHO.en} answers, but exceeds its limits again and again.`,
        vi: `${WHO.vi} có trả lời nhưng liên tục vượt giới hạn.`,
      },
    }),
    onIncident("unresolvable", {
      alert: "PortalUnresolvable",
      category: "portal",
      summary: {
        en: "A portal's name does not resolve.",
        vi: "Tên miền của một cổng không phân giải được.",
      },
      description: {
        en: `The name of ${WHO.en} gets no answer from a resolver that is proved to work.`,
        vi: `Tên miền của ${WHO.vi} không được trả lời, dù máy phân giải đã được kiểm chứng là hoạt động.`,
      },
    }),
    onIncident("ipv6_regression", {
      alert: "PortalIPv6Regressed",
      category: "ipv6",
      summary: {
        en: "A portal's IPv6 readiness fell.",
        vi: "Mức sẵn sàng IPv6 của một cổng bị giảm.",
      },
      description: {
        en: `The confirmed IPv6 readiness level of ${WHO.en} is lower than it was within the last seven days.`,
        vi: `Mức sẵn sàng IPv6 đã xác nhận của ${WHO.vi} thấp hơn mức trong bảy ngày qua.`,
      },
    }),
    onIncident("https_regression", {
      alert: "PortalHttpsRegressed",
      category: "certificate",
      summary: { en: "A portal's HTTPS grade fell.", vi: "Hạng HTTPS của một cổng bị giảm." },
      description: {
        en: `The confirmed HTTPS grade of ${WHO.en} is worse than it was within the last seven days.`,
        vi: `Hạng HTTPS đã xác nhận của ${WHO.vi} kém hơn hạng trong bảy ngày qua.`,
      },
    }),
    {
      alert: "PortalInCommonCause",
      expr: "portal:incident_in_common_cause:max",
      keepFiringFor: AFTER_ITS_CAUSE,
      severity: "none",
      category: "portal",
      summary: {
        en: "A common cause speaks for this portal.",
        vi: "Sự cố chung đã bao gồm cổng này.",
      },
      description: {
        en: `The incident “${kindIn("en")}” of ${WHO.en} is a part of a common cause. Nobody is told of this alert: it holds others back.`,
        vi: `Sự cố “${kindIn("vi")}” của ${WHO.vi} thuộc một nguyên nhân chung. Không ai được báo bằng cảnh báo này: nó chỉ giữ các cảnh báo khác lại.`,
      },
      dashboard: "portal",
      chosen: "portal",
    },
    {
      alert: "CommonCauseOutage",
      expr: "incident:common_cause_told:max",
      keepFiringFor: AFTER_A_RESTART,
      severity: "of-incident",
      category: "portal",
      summary: {
        en: "Several portals fail together.",
        vi: "Nhiều cổng cùng gặp sự cố.",
      },
      description: {
        en: `{{ $value }} portals have the same ${causeIn("en")} and the incident “${kindIn("en")}”: number {{ $labels.incident }} in the list of incidents.`,
        vi: `{{ $value }} cổng có chung ${causeIn("vi")} gặp sự cố “${kindIn("vi")}”: số {{ $labels.incident }} trong danh sách sự cố.`,
      },
      dashboard: "slo",
    },
  ],
};
