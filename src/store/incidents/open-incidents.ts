import { type Selectable, sql } from "kysely";
import type {
  Confirmation,
  EndedIncident,
  IncidentFacts,
  OpenIncident,
} from "../../domain/incident/change.ts";
import type { IncidentKind } from "../../domain/incident/kinds.ts";
import { portalSubject } from "../../domain/incident/subject.ts";
import type { Database } from "../database.ts";
import type { Schema } from "../schema.ts";

/** What light probes of a portal tell; the other kinds are decided elsewhere. */
export const PORTAL_INCIDENTS = [
  "down",
  "degraded",
  "unresolvable",
  "certificate",
] as const satisfies readonly IncidentKind[];

/** The columns that make the facts of an incident. */
export const FACT_COLUMNS = [
  "id",
  "kind",
  "subject",
  "network",
  "portal_id",
  "family",
  "scope",
  "severity",
  "cause",
  "opened_at",
  "confirmed_at",
  "last_bad_at",
  "resolved_at",
  "confirmation",
  "evidence",
  "flapping",
] as const satisfies readonly (keyof Schema["incident"])[];

type FactRow = Pick<Selectable<Schema["incident"]>, (typeof FACT_COLUMNS)[number]>;

/** An incident as those who decide see it. */
export function incidentFacts(row: FactRow): IncidentFacts & { readonly id: number } {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    network: row.network,
    portal: row.portal_id,
    family: row.family,
    scope: row.scope,
    severity: row.severity,
    cause: row.cause,
    openedAt: row.opened_at.getTime(),
    confirmedAt: row.confirmed_at.getTime(),
    lastBadAt: row.last_bad_at.getTime(),
    confirmation: row.confirmation as Confirmation,
    evidence: row.evidence as Readonly<Record<string, unknown>>,
    flapping: row.flapping,
  };
}

/** Incidents of one portal that light probes decide about. */
export interface PortalIncidents {
  readonly open: OpenIncident[];
  readonly ended: EndedIncident[];
}

/**
 * Open incidents of these portals that light probes decide about, and those that ended after an instant (milliseconds
 * since the epoch); a portal without any has no entry.
 */
export async function incidentsOfPortals(
  trx: Database,
  portals: readonly number[],
  endedAfter: number,
): Promise<Map<number, PortalIncidents>> {
  const rows = await trx
    .selectFrom("incident")
    .select(FACT_COLUMNS)
    .where("kind", "in", PORTAL_INCIDENTS)
    .where(sql<boolean>`subject = any(${portals.map(portalSubject)}::text[])`)
    .where(sql<boolean>`(resolved_at is null or resolved_at > ${new Date(endedAfter)})`)
    .orderBy("id")
    .execute();
  const found = new Map<number, PortalIncidents>();
  for (const row of rows) {
    const facts = incidentFacts(row);
    if (facts.portal === null) continue;
    const own = found.get(facts.portal) ?? { open: [], ended: [] };
    if (row.resolved_at === null) own.open.push(facts);
    else own.ended.push({ ...facts, resolvedAt: row.resolved_at.getTime() });
    found.set(facts.portal, own);
  }
  return found;
}

/** Every incident that is open, of any kind, in the order in which they were written down. */
export async function openIncidents(trx: Database): Promise<OpenIncident[]> {
  const rows = await trx
    .selectFrom("incident")
    .select(FACT_COLUMNS)
    .where("resolved_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map(incidentFacts);
}
