import type { IncidentKind } from "../src/domain/incident/kinds.ts";
import type { ReplayedIncident } from "../src/domain/incident/replay.ts";

/** What a replay comes to, beside what the register holds for the same time; instants are UTC, ISO 8601. */
export interface ReplaySummary {
  readonly since: string;
  readonly until: string;
  /** Stored runs that were taken in. */
  readonly runs: number;
  readonly would_have_opened: Partial<Record<IncidentKind, number>>;
  readonly register_holds: Partial<Record<IncidentKind, number>>;
}

/** An incident as a replay prints it in JSON. */
export function incidentJson(incident: ReplayedIncident, slugs: ReadonlyMap<number, string>) {
  const { kind, family, scope, severity, cause, network, confirmation } = incident;
  return {
    portal: slugOf(incident, slugs),
    kind,
    scope,
    family,
    severity,
    cause,
    network,
    opened_at: iso(incident.openedAt),
    confirmed_at: iso(incident.confirmedAt),
    resolved_at: incident.resolvedAt === null ? null : iso(incident.resolvedAt),
    reopened: incident.reopened,
    flapping: incident.flapping,
    confirmation: {
      vantages: confirmation.vantages,
      observations: confirmation.observations,
      confirmations: confirmation.confirmations,
      single_vantage: confirmation.singleVantage,
    },
  };
}

/** An incident as one line for people, instants in a time zone. */
export function incidentLine(
  incident: ReplayedIncident,
  slugs: ReadonlyMap<number, string>,
  timeZone: string,
): string {
  const { kind, family, severity, cause, openedAt, resolvedAt, confirmation, reopened } = incident;
  // The Swedish way to write an instant is nearly that of ISO 8601.
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const { observations, confirmations, vantages } = confirmation;
  const points = vantages.length === 1 ? "1 vantage point" : `${vantages.length} vantage points`;
  return [
    slugOf(incident, slugs),
    family === null ? kind : `${kind} (${family})`,
    severity,
    `${format.format(openedAt)} – ${resolvedAt === null ? "open" : format.format(resolvedAt)}`,
    cause,
    `${observations} runs, ${confirmations} of them confirmations, ${points}`,
    ...(reopened > 0 ? [`went on ${reopened} times`] : []),
  ].join("; ");
}

/** The summary as lines for people. */
export function summaryLines(summary: ReplaySummary): string[] {
  return [
    `${summary.runs} runs from ${summary.since} to ${summary.until}.`,
    `This policy would have opened: ${counts(summary.would_have_opened)}.`,
    `The register holds for that time: ${counts(summary.register_holds)}.`,
  ];
}

function counts(of: Partial<Record<IncidentKind, number>>): string {
  const parts = Object.entries(of).map(([kind, count]) => `${count} ${kind}`);
  return parts.length === 0 ? "nothing" : parts.toSorted().join(", ");
}

function slugOf({ portal }: ReplayedIncident, slugs: ReadonlyMap<number, string>): string {
  return (portal === null ? null : slugs.get(portal)) ?? String(portal);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
