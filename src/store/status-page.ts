import { sql } from "kysely";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { holdPortal } from "./belonging.ts";
import type { Database } from "./database.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** Why the public status page was not changed. */
export type StatusProblem =
  | { readonly kind: "no_portal"; readonly index: number }
  | { readonly kind: "no_incident" | "no_note" }
  | NotCovered;

/**
 * Sets which portals the public status page shows, by stable id and in this order, in place of those that it showed;
 * the caller bounds their number. The audit log gets it in the same transaction; the same again writes nothing.
 */
export async function choosePortals(
  context: WriteContext,
  slugs: readonly string[],
  now: Date,
): Promise<Result<null, StatusProblem>> {
  return context.db.transaction().execute(async (trx) => {
    // One choice after the other: both would be half of each otherwise.
    await sql`lock table status_item in share row exclusive mode`.execute(trx);
    const before = await chosen(trx);
    const wanted = [...new Set(slugs)];
    const portals = [];
    for (const [index, slug] of wanted.entries()) {
      const portal = await holdPortal(trx, slug);
      if (portal === null) return refused({ kind: "no_portal", index });
      portals.push(portal);
    }
    const belongings = portals.map(({ belonging }) => belonging);
    if (!mayTouchAll(context, belongings)) return refused({ kind: "not_covered" });
    if (JSON.stringify(before) === JSON.stringify(wanted)) return done(null);
    await trx.deleteFrom("status_item").execute();
    const rows = portals.map(({ number }, position) => ({
      portal_id: number,
      position,
      added_by: context.actor.name,
      added_at: now,
    }));
    if (rows.length > 0) await trx.insertInto("status_item").values(rows).execute();
    await note(context, trx, "portals", { portals: before }, { portals: wanted });
    return done(null);
  });
}

/** What people write on the public status page. */
export interface StatusNoteInput {
  readonly text_vi: string;
  readonly text_en?: string | null | undefined;
  /** The incident that it is about. */
  readonly incident?: number | null | undefined;
}

/** Writes a note on the public status page; returns its number. Audit-logged. */
export async function addNote(
  context: WriteContext,
  input: StatusNoteInput,
  now: Date,
): Promise<Result<number, StatusProblem>> {
  const { text_vi, text_en = null, incident = null } = input;
  return context.db.transaction().execute(async (trx) => {
    if (incident !== null) {
      const { rows } = await sql`select from incident where id = ${incident} for share`.execute(
        trx,
      );
      if (rows.length === 0) return refused({ kind: "no_incident" });
    }
    const { id } = await trx
      .insertInto("status_note")
      .values({
        text_vi,
        text_en,
        incident_id: incident,
        created_by: context.actor.name,
        created_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await note(context, trx, `note ${id}`, null, { text_vi, text_en, incident });
    return done(id);
  });
}

/** Takes a note off the public status page; it stays in the database. Again changes nothing. Audit-logged. */
export async function endNote(
  context: WriteContext,
  id: number,
  now: Date,
): Promise<Result<null, StatusProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("status_note")
      .select(["text_vi", "ended_at"])
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return refused({ kind: "no_note" });
    if (row.ended_at !== null) return done(null);
    await trx.updateTable("status_note").set({ ended_at: now }).where("id", "=", id).execute();
    await note(
      context,
      trx,
      `note ${id}`,
      { text_vi: row.text_vi },
      { ended_at: now.toISOString() },
    );
    return done(null);
  });
}

async function chosen(trx: Database): Promise<string[]> {
  const rows = await trx
    .selectFrom("status_item as s")
    .innerJoin("portal as p", "p.id", "s.portal_id")
    .select("p.slug")
    .orderBy("s.position")
    .execute();
  return rows.map(({ slug }) => slug);
}

function note(
  { actor }: WriteContext,
  trx: Database,
  objectId: string,
  before: object | null,
  after: object,
) {
  const action = before === null ? "create" : "change";
  return writeAudit(trx, actor, [{ action, objectType: "status_page", objectId, before, after }]);
}
