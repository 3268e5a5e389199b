import { sql } from "kysely";
import type { Database } from "../database.ts";
import { FACT_COLUMNS } from "./open-incidents.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";
import { writeTimeline } from "./timeline.ts";

/** How the children of one parent stand; instants in milliseconds since the epoch. */
export interface Children {
  readonly open: number;
  readonly resolved: number;
  readonly lastResolvedAt: number | null;
}

/** How the children of these parents stand; one without children has no entry. */
export async function readChildren(
  trx: Database,
  parents: readonly number[],
): Promise<Map<number, Children>> {
  if (parents.length === 0) return new Map();
  const { rows } = await sql<{ parent: number; open: number; resolved: number; last: Date | null }>`
    select parent_id as parent, count(*) filter (where resolved_at is null) as open,
      count(resolved_at) as resolved, max(resolved_at) as last
    from incident where parent_id = any(${parents}::bigint[]) group by 1`.execute(trx);
  return new Map(
    rows.map(({ parent, open, resolved, last }) => [
      parent,
      { open, resolved, lastResolvedAt: last?.getTime() ?? null },
    ]),
  );
}

/** Common causes that ended so short a while ago that they can go on. */
export function endedCauses({ trx, now, policy }: Round) {
  return trx
    .selectFrom("incident")
    .select([...FACT_COLUMNS, "closed_by"])
    .where("resolved_at", ">", new Date(now - policy.reopenWithinMs))
    .where("portal_id", "is", null)
    .where("kind", "in", ["down", "unresolvable"])
    .orderBy("id")
    .execute();
}

/** Puts incidents under a parent: it speaks for them, and lists their portals. */
export async function addChildren(
  round: Round,
  parent: number,
  children: readonly OpenRow[],
): Promise<void> {
  const { trx, now } = round;
  if (children.length === 0) return;
  const ids = children.map(({ id }) => id);
  const at = new Date(now);
  await sql`update incident set parent_id = ${parent}, updated_at = ${at}
    where id = any(${ids}::bigint[])`.execute(trx);
  await sql`
    insert into incident_member (incident_id, portal_id, family, from_at)
    select distinct on (portal_id) ${parent}, portal_id, family, opened_at from incident
    where id = any(${ids}::bigint[]) and portal_id is not null order by portal_id, opened_at
    on conflict (incident_id, portal_id) do update set to_at = null`.execute(trx);
  await writeTimeline(
    trx,
    [
      ...ids.map((id) => ({
        incident: id,
        event: "joined",
        at: now,
        actor: null,
        facts: { parent },
      })),
      {
        incident: parent,
        event: "children_joined",
        at: now,
        actor: null,
        facts: { children: ids },
      },
    ],
    now,
  );
  round.note([parent, ...ids]);
}
