import { GRADE_VALUE, LEVEL_VALUE } from "../domain/readiness.ts";
import type { PortalStanding } from "../reports/standings.ts";
import { type MetricFamily, renderSample } from "./exposition.ts";

/** A metric family that says something of what audits have come to; null: no audit yet. */
interface StandingFamily extends MetricFamily {
  readonly render: (subject: { standing: PortalStanding | null }, labels: string) => string;
}

/** Per portal, from its audits; nothing is exposed of what no audit could tell. */
export const STANDING_FAMILIES: readonly StandingFamily[] = [
  gauge(
    "portal_ipv6_level",
    "Confirmed IPv6 readiness level, 0 to 5; -1: has IPv6 addresses that do not work",
    ({ level }) => LEVEL_VALUE[level],
  ),
  gauge(
    "portal_https_grade",
    "Confirmed HTTPS grade, 5 = A to 1 = E",
    ({ grade }) => GRADE_VALUE[grade],
  ),
  {
    name: "portal_finding",
    type: "gauge",
    help: "A check of the last audits that does not hold, always 1",
    render: ({ standing }, labels) =>
      (standing?.wrong ?? [])
        .map(({ check, verdict }) =>
          renderSample("portal_finding", `${labels},check="${check}",verdict="${verdict}"`, 1),
        )
        .join(""),
  },
  gauge(
    "portal_last_audit_timestamp_seconds",
    "When the last audit was, in Unix seconds",
    ({ lastAuditAt }) => lastAuditAt / 1000,
  ),
];

/** A gauge of the standing; null means no sample. */
function gauge(
  name: string,
  help: string,
  value: (standing: PortalStanding) => number | null,
): StandingFamily {
  return {
    name,
    type: "gauge",
    help,
    render: ({ standing }, labels) => {
      const number = standing && value(standing);
      return number === null ? "" : renderSample(name, labels, number);
    },
  };
}
