import { sql } from "kysely";
import { readSubject } from "../../domain/incident/subject.ts";
import type { Held } from "../../domain/incident/telling.ts";
import type { Database } from "../database.ts";
import { CHANGEABLE, changeableColumns, standingOf, type ChangeOf } from "./incident-values.ts";
import type { TimelineEntry } from "./timeline.ts";

/**
 * Opens incidents, leaving those of which one is open already; returns what their timelines say. Until the next round has
 * looked whether they belong to others, they wait: what is shown before that would be believed.
 */
export async function openNew(
  trx: Database,
  changes: readonly ChangeOf<"open">[],
  now: number,
): Promise<TimelineEntry[]> {
  if (changes.length === 0) return [];
  const facts = changes.map(({ incident }) => incident);
  const { rows } = await sql<{ id: number; kind: string; subject: string; network: string }>`
    insert into incident (kind, subject, network, portal_id, vantage_id, ${CHANGEABLE}, held, created_at, updated_at)
    select given.*, ${"group" satisfies Held}::text, ${new Date(now)}::timestamptz, ${new Date(now)}::timestamptz
    from unnest(
      ${facts.map((each) => each.kind)}::text[], ${facts.map((each) => each.subject)}::text[],
      ${facts.map((each) => each.network)}::text[], ${facts.map((each) => each.portal)}::int[],
      ${facts.map((each) => vantageOf(each.subject))}::smallint[],
      ${changeableColumns(facts)}
    ) as given
    on conflict do nothing
    returning id, kind, subject, network`.execute(trx);
  const ids = new Map(rows.map((row) => [keyOf(row), row.id]));
  return changes.flatMap(({ at, incident }) => {
    const id = ids.get(keyOf(incident));
    ids.delete(keyOf(incident));
    if (id === undefined) return [];
    const { confirmation, openedAt } = incident;
    const first = new Date(openedAt).toISOString();
    const facts = { ...standingOf(incident), first_bad_at: first, confirmation };
    return [{ incident: id, event: "opened", at, actor: null, facts }];
  });
}

function keyOf(of: { kind: string; subject: string; network: string }): string {
  return `${of.kind} ${of.network} ${of.subject}`;
}

/** The number of the vantage point that an incident is about, or null. */
function vantageOf(subject: string): number | null {
  const { type, name } = readSubject(subject);
  return type === "vantage" ? Number(name.split("/")[0]) : null;
}
