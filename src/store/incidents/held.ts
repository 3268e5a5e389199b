import { sql } from "kysely";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";

/** Notes why nobody is told of these at present; null: there is no reason any more. */
export async function putHeld(
  { trx, note }: Round,
  held: ReadonlyMap<OpenRow, string | null>,
): Promise<void> {
  const changed = [...held].filter(([row, reason]) => row.held !== reason);
  if (changed.length === 0) return;
  const ids = changed.map(([{ id }]) => id);
  await sql`
    update incident set held = given.held
    from unnest(${ids}::bigint[], ${changed.map(([, reason]) => reason)}::text[]) as given(id, held)
    where incident.id = given.id`.execute(trx);
  note(ids);
}

/** Without anybody to tell, what was told once and has ended counts as said. */
export async function endUntold({ trx, now }: Round): Promise<void> {
  await sql`
    update incident set told_resolved_at = ${new Date(now)}
    where resolved_at is not null and told_at is not null and told_resolved_at is null`.execute(
    trx,
  );
}
