import type { Recording } from "./rule.ts";

/** The urgency of incidents in the words of alerts, the most urgent first. */
const SEVERITIES = [
  ["critical", 'severity="critical"'],
  ["warning", 'severity=~"major|minor"'],
  ["info", 'severity="info"'],
] as const;

/** Of each subject the most urgent only: two incidents of one kind are one alert. `on` names what a subject is. */
function mostUrgent(on: string, open: (matcher: string) => string): string {
  return SEVERITIES.map(
    ([severity, matcher]) =>
      `label_replace(max by (${on}) (${open(matcher)}), "severity", "${severity}", "", "")`,
  ).join(` or on (${on}) `);
}

/** While the service cannot be scraped, nothing is known to have ended: what was last known stays. */
export function unlessSeen(record: string, job: "hatangso" | "hatangso-portals"): string {
  return `(${record} unless on () (up{job="${job}"} == 1))`;
}

const OF_PORTAL = "instance, portal, kind";
const CAUSE = "incident, cause, kind";
const WHOSE = "* on (instance, portal) group_left (agency, province) portal_info";

/** What the register calls open and does not hold back. */
const speaking = (matcher: string) =>
  `portal_incident_open{${matcher}} unless on (portal, kind) portal_incident_held`;

/** The incidents that are to be told, as our own channels would tell them: what the alerts about portals are made of. */
export const TOLD: readonly Recording[] = [
  {
    record: "portal:incident_told:max",
    expr: [
      `((${mostUrgent(OF_PORTAL, speaking)}) ${WHOSE})`,
      // What was told stays told while it is open, even if it is held back now; the service does the same.
      `or on (${OF_PORTAL}) (portal:incident_told:max and on (${OF_PORTAL}) portal_incident_open)`,
      `or on (${OF_PORTAL}) ${unlessSeen("portal:incident_told:max", "hatangso-portals")}`,
    ].join(" "),
    help: "Open incidents of portals that are or were told, by the most urgent of a kind; kept while the service is not seen",
  },
  {
    record: "portal:incident_in_common_cause:max",
    expr: [
      `(max by (${OF_PORTAL}) (portal_incident_in_common_cause) ${WHOSE})`,
      `or on (${OF_PORTAL}) ${unlessSeen("portal:incident_in_common_cause:max", "hatangso-portals")}`,
    ].join(" "),
    help: "Incidents of portals that an open common cause speaks for; kept while the service is not seen",
  },
  {
    record: "incident:common_cause_told:max",
    expr: [
      mostUrgent(
        CAUSE,
        (matcher) =>
          `incident_common_cause_portals{${matcher}} unless on (incident) incident_common_cause_held`,
      ),
      `or on (${CAUSE}) (incident:common_cause_told:max and on (${CAUSE}) incident_common_cause_portals)`,
      `or on (${CAUSE}) ${unlessSeen("incident:common_cause_told:max", "hatangso")}`,
    ].join(" "),
    help: "Portals of each open common cause that is or was told; kept while the service is not seen",
  },
];
