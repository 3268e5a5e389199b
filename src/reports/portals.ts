import { sql } from "kysely";
import type { Lifecycle, PortalKind } from "../domain/portal.ts";
import type { PortalState } from "../domain/portal-state.ts";
import type { Database } from "../store/database.ts";
import { containing, folded, foldedSql } from "./folded-text.ts";
import { type Page, type PageRequest, toPage, type Viewpoint } from "./page.ts";
import { portalsQuery, toPortalSummary, type PortalSummary } from "./portal-summary.ts";

/** Which portals; every part is optional and all that are given must hold. */
export interface PortalFilter {
  /** The agency's stable id. */
  readonly agency?: string | undefined;
  /** The province's code. */
  readonly province?: string | undefined;
  readonly kind?: PortalKind | undefined;
  readonly state?: PortalState | undefined;
  readonly lifecycle?: Lifecycle | undefined;
  /** Text in a name, the URL or the id; case and Vietnamese diacritics do not matter. */
  readonly q?: string | undefined;
}

/** By stable id, or by Vietnamese name without diacritics and then by id. */
export type PortalSort = "id" | "name";

/** The id of the last portal shown, after the folded name where that is the order. */
export type PortalPosition = readonly string[];

/** Portals with their state and last run per family, in a stable order. */
export async function listPortals(
  db: Database,
  view: Viewpoint,
  filter: PortalFilter,
  page: PageRequest<PortalPosition> & { sort: PortalSort },
): Promise<Page<PortalSummary, PortalPosition>> {
  const byName = page.sort === "name";
  let query = filtered(db, view, filter).limit(page.limit + 1);
  if (byName) query = query.orderBy("sort_name");
  query = query.orderBy(sql`p.slug collate "C"`);
  if (page.after) {
    const [first = "", second = ""] = page.after;
    query = query.where(
      byName
        ? sql<boolean>`(${sortName()}, p.slug collate "C") > (${first}, ${second})`
        : sql<boolean>`p.slug collate "C" > ${first}`,
    );
  }
  const rows = await query.execute();
  const { rows: shown, next } = toPage(rows, page.limit, (row) =>
    byName ? [row.sort_name, row.slug] : [row.slug],
  );
  return { rows: shown.map((row) => toPortalSummary(row, view)), next };
}

const sortName = () => foldedSql(sql.ref<string>("p.name_vi"));

function filtered(db: Database, view: Viewpoint, filter: PortalFilter) {
  let query = portalsQuery(db, view).select(sortName().as("sort_name"));
  if (filter.agency !== undefined) query = query.where("a.slug", "=", filter.agency);
  if (filter.province !== undefined) query = query.where("u.code", "=", filter.province);
  if (filter.kind !== undefined) query = query.where("p.kind", "=", filter.kind);
  if (filter.lifecycle !== undefined) query = query.where("p.lifecycle", "=", filter.lifecycle);
  if (filter.state !== undefined) query = query.where("s.state", "=", filter.state);
  if (filter.q !== undefined) {
    const text = sql<string>`concat_ws(' ', p.name_vi, p.name_en, p.url, p.slug)`;
    query = query.where(foldedSql(text), "like", containing(folded(filter.q)));
  }
  return query;
}
