import { IPV6_DROP, MASS_OUTAGE } from "../limits.ts";
import { unlessInDoubt } from "./doubt.ts";
import { PROVINCE } from "./in-words.ts";
import type { RuleGroup } from "./rule.ts";

const inProvince = (what: string) =>
  `sum by (province) (agency:portals${what}:count{province!=""})`;
const known = `(${inProvince("")} - ${inProvince("_unknown")} - ${inProvince("_maintenance")})`;

/** What many portals show together. */
export const OUTAGES: RuleGroup = {
  name: "hatangso-outages",
  interval: "1m",
  rules: [
    {
      alert: "ProvinceMassOutage",
      expr: `(${inProvince("_down")} / ${known} > ${MASS_OUTAGE.share} and ${known} >= ${MASS_OUTAGE.portals}) ${unlessInDoubt("5m")}`,
      for: "2m",
      keepFiringFor: "5m",
      severity: "critical",
      category: "portal",
      summary: {
        en: "A large part of a province's portals is down.",
        vi: "Nhiều cổng của một tỉnh cùng ngừng hoạt động.",
      },
      description: {
        en: `{{ $value | humanizePercentage }} of the portals of province ${PROVINCE} whose state is known are down: one trouble, not many.`,
        vi: `{{ $value | humanizePercentage }} số cổng biết được trạng thái của tỉnh ${PROVINCE} không hoạt động: một sự cố chung, không phải nhiều sự cố riêng.`,
      },
      dashboard: "province",
      chosen: "province",
    },
    {
      alert: "IPv6NationalDrop",
      expr: `(national:portals_ipv6:ratio offset 1d - national:portals_ipv6:ratio > ${IPV6_DROP.share} and on () sum(agency:portals_with_level:count) >= ${IPV6_DROP.portals}) ${unlessInDoubt("6h")}`,
      for: "1h",
      keepFiringFor: "30m",
      severity: "warning",
      category: "ipv6",
      summary: {
        en: "The share of portals ready for IPv6 fell.",
        vi: "Tỷ lệ cổng sẵn sàng IPv6 bị giảm.",
      },
      description: {
        en: "The share of portals at level L3 or above is {{ $value | humanizePercentage }} of all portals lower than a day ago.",
        vi: "Tỷ lệ cổng đạt mức L3 trở lên thấp hơn một ngày trước {{ $value | humanizePercentage }} trên tổng số cổng.",
      },
      dashboard: "ipv6",
    },
  ],
};
