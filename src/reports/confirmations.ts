import { sql } from "kysely";
import type { Lifecycle, PortalKind } from "../domain/portal.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";
import { inScope, type Scope } from "./scope.ts";

/** A portal of the list with where it came from and who confirmed it last. Instants are ISO 8601 UTC. */
export interface ConfirmationRow {
  readonly id: string;
  readonly url: string;
  readonly name_vi: string;
  readonly kind: PortalKind;
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly lifecycle: Lifecycle;
  readonly source: string | null;
  readonly evidence_class: string | null;
  readonly created_at: string;
  /** The last one; null while nobody has. */
  readonly confirmed: {
    readonly by: string;
    readonly at: string;
    readonly source: string | null;
  } | null;
  readonly confirmations: number;
}

/** Which portals; every part is optional. */
export interface ConfirmationFilter {
  readonly scope: Scope;
  readonly agency?: string | undefined;
  readonly province?: string | undefined;
  readonly lifecycle?: Lifecycle | undefined;
  readonly confirmed?: boolean | undefined;
}

/** Instant of the last confirmation (the epoch for none) and id of the last portal shown. */
export type ConfirmationPosition = readonly [string, string];

/** The list of portals: first those that nobody has confirmed, then those whose confirmation is oldest. */
export async function listConfirmations(
  db: Database,
  filter: ConfirmationFilter,
  page: PageRequest<ConfirmationPosition>,
): Promise<Page<ConfirmationRow, ConfirmationPosition>> {
  const order = sql<Date>`coalesce(c.confirmed_at, 'epoch'::timestamptz)`;
  let query = confirmationsQuery(db)
    .select(order.as("order_at"))
    .where(inScope(filter.scope))
    .orderBy(order)
    .orderBy(sql`p.slug collate "C"`)
    .limit(page.limit + 1);
  if (filter.agency !== undefined) query = query.where("a.slug", "=", filter.agency);
  if (filter.province !== undefined) query = query.where("u.code", "=", filter.province);
  if (filter.lifecycle !== undefined) query = query.where("p.lifecycle", "=", filter.lifecycle);
  if (filter.confirmed !== undefined) {
    query = query.where(sql<boolean>`c.id is not null`, "=", filter.confirmed);
  }
  if (page.after) {
    const [at, id] = page.after;
    query = query.where(sql<boolean>`(${order}, p.slug collate "C") > (${at}::timestamptz, ${id})`);
  }
  const { rows, next } = toPage(await query.execute(), page.limit, (row): ConfirmationPosition => [
    row.order_at.toISOString(),
    row.slug,
  ]);
  return { rows: rows.map(toConfirmation), next };
}

function confirmationsQuery(db: Database) {
  return db
    .selectFrom("portal as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .leftJoinLateral(
      (each) =>
        each
          .selectFrom("portal_confirmation as c")
          .selectAll()
          .select(sql<number>`count(*) over ()`.as("confirmations"))
          .whereRef("c.portal_id", "=", "p.id")
          .orderBy("c.confirmed_at", "desc")
          .orderBy("c.id", "desc")
          .limit(1)
          .as("c"),
      (join) => join.onTrue(),
    )
    .select([
      "p.slug",
      "p.url",
      "p.name_vi",
      "p.kind",
      "a.slug as agency_slug",
      "a.name_vi as agency_name_vi",
      "p.lifecycle",
      "p.source",
      "p.evidence_class",
      sql<Date>`p.created_at`.as("created_at"),
      "c.confirmed_by",
      sql<Date | null>`c.confirmed_at`.as("confirmed_at"),
      "c.source as confirmation_source",
      "c.confirmations",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof confirmationsQuery>["executeTakeFirstOrThrow"]>>;

function toConfirmation(row: Row): ConfirmationRow {
  const { confirmed_by: by, confirmed_at: at } = row;
  return {
    id: row.slug,
    url: row.url,
    name_vi: row.name_vi,
    kind: row.kind,
    agency: { id: row.agency_slug, name_vi: row.agency_name_vi },
    lifecycle: row.lifecycle,
    source: row.source,
    evidence_class: row.evidence_class,
    created_at: row.created_at.toISOString(),
    confirmed:
      by === null || at === null
        ? null
        : { by, at: at.toISOString(), source: row.confirmation_source },
    confirmations: row.confirmations ?? 0,
  };
}
