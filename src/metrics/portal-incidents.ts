import type { IncidentKind, Severity } from "../domain/incident/kinds.ts";
import type { Held } from "../domain/incident/telling.ts";
import { renderSample } from "./exposition.ts";

/** An open incident that a portal has, alone or with others. */
export interface PortalIncident {
  /** The portal's number. */
  readonly portal: number;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  /** Why nobody is told of it at present. */
  readonly held: Held | null;
  /** Whether it is a part of a common cause that is open. */
  readonly inCommonCause: boolean;
}

/** Open incidents of one portal, as `open kind severity`, `held kind reason` and `cause kind`, sorted, each once. */
export type IncidentNames = readonly string[];

/**
 * That others speak is no reason for them to be silent; nor is a common cause that somebody is told of, which has no
 * series of a portal: were its parts silent too, rules on such series would say nothing.
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
    if (incident.inCommonCause) known.add(`cause ${kind}`);
  }
  return new Map([...names].map(([portal, known]) => [portal, [...known].toSorted()]));
}

function reasonOf({ held }: PortalIncident): Held | null {
  return held === null || SPOKEN_ELSEWHERE.has(held) ? null : held;
}

/** What a portal's open incidents are shown as; `labels` are those of the portal. */
export const PORTAL_INCIDENT_FAMILIES = [
  // Stays while runs are unknown, other than any series of a run: this is what alerts are to be written on.
  family("portal_incident_open", {
    help: "1 while an incident of this kind and severity is open, also while runs cannot tell; absent otherwise",
    what: "open",
    more: (severity) => `,severity="${severity}"`,
  }),
  // What rules take away from the open ones, so that they are silent where our own channels would be.
  family("portal_incident_held", {
    help: "1 while nobody is to be told of the open incidents of this kind, with the reason; absent otherwise",
    what: "held",
    more: (reason) => `,reason="${reason}"`,
  }),
  family("portal_incident_in_common_cause", {
    help: "1 while an open incident of this kind is a part of an open common cause; absent otherwise",
    what: "cause",
    more: () => "",
  }),
] as const;

function family(
  name: string,
  {
    help,
    what,
    more,
  }: { help: string; what: "open" | "held" | "cause"; more: (other: string) => string },
) {
  return {
    name,
    type: "gauge",
    help,
    render: ({ incidents }: { incidents: IncidentNames }, labels: string) =>
      incidents
        .map((each) => each.split(" "))
        .filter(([first]) => first === what)
        .map(([, kind = "", other = ""]) =>
          renderSample(name, `${labels},kind="${kind}"${more(other)}`, 1),
        )
        .join(""),
  } as const;
}
