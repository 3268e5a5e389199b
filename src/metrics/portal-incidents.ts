import type { IncidentKind, Severity } from "../domain/incident/kinds.ts";
import type { Held } from "../domain/incident/telling.ts";
import { type MetricFamily, renderSample } from "./exposition.ts";

/** An open incident that a portal has, alone or with others. */
export interface PortalIncident {
  /** The portal's number. */
  readonly portal: number;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  /** Why nobody is told of it at present. */
  readonly held: Held | null;
}

/** Open incidents of one portal, as `open kind severity` and `held kind reason`, sorted, each once. */
export type IncidentNames = readonly string[];

/**
 * That others speak is no reason for them to be silent; nor is a common cause, which has no series of a portal: were its
 * parts silent too, nobody would speak of it.
 */
const SPOKEN_ELSEWHERE: ReadonlySet<Held> = new Set<Held>(["prometheus", "no_channel", "child"]);

/** What each portal that has any open incident has. A kind is held where all of it that is open is. */
export function namesByPortal(open: readonly PortalIncident[]): Map<number, IncidentNames> {
  const names = new Map<number, Set<string>>();
  const speaking = new Set(
    open.filter((each) => reasonOf(each) === null).map(({ portal, kind }) => `${portal} ${kind}`),
  );
  for (const incident of open) {
    const { portal, kind, severity } = incident;
    const known = names.get(portal) ?? new Set();
    names.set(portal, known.add(`open ${kind} ${severity}`));
    const reason = reasonOf(incident);
    if (reason !== null && !speaking.has(`${portal} ${kind}`)) known.add(`held ${kind} ${reason}`);
  }
  return new Map([...names].map(([portal, known]) => [portal, [...known].toSorted()]));
}

function reasonOf({ held }: PortalIncident): Held | null {
  return held === null || SPOKEN_ELSEWHERE.has(held) ? null : held;
}

/** Stays while runs are unknown, other than any series of a run: this is what alerts are to be written on. */
export const INCIDENT_FAMILY: MetricFamily = {
  name: "portal_incident_open",
  type: "gauge",
  help: "1 while an incident of this kind and severity is open, also while runs cannot tell; absent otherwise",
};

/** What rules take away from the open ones, so that they are silent where our own channels would be. */
export const HELD_FAMILY: MetricFamily = {
  name: "portal_incident_held",
  type: "gauge",
  help: "1 while nobody is to be told of the open incidents of this kind, with the reason; absent otherwise",
};

/** The lines of a portal's open incidents; `labels` are those of the portal. */
export function renderIncidents(incidents: IncidentNames, labels: string): string {
  return render(incidents, "open", (kind, severity) =>
    renderSample(INCIDENT_FAMILY.name, `${labels},kind="${kind}",severity="${severity}"`, 1),
  );
}

/** The lines of those that nobody is to be told of. */
export function renderHeld(incidents: IncidentNames, labels: string): string {
  return render(incidents, "held", (kind, reason) =>
    renderSample(HELD_FAMILY.name, `${labels},kind="${kind}",reason="${reason}"`, 1),
  );
}

function render(
  incidents: IncidentNames,
  wanted: "open" | "held",
  line: (kind: string, other: string) => string,
): string {
  return incidents
    .map((name) => name.split(" "))
    .filter(([what]) => what === wanted)
    .map(([, kind = "", other = ""]) => line(kind, other))
    .join("");
}
