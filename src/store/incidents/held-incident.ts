import { sql } from "kysely";
import { done, refused, type Result } from "../../domain/result.ts";
import type { Database } from "../database.ts";
import {
  type Belonging,
  mayTouchAll,
  type NotCovered,
  type WriteContext,
} from "../write-context.ts";
import { lockIncidents } from "./lock.ts";

/** Why a person's write about an incident was not done. */
export type IncidentProblem =
  | { readonly kind: "no_incident" | "is_resolved" }
  | { readonly kind: "past"; readonly field: "until" }
  | NotCovered;

/** An incident that nobody else decides about until the transaction ends; instants in milliseconds since the epoch. */
export interface HeldIncident {
  readonly resolvedAt: number | null;
  readonly ackBy: string | null;
  readonly ackUntil: number | null;
  readonly postMortem: string | null;
}

/** What belongs to no agency (a vantage point's incident): keys that are limited to one have no say in it. */
const NOBODYS: Belonging = { agency: "", province: null };

/** The incident of this number, held for a writer who may touch every portal that it is about. */
export async function holdIncident(
  context: WriteContext,
  trx: Database,
  id: number,
): Promise<Result<HeldIncident, IncidentProblem>> {
  await lockIncidents(trx);
  const row = await trx
    .selectFrom("incident")
    .select(["resolved_at", "ack_by", "ack_until", "post_mortem"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return refused({ kind: "no_incident" });
  if (!mayTouchAll(context, await belongingsOf(trx, id))) return refused({ kind: "not_covered" });
  return done({
    resolvedAt: row.resolved_at?.getTime() ?? null,
    ackBy: row.ack_by,
    ackUntil: row.ack_until?.getTime() ?? null,
    postMortem: row.post_mortem,
  });
}

/** What the portals belong to that an incident is about: its own, or all that were ever its members. */
async function belongingsOf(trx: Database, id: number): Promise<Belonging[]> {
  const { rows } = await sql<Belonging>`
    select distinct agency.slug as agency, province.code as province
    from portal
    join agency on agency.id = portal.agency_id
    left join admin_unit province on province.id = portal.province_id
    where portal.id in (
      select portal_id from incident where id = ${id} and portal_id is not null
      union all
      select portal_id from incident_member where incident_id = ${id})`.execute(trx);
  return rows.length === 0 ? [NOBODYS] : rows;
}
