import { sql } from "kysely";
import type { PortalState } from "../domain/portal-state.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage, type Viewpoint } from "./page.ts";
import { portalsQuery } from "./portal-summary.ts";
import { isProbedSql } from "./state-sql.ts";

/** How many portals there are, and in which state those are that are probed. */
export interface PortalCounts {
  readonly all: number;
  readonly probed: number;
  readonly up: number;
  readonly degraded: number;
  readonly down: number;
  readonly unknown: number;
}

/** An agency with its portals counted. */
export interface AgencyRow {
  readonly id: string;
  readonly owner_type: string;
  readonly owner_code: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly made_up: boolean;
  readonly portals: PortalCounts;
}

/** The stable id of the last agency shown. */
export type AgencyPosition = readonly [string];

/** Agencies by stable id. */
export async function listAgencies(
  db: Database,
  view: Viewpoint,
  page: PageRequest<AgencyPosition>,
): Promise<Page<AgencyRow, AgencyPosition>> {
  let query = db
    .with("portals", () => portalsQuery(db, view))
    .selectFrom("agency as a")
    .leftJoin("portals as p", "p.agency_id", "a.id")
    .select(["a.slug", "a.owner_type", "a.owner_code", "a.name_vi", "a.name_en", "a.made_up"])
    .select(countPortals())
    .groupBy("a.id")
    .orderBy(sql`a.slug collate "C"`)
    .limit(page.limit + 1);
  if (page.after) query = query.where(sql<boolean>`a.slug collate "C" > ${page.after[0]}`);
  const rows = await query.execute();
  const { rows: shown, next } = toPage(rows, page.limit, (row): AgencyPosition => [row.slug]);
  return {
    rows: shown.map(({ slug, all, probed, up, degraded, down, unknown, ...agency }) => ({
      id: slug,
      ...agency,
      portals: { all, probed, up, degraded, down, unknown },
    })),
    next,
  };
}

/** Counting columns over rows of portalsQuery, joined as `p`. */
function countPortals() {
  const probed = isProbedSql();
  const count = (state: PortalState) =>
    sql<number>`count(p.id) filter (where ${probed} and p.state = ${sql.lit(state)})`;
  return [
    sql<number>`count(p.id)`.as("all"),
    sql<number>`count(p.id) filter (where ${probed})`.as("probed"),
    count("up").as("up"),
    count("degraded").as("degraded"),
    count("down").as("down"),
    count("unknown").as("unknown"),
  ] as const;
}
