import type { Config } from "../../config.ts";
import type { IncidentDetail } from "../../reports/incidents/one.ts";
import type { ResultRow } from "../../reports/portal-results.ts";
import type { IncidentRow } from "../../reports/incidents/row.ts";
import { covers, hasRole, isUnlimited, type Viewer } from "../access/viewer.ts";

/** That there is an incident, what kind, how bad and since when: for everyone who may read at all. */
export type IncidentSummary = Pick<
  IncidentRow,
  | "id"
  | "kind"
  | "severity"
  | "scope"
  | "family"
  | "portal"
  | "opened_at"
  | "resolved_at"
  | "duration_seconds"
>;

/** An incident with everything, its runs' evidence as plain JSON. */
type ShownDetail = Omit<IncidentDetail, "runs"> & {
  readonly runs: readonly (Omit<ResultRow, "evidence"> & {
    readonly evidence: Record<string, unknown> | null;
  })[];
};

/** An incident as this viewer may see it. */
export function visibleIncident(
  viewer: Viewer,
  publicRead: Config["publicRead"],
): (incident: IncidentRow) => IncidentRow | IncidentSummary {
  return (incident) =>
    maySeeIncident(viewer, publicRead, incident) ? incident : summaryOf(incident);
}

/**
 * One incident with everything, as this viewer may see it: of an incident of several, a key that is limited sees
 * what belongs to it.
 */
export function visibleDetail(
  viewer: Viewer,
  publicRead: Config["publicRead"],
  incident: IncidentDetail,
): ShownDetail | IncidentSummary {
  if (maySeeIncident(viewer, publicRead, incident)) return shown(incident);
  if (incident.portal !== null || !hasRole(viewer, "reader")) return summaryOf(incident);
  const members = incident.member_portals.filter((member) => covers(viewer, member));
  if (members.length === 0) return summaryOf(incident);
  const children = incident.child_incidents.filter((child) =>
    maySeeIncident(viewer, publicRead, child),
  );
  // Evidence, timeline and post-mortem of several speak of all of them.
  const none = { evidence: {}, timeline: [], post_mortem: null };
  return shown({ ...incident, ...none, member_portals: members, child_incidents: children });
}

function shown(incident: IncidentDetail): ShownDetail {
  const runs = incident.runs.map((run) => ({
    ...run,
    evidence: run.evidence && { ...run.evidence },
  }));
  return { ...incident, runs };
}

/** Whether the viewer may see the details of an incident: of one that is about no single portal, with an unlimited key. */
export function maySeeIncident(
  viewer: Viewer,
  publicRead: Config["publicRead"],
  { portal }: Pick<IncidentRow, "portal">,
): boolean {
  if (publicRead === "all") return true;
  if (!hasRole(viewer, "reader")) return false;
  if (portal === null) return isUnlimited(viewer);
  return covers(viewer, { agency: portal.agency.id, province: portal.province?.code ?? null });
}

function summaryOf(incident: IncidentRow): IncidentSummary {
  const { id, kind, severity, scope, family, portal, opened_at, resolved_at, duration_seconds } =
    incident;
  return { id, kind, severity, scope, family, portal, opened_at, resolved_at, duration_seconds };
}
