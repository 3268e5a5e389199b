import type { Config } from "../../config.ts";
import type { IncidentDetail } from "../../reports/incidents/one.ts";
import type { IncidentPortal, IncidentRow } from "../../reports/incidents/row.ts";
import type { ShownIncident } from "../../web/incidents/incident-table.ts";
import { type Belonging, covers, hasRole, isUnlimited, type Viewer } from "../access/viewer.ts";
import { maySeeIncident } from "../incidents/visible.ts";

/** An incident with whether this viewer may see its cause and evidence. */
export function shownTo(
  viewer: Viewer,
  publicRead: Config["publicRead"],
  row: IncidentRow,
): ShownIncident {
  return { row, open: maySeeIncident(viewer, publicRead, row) };
}

/** The same of one incident, all of whose portals are known. */
export function isOpenTo(
  viewer: Viewer,
  publicRead: Config["publicRead"],
  incident: IncidentDetail,
): boolean {
  return publicRead === "all" || (hasRole(viewer, "reader") && coversAll(viewer, incident));
}

/** Whether the viewer may write about an incident: an operator whose key covers every portal that it is about. */
export function mayWriteAbout(viewer: Viewer, incident: IncidentDetail): boolean {
  return hasRole(viewer, "operator") && coversAll(viewer, incident);
}

function coversAll(viewer: Viewer, { portal, member_portals: members }: IncidentDetail): boolean {
  const own = portal === null ? [] : [belongingOf(portal)];
  const all: readonly Belonging[] = [...own, ...members];
  return all.length === 0
    ? isUnlimited(viewer)
    : all.every((belonging) => covers(viewer, belonging));
}

function belongingOf({ agency, province }: IncidentPortal): Belonging {
  return { agency: agency.id, province: province?.code ?? null };
}
