import { sql } from "kysely";
import type { NoticeIncident, NotifyEvent, RoutingFacts } from "../../domain/incident/notice.ts";
import type { ToldState } from "../../domain/incident/telling.ts";
import { storableJson } from "../storable-json.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";
import { calmView } from "./telling-views.ts";
import { writeTimeline } from "./timeline.ts";

/** An incident as it is told, and what decides who is told. */
export interface Notice {
  readonly incident: NoticeIncident;
  readonly routing: RoutingFacts;
}

const MINUTE_MS = 60_000;

/** Writes what is to be told for every channel; false where no channel wants it, so that it stays untold. */
export async function tell(
  round: Round,
  row: OpenRow,
  event: NotifyEvent,
  notice: Notice,
  told: readonly string[],
): Promise<boolean> {
  const { router, now } = round;
  const wanted = router?.tells(notice.routing, now) ?? [];
  const isFirst = row.told_at === null;
  const missed = event === "resolved" ? [] : missedBy(round, row, notice);
  const channels = channelsFor(event, [...wanted, ...missed], told);
  if (channels.length === 0 && isFirst) return false;
  const changes = (row.told?.changes ?? 0) + (event === "changed" || event === "flapping" ? 1 : 0);
  const step = event === "changed" || event === "flapping" ? changes : 0;
  await addRows(round, row, { event, step, channels, notice });
  if (event === "resolved") await noteResolved(round, row);
  else await noteTold(round, row, { changes, notice });
  return true;
}

/** The end goes to whoever was told of the beginning, and to nobody else. */
function channelsFor(event: NotifyEvent, wanted: readonly string[], told: readonly string[]) {
  if (event === "resolved") return told;
  if (event === "opened") return wanted;
  return [...new Set([...told, ...wanted])];
}

/** The steps of an escalation by how an incident stands now, in order, each with when it is due. */
function stepsOf({ router, now }: Round, row: OpenRow, { routing }: Notice) {
  const toldAt = row.told_at?.getTime() ?? now;
  const steps = router?.escalations(routing, now) ?? [];
  return steps.map(({ afterMinutes, channels }) => ({
    at: toldAt + afterMinutes * MINUTE_MS,
    channels,
  }));
}

/** Who would have been told by now, had an incident that nobody looks after stood so from its beginning. */
function missedBy(round: Round, row: OpenRow, notice: Notice): readonly string[] {
  if (calmView(row, round.now).acknowledged) return [];
  const passed = stepsOf(round, row, notice).filter(({ at }) => at <= round.now);
  return passed.flatMap(({ channels }) => channels);
}

/**
 * Takes the step of an escalation that is due, and keeps in the row when the one after it is. Steps are told apart by
 * their time: how many there are changes with the severity and the hours.
 */
export async function escalate(round: Round, row: OpenRow, notice: Notice): Promise<void> {
  const { now, trx } = round;
  const from = row.escalate_at?.getTime() ?? now;
  const [next, after] = stepsOf(round, row, notice).filter(({ at }) => at >= from);
  const due = next !== undefined && next.at <= now ? next : null;
  const step = row.escalation_step + (due ? 1 : 0);
  const later = due ? after : next;
  await trx
    .updateTable("incident")
    .set({ escalation_step: step, escalate_at: later ? new Date(later.at) : null })
    .where("id", "=", row.id)
    .execute();
  if (due) await addRows(round, row, { event: "escalated", step, channels: due.channels, notice });
}

async function noteTold(
  round: Round,
  row: OpenRow,
  { changes, notice }: { readonly changes: number; readonly notice: Notice },
): Promise<void> {
  const { trx, now } = round;
  const told: ToldState = {
    severity: row.severity,
    scope: row.scope,
    step: (row.evidence as { step?: number }).step ?? 0,
    flapping: row.flapping,
    changes,
  };
  const next = stepsOf(round, row, notice).find(({ at }) => at > now);
  const escalateAt = next ? new Date(next.at) : null;
  const { acknowledged } = calmView(row, now);
  await trx
    .updateTable("incident")
    .set({
      told_at: row.told_at ?? new Date(now),
      told_severity: row.severity,
      told: JSON.stringify(told),
      escalate_at: acknowledged ? (row.escalate_at ?? escalateAt) : escalateAt,
    })
    .where("id", "=", row.id)
    .execute();
}

async function noteResolved({ trx, now }: Round, row: OpenRow): Promise<void> {
  await trx
    .updateTable("incident")
    .set({ told_resolved_at: new Date(now), escalate_at: null, held: null })
    .where("id", "=", row.id)
    .execute();
}

/** Adds rows that the outbox sends; the same again adds nothing. */
async function addRows(
  { trx, now, madeUp, note }: Round,
  row: OpenRow,
  {
    event,
    step,
    channels,
    notice,
  }: {
    readonly event: NotifyEvent;
    readonly step: number;
    readonly channels: readonly string[];
    readonly notice: Notice;
  },
): Promise<void> {
  const at = new Date(now);
  const { incident } = notice;
  const message = {
    version: 1,
    event,
    at: at.toISOString(),
    made_up: madeUp,
    incident,
    digest: null,
  };
  const again = row.reopened > 0 ? `/again-${row.reopened}` : "";
  await sql`
    insert into notification (incident_id, event, step, channel, dedupe_key, message, next_at, created_at)
    select ${row.id}::bigint, ${event}::text, ${step}::int, channel,
      ${`${row.id}/${event}/${step}/`}::text || channel || ${again}::text,
      ${JSON.stringify(storableJson(message))}::jsonb, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${channels}::text[]) as channel
    on conflict (dedupe_key) do nothing`.execute(trx);
  const entry = { incident: row.id, event: "told", at: now, actor: null };
  await writeTimeline(trx, [{ ...entry, facts: { event, step, channels } }], now);
  note([row.id]);
}
