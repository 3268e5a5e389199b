import { sql } from "kysely";
import type { SeenHow } from "../domain/seen-names.ts";
import type { Database } from "../store/database.ts";
import { containing } from "./folded-text.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";
import { inScope, type Scope } from "./scope.ts";

/** `open`: nobody has listed or declined it, and no portal of the list has this host, with or without `www.`. */
export const NAME_STATES = ["open", "listed", "declined"] as const;

export type NameState = (typeof NAME_STATES)[number];

/** A host name that was seen. Instants are ISO 8601 UTC. */
export interface SeenNameRow {
  readonly host: string;
  readonly how: SeenHow;
  readonly detail: string | null;
  /** Where it was seen, or which portal it was listed as. */
  readonly portal: { readonly id: string; readonly name_vi: string } | null;
  readonly agency: { readonly id: string; readonly name_vi: string } | null;
  readonly state: NameState;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
  readonly reason: string | null;
  readonly first_seen: string;
  readonly last_seen: string;
}

/** Which names; every part but the scope is optional. */
export interface SeenNameFilter {
  readonly scope: Scope;
  readonly state?: NameState | undefined;
  readonly how?: SeenHow | undefined;
  /** Id of the agency at whose portal it was seen. */
  readonly agency?: string | undefined;
  /** Text in the name. */
  readonly q?: string | undefined;
}

/** The last host shown. */
export type SeenNamePosition = readonly [string];

/** Names by host. */
export async function listSeenNames(
  db: Database,
  filter: SeenNameFilter,
  page: PageRequest<SeenNamePosition>,
): Promise<Page<SeenNameRow, SeenNamePosition>> {
  let query = namesQuery(db)
    .where(inScope(filter.scope))
    .orderBy(sql`n.host collate "C"`)
    .limit(page.limit + 1);
  if (filter.state !== undefined) query = query.where("s.state", "=", filter.state);
  if (filter.how !== undefined) query = query.where("n.how", "=", filter.how);
  if (filter.agency !== undefined) query = query.where("a.slug", "=", filter.agency);
  if (filter.q !== undefined) {
    query = query.where("n.host", "like", containing(filter.q.toLowerCase()));
  }
  if (page.after) query = query.where(sql<boolean>`n.host collate "C" > ${page.after[0]}`);
  const rows = (await query.execute()).map(toSeenName);
  return toPage(rows, page.limit, ({ host }): SeenNamePosition => [host]);
}

/** One name; null if nobody ever saw it. */
export async function findSeenName(db: Database, host: string): Promise<SeenNameRow | null> {
  const row = await namesQuery(db).where("n.host", "=", host).executeTakeFirst();
  return row ? toSeenName(row) : null;
}

function namesQuery(db: Database) {
  return db
    .selectFrom("seen_name as n")
    .leftJoin("portal as p", "p.id", "n.portal_id")
    .leftJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .innerJoinLateral(
      sql<{ state: NameState }>`(select case
        when n.decision is not null then n.decision
        when exists (select from portal where portal.host in (n.host, 'www.' || n.host)) then 'listed'
        else 'open' end as state)`.as("s"),
      (join) => join.onTrue(),
    )
    .selectAll("n")
    .select([
      "s.state",
      "p.slug",
      "p.name_vi",
      "a.slug as agency_slug",
      "a.name_vi as agency_name_vi",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof namesQuery>["executeTakeFirstOrThrow"]>>;

function toSeenName(row: Row): SeenNameRow {
  return {
    host: row.host,
    how: row.how,
    detail: row.detail,
    portal: named(row.slug, row.name_vi),
    agency: named(row.agency_slug, row.agency_name_vi),
    state: row.state,
    decided_by: row.decided_by,
    decided_at: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
  };
}

function named(id: string | null, nameVi: string | null) {
  return id === null ? null : { id, name_vi: nameVi ?? "" };
}
