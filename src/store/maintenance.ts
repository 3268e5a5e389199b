import { sql } from "kysely";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import type { Database } from "./database.ts";
import type { WindowInput } from "./maintenance-input.ts";
import { keepOccurrences, markHours } from "./maintenance-occurrences.ts";
import { checkRecurrence, type Recurrence } from "./maintenance-rule.ts";
import { holdTarget, targetOf, type WindowTargetRow } from "./maintenance-target.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

export { expandOccurrences } from "./maintenance-occurrences.ts";
export { isMuted } from "./muted.ts";

/** Why a window was not written. */
export type WindowProblem =
  /** `cancelled`: it ended by hand; `other_target`: what a window is for can't be changed. */
  | { readonly kind: "no_window" | "cancelled" | "other_target" }
  /** What it is for does not exist. */
  | { readonly kind: "no_target"; readonly field: "portal" | "agency" | "province" }
  /** A rule that cannot be kept; `why` is one English sentence. */
  | {
      readonly kind: "bad_rule";
      readonly field: "rrule" | "timezone" | "starts_at" | "duration_minutes";
      readonly why: string;
    }
  | NotCovered;

const MINUTE_MS = 60_000;
const DEFAULT_ZONE = "Asia/Ho_Chi_Minh";
/** How far from now a window may begin, milliseconds: older hours are rolled up for good. */
const PAST_MS = 400 * 86_400_000;
const AHEAD_MS = 5 * 366 * 86_400_000;

/**
 * Makes a window and writes out its occurrences, also those that are over; returns its number. The audit log gets it
 * in the same transaction.
 */
export async function createWindow(
  context: WriteContext,
  input: WindowInput,
  now: Date,
): Promise<Result<number, WindowProblem>> {
  const checked = checkInput(input, now);
  if (!checked.ok) return checked;
  return context.db.transaction().execute(async (trx) => {
    const target = await holdTarget(trx, input.target);
    if (!target.ok) return target;
    if (!mayTouchAll(context, [target.value.belonging])) return refused({ kind: "not_covered" });
    const row = await trx
      .insertInto("maintenance_window")
      .values({
        ...columnsOf(input),
        ...target.value.columns,
        created_by: context.actor.name,
        created_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const first = checked.value.startsAt;
    await keepOccurrences(trx, row.id, checked.value, first, now.getTime());
    await markHours(trx, first, now.getTime(), now);
    const entry = { objectType: "maintenance_window", objectId: String(row.id) };
    await writeAudit(trx, context.actor, [
      { action: "create", ...entry, before: null, after: shown(input) },
    ]);
    return done(row.id);
  });
}

/**
 * Replaces what a window says but what it is for. What is over stays as it was; what goes on now and what is to come
 * follows the new words. Audit-logged.
 */
export async function changeWindow(
  context: WriteContext,
  id: number,
  input: WindowInput,
  now: Date,
): Promise<Result<null, WindowProblem>> {
  const checked = checkInput(input, now);
  if (!checked.ok) return checked;
  return context.db.transaction().execute(async (trx) => {
    const held = await holdWindow(context, trx, id);
    if (!held.ok) return held;
    const before = held.value;
    if (before.cancelled_at !== null) return refused({ kind: "cancelled" });
    const target = await holdTarget(trx, input.target);
    if (!target.ok) return target;
    const { portal_id, agency_id, province_id } = target.value.columns;
    const isSame =
      before.portal_id === portal_id &&
      before.agency_id === agency_id &&
      before.province_id === province_id;
    if (!isSame) return refused({ kind: "other_target" });
    await trx
      .updateTable("maintenance_window")
      .set({ ...columnsOf(input), expanded_until: null })
      .where("id", "=", id)
      .execute();
    const { rows } = await sql<{ starts_at: Date }>`
      delete from maintenance_occurrence where window_id = ${id} and ends_at > ${now}
      returning starts_at`.execute(trx);
    const from = now.getTime() - checked.value.durationMs;
    await keepOccurrences(trx, id, checked.value, from, now.getTime());
    const removed = rows.map(({ starts_at: at }) => at.getTime());
    await markHours(trx, Math.min(from, ...removed), now.getTime(), now);
    const entry = { objectType: "maintenance_window", objectId: String(id) };
    const was = { ...shownRow(before), target: input.target };
    await writeAudit(trx, context.actor, [
      { action: "change", ...entry, before: was, after: shown(input) },
    ]);
    return done(null);
  });
}

/** Ends a window: what was of it stays, what was to come is gone. Again changes nothing. Audit-logged. */
export async function cancelWindow(
  context: WriteContext,
  id: number,
  now: Date,
): Promise<Result<null, WindowProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const held = await holdWindow(context, trx, id);
    if (!held.ok) return held;
    const before = held.value;
    if (before.cancelled_at !== null) return done(null);
    await trx
      .updateTable("maintenance_window")
      .set({ cancelled_at: now, cancelled_by: context.actor.name })
      .where("id", "=", id)
      .execute();
    await trx
      .deleteFrom("maintenance_occurrence")
      .where("window_id", "=", id)
      .where("starts_at", ">=", now)
      .execute();
    await trx
      .updateTable("maintenance_occurrence")
      .set({ ends_at: now })
      .where("window_id", "=", id)
      .where("ends_at", ">", now)
      .execute();
    const entry = { objectType: "maintenance_window", objectId: String(id) };
    await writeAudit(trx, context.actor, [
      { action: "withdraw", ...entry, before: shownRow(before), after: null },
    ]);
    return done(null);
  });
}

/** A window that nobody else changes until the transaction ends, for a writer who may touch what it is for. */
async function holdWindow(context: WriteContext, trx: Database, id: number) {
  const row = await trx
    .selectFrom("maintenance_window")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return refused({ kind: "no_window" } as const);
  const belonging = await targetOf(trx, row satisfies WindowTargetRow);
  if (!mayTouchAll(context, [belonging])) return refused({ kind: "not_covered" } as const);
  return done(row);
}

function checkInput(input: WindowInput, now: Date): Result<Recurrence, WindowProblem> {
  const startsAt = Date.parse(input.starts_at);
  if (startsAt < now.getTime() - PAST_MS || startsAt > now.getTime() + AHEAD_MS) {
    const why = "It must begin within the last 400 days or the next five years.";
    return refused({ kind: "bad_rule", field: "starts_at", why });
  }
  const recurrence = {
    startsAt,
    durationMs: input.duration_minutes * MINUTE_MS,
    rrule: input.rrule ?? null,
    timezone: input.timezone ?? DEFAULT_ZONE,
  };
  const checked = checkRecurrence(recurrence);
  return checked.ok ? done(recurrence) : refused({ kind: "bad_rule", ...checked.problem });
}

function columnsOf({ title, note, starts_at, duration_minutes, rrule, timezone }: WindowInput) {
  return {
    title,
    note: note ?? null,
    starts_at: new Date(starts_at),
    duration_minutes,
    rrule: rrule ?? null,
    timezone: timezone ?? DEFAULT_ZONE,
  };
}

function shown(input: WindowInput) {
  return { ...columnsOf(input), target: input.target };
}

function shownRow(row: ReturnType<typeof columnsOf>) {
  const { title, note, starts_at, duration_minutes, rrule, timezone } = row;
  return { title, note, starts_at, duration_minutes, rrule, timezone };
}
