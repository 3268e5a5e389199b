import { sql } from "kysely";
import type { Family } from "../domain/family.ts";
import type { Failure, FailureKind, FailureSource, SkipReason } from "../domain/failure.ts";
import type { Outcome } from "../domain/observation.ts";
import type { Lifecycle, PortalKind } from "../domain/portal.ts";
import { type FamilySign, isFresh, type PortalState } from "../domain/portal-state.ts";
import type { Database } from "../store/database.ts";
import type { Viewpoint } from "./page.ts";
import { signSql, stateSql } from "./state-sql.ts";
import { provinceOf } from "./province-of.ts";

/** What the last run over one family came to. Instants are ISO 8601 UTC, durations milliseconds. */
export interface FamilyStatus {
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  /** Why the run was skipped; null unless the outcome is `skipped`. */
  readonly skip_reason: SkipReason | null;
  readonly http_status: number | null;
  readonly total_ms: number;
  /** When the run was due. */
  readonly checked_at: string;
  /** Since when it has been so. */
  readonly since: string;
  /** False when the run is too old to say how the portal is now. */
  readonly fresh: boolean;
}

/** A portal as lists show it. */
export interface PortalSummary {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly kind: PortalKind;
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly province: { readonly code: string; readonly name_vi: string } | null;
  readonly lifecycle: Lifecycle;
  /** The id of the portal that took this one's place. */
  readonly merged_into: string | null;
  readonly made_up: boolean;
  readonly state: PortalState;
  readonly families: Readonly<Record<Family, FamilyStatus | null>>;
}

/** A row of probe_latest as to_jsonb writes it. */
interface LatestJson {
  readonly scheduled_at: string;
  readonly since: string;
  readonly outcome: Outcome;
  readonly failure: FailureKind | SkipReason | null;
  readonly failure_source: FailureSource | null;
  readonly status: number | null;
  readonly total_ms: number;
}

/** All portals (`p`) with agency (`a`), province (`u`), last runs, their signs, and state (`s.state`), nothing selected. */
export function portalsFrom(db: Database, view: Viewpoint) {
  return db
    .selectFrom("portal as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .leftJoin("portal as m", "m.id", "p.merged_into_id")
    .leftJoin("probe_latest as ip4", (join) =>
      join
        .onRef("ip4.portal_id", "=", "p.id")
        .on("ip4.family", "=", "ip4")
        .on("ip4.vantage_id", "=", vantageId(view)),
    )
    .leftJoin("probe_latest as ip6", (join) =>
      join
        .onRef("ip6.portal_id", "=", "p.id")
        .on("ip6.family", "=", "ip6")
        .on("ip6.vantage_id", "=", vantageId(view)),
    )
    .innerJoinLateral(
      sql<Record<Family, FamilySign>>`(select
        ${signSql("ip4", view)} as ip4, ${signSql("ip6", view)} as ip6)`.as("sign"),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      sql<{ state: PortalState }>`(select ${stateSql(view.now)} as state)`.as("s"),
      (join) => join.onTrue(),
    );
}

/** The same with what a row of PortalSummary is made of. */
export function portalsQuery(db: Database, view: Viewpoint) {
  return portalsFrom(db, view).select([
    "p.id",
    "p.slug",
    "p.url",
    "p.host",
    "p.name_vi",
    "p.name_en",
    "p.kind",
    "p.agency_id",
    "a.slug as agency_slug",
    "a.name_vi as agency_name_vi",
    "u.code as province_code",
    "u.name_vi as province_name_vi",
    "p.lifecycle",
    "m.slug as merged_into",
    "p.made_up",
    "s.state",
    "sign.ip4 as sign_ip4",
    "sign.ip6 as sign_ip6",
    sql<LatestJson | null>`to_jsonb(ip4.*)`.as("latest_ip4"),
    sql<LatestJson | null>`to_jsonb(ip6.*)`.as("latest_ip6"),
  ]);
}

const vantageId = (view: Viewpoint) =>
  sql<number>`(select id from vantage where name = ${view.vantage})`;

type PortalRow = Awaited<ReturnType<ReturnType<typeof portalsQuery>["executeTakeFirstOrThrow"]>>;

/** The row of portalsQuery as people read it. */
export function toPortalSummary(row: PortalRow, view: Viewpoint): PortalSummary {
  return {
    id: row.slug,
    url: row.url,
    host: row.host,
    name_vi: row.name_vi,
    name_en: row.name_en,
    kind: row.kind,
    agency: { id: row.agency_slug, name_vi: row.agency_name_vi },
    province: provinceOf(row),
    lifecycle: row.lifecycle,
    merged_into: row.merged_into,
    made_up: row.made_up,
    state: row.state,
    families: { ip4: toStatus(row.latest_ip4, view), ip6: toStatus(row.latest_ip6, view) },
  };
}

function toStatus(row: LatestJson | null, view: Viewpoint): FamilyStatus | null {
  if (row === null) return null;
  const checkedAt = new Date(row.scheduled_at);
  return {
    outcome: row.outcome,
    ...failureOf(row),
    http_status: row.status,
    total_ms: row.total_ms,
    checked_at: checkedAt.toISOString(),
    since: new Date(row.since).toISOString(),
    fresh: isFresh(checkedAt.getTime(), view.now, view.intervalMs),
  };
}

/** The stored failure of a run: the same column holds the reason of a skipped one. */
export function failureOf(row: {
  outcome: Outcome;
  failure: FailureKind | SkipReason | null;
  failure_source: FailureSource | null;
}): { failure: Failure | null; skip_reason: SkipReason | null } {
  const { outcome, failure, failure_source: source } = row;
  if (outcome === "skipped") return { failure: null, skip_reason: failure as SkipReason | null };
  if (failure === null || source === null) return { failure: null, skip_reason: null };
  return { failure: { kind: failure as FailureKind, source }, skip_reason: null };
}
