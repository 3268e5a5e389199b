import { sql } from "kysely";
import type { IncidentKind } from "../../domain/incident/kinds.ts";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import { createReplay, type ReplayedIncident } from "../../domain/incident/replay.ts";
import type { PortalKind } from "../../domain/portal.ts";
import type { Database } from "../database.ts";
import { PORTAL_INCIDENTS } from "./open-incidents.ts";
import { readVoters } from "./portal-world.ts";
import { readSeverities } from "./severities.ts";
import { type Span, storedRuns } from "./stored-runs.ts";

/** Portals whose runs are read together: 20 portals over two families are 57,600 runs a day at one a minute. */
const TOGETHER = 20;

/** A portal as a replay names it. */
export interface ReplayedPortal {
  readonly id: number;
  readonly slug: string;
  readonly kind: PortalKind;
}

/** What is replayed, and by which rules. */
export interface ReplayOrder {
  readonly span: Span;
  readonly policy: IncidentPolicy;
  readonly intervalMs: number;
  readonly portals: readonly ReplayedPortal[];
}

/** All portals, or the one of this id; those that are no longer probed have runs too. */
export async function portalsToReplay(
  db: Database,
  slug: string | null,
): Promise<ReplayedPortal[]> {
  return db
    .selectFrom("portal")
    .select(["id", "slug", "kind"])
    .$if(slug !== null, (query) => query.where("slug", "=", slug ?? ""))
    .orderBy("id")
    .execute();
}

/**
 * The incidents that a policy would have opened over stored runs, in order of opening, by the code that decides live.
 * Nothing is believed before the span begins, and vantage points count as well: where one was not, its runs say so.
 */
export async function replayStored(
  db: Database,
  { span, policy, intervalMs, portals }: ReplayOrder,
): Promise<{ readonly incidents: readonly ReplayedIncident[]; readonly runs: number }> {
  const kinds = new Map(portals.map(({ id, kind }) => [id, kind]));
  const voters = (await readVoters(db)).map((voter) => ({
    ...voter,
    healthy: { ip4: true, ip6: true },
  }));
  const severityOf = await readSeverities(db);
  const world = {
    kindOf: (portal: number) => kinds.get(portal) ?? ("portal" as const),
    votersAt: () => voters,
    intervalMs,
    severityOf,
  };
  const incidents: ReplayedIncident[] = [];
  let runs = 0;
  for (let first = 0; first < portals.length; first += TOGETHER) {
    // Portals do not depend on each other: what was believed of some is not kept for the others.
    const replay = createReplay(world, policy);
    const some = portals.slice(first, first + TOGETHER).map(({ id }) => id);
    for await (const run of storedRuns(db, some, span)) {
      replay.take(run);
      runs += 1;
    }
    incidents.push(...replay.incidents());
  }
  return {
    incidents: incidents.toSorted(
      (a, b) => a.openedAt - b.openedAt || (a.portal ?? 0) - (b.portal ?? 0),
    ),
    runs,
  };
}

/** How many incidents of these portals the register holds that were open in a span, by kind. */
export async function incidentsHeld(
  db: Database,
  portals: readonly ReplayedPortal[],
  { from, to }: Span,
): Promise<Partial<Record<IncidentKind, number>>> {
  const { rows } = await sql<{ kind: IncidentKind; count: number }>`
    select kind, count(*) as count from incident
    where portal_id = any(${portals.map(({ id }) => id)}::int[]) and kind = any(${PORTAL_INCIDENTS}::text[])
      and opened_at < ${new Date(to)} and (resolved_at is null or resolved_at >= ${new Date(from)})
    group by kind
    order by kind`.execute(db);
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
