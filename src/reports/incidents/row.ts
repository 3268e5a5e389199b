import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import type { IncidentKind, IncidentScope, Severity } from "../../domain/incident/kinds.ts";
import { readSubject, type SubjectType } from "../../domain/incident/subject.ts";
import type { PortalKind } from "../../domain/portal.ts";
import type { Database } from "../../store/database.ts";
import { provinceOf } from "../province-of.ts";

/** The portal that an incident is about, as lists show it. */
export interface IncidentPortal {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly url: string;
  readonly kind: PortalKind;
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly province: { readonly code: string; readonly name_vi: string } | null;
}

/** An incident as lists show it. Instants are ISO 8601 UTC. */
export interface IncidentRow {
  readonly id: number;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly scope: IncidentScope;
  /** The one family that is meant; null: all that the portal publishes. */
  readonly family: Family | null;
  readonly portal: IncidentPortal | null;
  readonly opened_at: string;
  readonly confirmed_at: string;
  readonly last_bad_at: string;
  /** Null while it is open. */
  readonly resolved_at: string | null;
  /** Of the time from the first bad observation to the first good one, or to now. */
  readonly duration_seconds: number;
  readonly subject: { readonly type: SubjectType; readonly name: string };
  /** A failure kind or another slug. */
  readonly cause: string;
  readonly network: string;
  /** Name of the vantage point that it is about. */
  readonly vantage: string | null;
  readonly closed_by: string | null;
  /** The incident that this one is a part of. */
  readonly parent: number | null;
  /** Incidents that are parts of this one. */
  readonly children: number;
  /** Portals that it is about beside `portal`: of a parent its children's, of a certificate those that present it. */
  readonly members: number;
  readonly flapping: boolean;
  /** How often it went on after it had ended. */
  readonly reopened: number;
  readonly told_at: string | null;
  /** Why nobody is told at present. */
  readonly held: string | null;
  /** Null where nobody did, or it has run out. */
  readonly acknowledged: {
    readonly by: string;
    readonly at: string;
    readonly until: string | null;
  } | null;
}

/** Incidents `i` with portal `p`, agency `a`, province `u`; `now` says what an acknowledgement is still worth. */
export function incidentsQuery(db: Database, now: number) {
  const until = new Date(now);
  return db
    .selectFrom("incident as i")
    .leftJoin("portal as p", "p.id", "i.portal_id")
    .leftJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .leftJoin("vantage as v", "v.id", "i.vantage_id")
    .selectAll("i")
    .select([
      "p.slug",
      "p.name_vi as portal_name_vi",
      "p.name_en as portal_name_en",
      "p.url",
      "p.kind as portal_kind",
      "a.slug as agency_slug",
      "a.name_vi as agency_name_vi",
      "u.code as province_code",
      "u.name_vi as province_name_vi",
      "v.name as vantage_name",
      sql<number>`extract(epoch from coalesce(i.resolved_at, ${until}) - i.opened_at)`.as(
        "seconds",
      ),
      sql<boolean>`(i.ack_at is not null and coalesce(i.ack_until > ${until}, true))`.as("acked"),
      sql<number>`(select count(*) from incident c where c.parent_id = i.id)`.as("children"),
      sql<number>`(select count(*) from incident_member m where m.incident_id = i.id)`.as(
        "members",
      ),
    ]);
}

/** A row of incidentsQuery. */
export type IncidentRecord = Awaited<
  ReturnType<ReturnType<typeof incidentsQuery>["executeTakeFirstOrThrow"]>
>;

/** The row of incidentsQuery as people read it. */
export function toIncidentRow(row: IncidentRecord): IncidentRow {
  return {
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    scope: row.scope,
    family: row.family,
    portal: portalOf(row),
    opened_at: row.opened_at.toISOString(),
    confirmed_at: row.confirmed_at.toISOString(),
    last_bad_at: row.last_bad_at.toISOString(),
    resolved_at: row.resolved_at?.toISOString() ?? null,
    duration_seconds: Math.max(0, Math.round(row.seconds)),
    subject: readSubject(row.subject),
    cause: row.cause,
    network: row.network,
    vantage: row.vantage_name,
    closed_by: row.closed_by,
    parent: row.parent_id,
    children: row.children,
    members: row.members,
    flapping: row.flapping,
    reopened: row.reopened,
    told_at: row.told_at?.toISOString() ?? null,
    held: row.held,
    acknowledged:
      row.acked && row.ack_by !== null && row.ack_at !== null
        ? {
            by: row.ack_by,
            at: row.ack_at.toISOString(),
            until: row.ack_until?.toISOString() ?? null,
          }
        : null,
  };
}

function portalOf(row: IncidentRecord): IncidentPortal | null {
  const { slug, url, portal_kind: kind } = row;
  if (slug === null || url === null || kind === null) return null;
  return {
    id: slug,
    name_vi: row.portal_name_vi ?? slug,
    name_en: row.portal_name_en,
    url,
    kind,
    agency: { id: row.agency_slug ?? "", name_vi: row.agency_name_vi ?? "" },
    province: provinceOf(row),
  };
}
