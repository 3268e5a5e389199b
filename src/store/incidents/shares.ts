import { sql } from "kysely";
import { canExplain, type CauseType, type Shares } from "../../domain/incident/common-cause.ts";
import type { Family } from "../../domain/family.ts";
import type { Database } from "../database.ts";
import type { SettleMemory } from "./name-server-book.ts";
import type { OpenRow } from "./open-rows.ts";
import { prefixSql } from "./prefix-sql.ts";

/** An incident of a portal, as far as it matters what the portal shares with others. */
export type Sharer = Pick<OpenRow, "portal_id" | "family" | "kind" | "cause">;

interface PortalShares {
  readonly agency: string;
  readonly addresses: readonly {
    readonly family: Family;
    readonly address: string;
    readonly prefix: string | null;
  }[];
}

const NONE: Shares = { address: [], prefix: [], "name-servers": [], agency: [] };

/** What portals have that others may have as well; asked once per portal and remembered while this lives. */
export class ShareBook {
  readonly #trx: Database;
  readonly #memory: SettleMemory;
  readonly #portals = new Map<number, PortalShares>();
  readonly #totals = new Map<string, number>();

  constructor(trx: Database, memory: SettleMemory) {
    this.#trx = trx;
    this.#memory = memory;
  }

  /** Reads what these portals have. */
  async load(portals: readonly number[]): Promise<void> {
    const missing = [...new Set(portals)].filter((portal) => !this.#portals.has(portal));
    if (missing.length === 0) return;
    const { rows } = await sql<{ id: number } & PortalShares>`
      select portal.id, agency.slug as agency, coalesce((
        select json_agg(json_build_object('family', seen.family, 'address', seen.address,
          'prefix', ${prefixSql(sql.ref("seen.address"), sql.ref("seen.family"))}))
        from portal_address seen
        where seen.portal_id = portal.id and seen.last_seen >= (select max(last.last_seen)
          from portal_address last where last.portal_id = portal.id and last.family = seen.family)
          - interval '5 minutes'), '[]') as addresses
      from portal join agency on agency.id = portal.agency_id
      where portal.id = any(${missing}::int[])`.execute(this.#trx);
    for (const row of rows) this.#portals.set(row.id, row);
  }

  /** What an incident's portal has that can explain it; what was not loaded has nothing. */
  sharesOf(incident: Sharer): Shares {
    const { portal_id: portal, family } = incident;
    const known = portal === null ? undefined : this.#portals.get(portal);
    if (portal === null || known === undefined) return NONE;
    const own = known.addresses.filter((each) => family === null || each.family === family);
    const servers = this.#memory.nameServers.get(portal);
    const only = (type: CauseType, values: readonly string[]) =>
      canExplain(type, incident) ? values : [];
    return {
      address: only(
        "address",
        own.map(({ address }) => address),
      ),
      prefix: only("prefix", [...new Set(own.flatMap(({ prefix }) => prefix ?? []))]),
      "name-servers": only("name-servers", servers === undefined ? [] : [servers]),
      agency: [known.agency],
    };
  }

  /** Counts how many portals that are probed have each of these in common. */
  async loadTotals(wanted: readonly Shares[]): Promise<void> {
    for (const type of ["address", "prefix", "agency"] as const) {
      const values = [...new Set(wanted.flatMap((shares) => shares[type]))];
      const missing = values.filter((value) => !this.#totals.has(`${type}:${value}`));
      if (missing.length === 0) continue;
      for (const value of missing) this.#totals.set(`${type}:${value}`, 0);
      for (const { value, portals } of await count(this.#trx, type, missing)) {
        this.#totals.set(`${type}:${value}`, portals);
      }
    }
    if (
      !this.#totals.has("name-servers") &&
      wanted.some((each) => each["name-servers"].length > 0)
    ) {
      this.#totals.set("name-servers", 0);
      for (const servers of this.#memory.nameServers.values()) {
        const key = `name-servers:${servers}`;
        this.#totals.set(key, (this.#totals.get(key) ?? 0) + 1);
      }
    }
  }

  /** How many portals that are probed have this in common, as far as it was counted. */
  portalsWith(type: CauseType, value: string): number {
    return this.#totals.get(`${type}:${value}`) ?? 0;
  }
}

async function count(
  trx: Database,
  type: "address" | "prefix" | "agency",
  values: readonly string[],
): Promise<{ value: string; portals: number }[]> {
  const probed = sql`portal.lifecycle in ('active', 'redirected_to_dvcqg')`;
  if (type === "agency") {
    const { rows } = await sql<{ value: string; portals: number }>`
      select agency.slug as value, count(*) as portals
      from agency join portal on portal.agency_id = agency.id and ${probed}
      where agency.slug = any(${values}::text[]) group by 1`.execute(trx);
    return rows;
  }
  const prefix = prefixSql(sql.ref("seen.address"), sql.ref("seen.family"));
  const value = type === "address" ? sql.ref("seen.address") : prefix;
  // Every address of the last day counts: those of a name that rotates them are all its own.
  const { rows } = await sql<{ value: string; portals: number }>`
    select ${value} as value, count(distinct seen.portal_id) as portals
    from portal_address seen join portal on portal.id = seen.portal_id and ${probed}
    where seen.last_seen > (select max(last_seen) from portal_address) - interval '1 day'
      and ${value} = any(${values}::text[])
    group by 1`.execute(trx);
  return rows;
}
