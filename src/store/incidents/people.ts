import { done, refused, type Result } from "../../domain/result.ts";
import type { Database } from "../database.ts";
import type { WriteContext } from "../write-context.ts";
import { type HeldIncident, holdIncident, type IncidentProblem } from "./held-incident.ts";
import { noteByPerson } from "./noted-by-person.ts";
import { resolveOpen } from "./resolve-open.ts";

export type { IncidentProblem } from "./held-incident.ts";

/** Says that somebody looks after an open incident, until an instant (null: until it ends); again is a new until. */
export function acknowledge(
  context: WriteContext,
  id: number,
  { until }: { readonly until: number | null },
  now: number,
): Promise<Result<null, IncidentProblem>> {
  return write(context, id, now, async (trx, incident) => {
    if (incident.resolvedAt !== null) return refused({ kind: "is_resolved" });
    if (until !== null && until <= now) return refused({ kind: "past", field: "until" });
    const after = { ack_by: context.actor.name, ack_until: iso(until) };
    await change(trx, id, now, { ...after, ack_at: new Date(now) });
    const facts = { until: after.ack_until };
    const before = ackOf(incident);
    return done({ event: "acknowledged", facts, before, after });
  });
}

/** Takes back that somebody looks after an incident; where nobody does, nothing is written. */
export function unacknowledge(
  context: WriteContext,
  id: number,
  now: number,
): Promise<Result<null, IncidentProblem>> {
  return write(context, id, now, async (trx, incident) => {
    if (incident.ackBy === null) return done(null);
    const after = { ack_by: null, ack_until: null };
    await change(trx, id, now, { ...after, ack_at: null });
    return done({ event: "unacknowledged", facts: {}, before: ackOf(incident), after });
  });
}

/** Adds a comment (1 to 2,000 characters, checked by the caller) to an incident, open or not. */
export function comment(
  context: WriteContext,
  id: number,
  text: string,
  now: number,
): Promise<Result<null, IncidentProblem>> {
  return write(context, id, now, async (trx) => {
    await change(trx, id, now, {});
    return done({ event: "commented", facts: { text }, before: null, after: { comment: text } });
  });
}

/** Ends an open incident because a person says so; the next failure lets it go on. */
export function resolveByHand(
  context: WriteContext,
  id: number,
  { note }: { readonly note: string | null },
  now: number,
): Promise<Result<null, IncidentProblem>> {
  return write(context, id, now, async (trx, incident) => {
    if (incident.resolvedAt !== null) return refused({ kind: "is_resolved" });
    const resolve = { type: "resolve", at: now, id, resolvedAt: now, closedBy: "person" } as const;
    const [entry] = await resolveOpen(trx, [resolve], now);
    const facts = { ...entry?.facts, note };
    const after = { resolved_at: iso(now), closed_by: "person", note };
    return done({ event: "resolved", facts, before: { resolved_at: null }, after });
  });
}

/** Writes what was learnt from an incident; null removes it. The same again writes nothing. */
export function writePostMortem(
  context: WriteContext,
  id: number,
  text: string | null,
  now: number,
): Promise<Result<null, IncidentProblem>> {
  return write(context, id, now, async (trx, incident) => {
    if (incident.postMortem === text) return done(null);
    await change(trx, id, now, { post_mortem: text });
    const event = text === null ? "post_mortem_removed" : "post_mortem_written";
    const before = { post_mortem: incident.postMortem };
    return done({ event, facts: {}, before, after: { post_mortem: text } });
  });
}

/** What a person did, for the timeline and the audit log. */
interface Deed {
  readonly event: string;
  readonly facts: object;
  readonly before: object | null;
  readonly after: object | null;
}

/** One write by a person: the incident is held, the deed done, and noted in timeline and audit log. */
function write(
  context: WriteContext,
  id: number,
  now: number,
  act: (trx: Database, incident: HeldIncident) => Promise<Result<Deed | null, IncidentProblem>>,
): Promise<Result<null, IncidentProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const held = await holdIncident(context, trx, id);
    if (!held.ok) return held;
    const acted = await act(trx, held.value);
    if (!acted.ok) return acted;
    if (acted.value !== null) await noteByPerson(trx, context.actor, id, acted.value, now);
    return done(null);
  });
}

async function change(
  trx: Database,
  id: number,
  now: number,
  columns: {
    readonly ack_by?: string | null;
    readonly ack_at?: Date | null;
    readonly ack_until?: string | null;
    readonly post_mortem?: string | null;
  },
): Promise<void> {
  const values = { ...columns, updated_at: new Date(now) };
  await trx.updateTable("incident").set(values).where("id", "=", id).execute();
}

function ackOf({ ackBy, ackUntil }: HeldIncident) {
  return { ack_by: ackBy, ack_until: iso(ackUntil) };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
