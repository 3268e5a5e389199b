import { sql } from "kysely";
import { FAMILIES, type Family } from "../domain/family.ts";
import {
  FAMILY_SIGNS,
  type FamilySign,
  PORTAL_STATES,
  type PortalState,
} from "../domain/portal-state.ts";
import type { Database } from "../store/database.ts";
import type { Viewpoint } from "./page.ts";
import { portalsQuery } from "./portal-summary.ts";
import { isProbedSql } from "./state-sql.ts";

/** All probed portals in numbers. */
export interface Overview {
  readonly probed: number;
  readonly states: Readonly<Record<PortalState, number>>;
  /** Portals by what their last run over a family says. */
  readonly families: Readonly<Record<Family, Readonly<Record<FamilySign, number>>>>;
  /** Whether any portal on show, probed or not, is made up. */
  readonly madeUp: boolean;
}

/** Counts the portals; zeros where there are none. */
export async function overview(db: Database, view: Viewpoint): Promise<Overview> {
  const rows = await db
    .with("portals", () => portalsQuery(db, view))
    .selectFrom("portals as p")
    .select(["p.state", "p.sign_ip4", "p.sign_ip6", "p.made_up"])
    .select([isProbedSql().as("probed"), sql<number>`count(*)`.as("portals")])
    .groupBy(["p.state", "p.sign_ip4", "p.sign_ip6", "p.made_up", "probed"])
    .execute();
  const probed = rows.filter((row) => row.probed);
  const sum = (some: typeof rows) => some.reduce((total, { portals }) => total + portals, 0);
  return {
    probed: sum(probed),
    states: counted(PORTAL_STATES, (state) => sum(probed.filter((row) => row.state === state))),
    families: counted(FAMILIES, (family) =>
      counted(FAMILY_SIGNS, (sign) => sum(probed.filter((row) => row[`sign_${family}`] === sign))),
    ),
    madeUp: rows.some((row) => row.made_up),
  };
}

function counted<Name extends string, Value>(
  names: readonly Name[],
  count: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, Value>;
}
