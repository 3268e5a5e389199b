/** What an incident is about; `down` includes wrong content, `certificate` invalid and expiring ones. */
export const INCIDENT_KINDS = [
  "down",
  "degraded",
  "unresolvable",
  "certificate",
  "ipv6_regression",
  "https_regression",
  "vantage_degraded",
] as const;

export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** How urgent an incident is, most urgent first. */
export const SEVERITIES = ["critical", "major", "minor", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Whether an incident is about all that its subject offers or about a part: one of two families, some vantage points. */
export type IncidentScope = "whole" | "partial";

/** The more urgent of two. */
export function worseSeverity(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other) ? one : other;
}
