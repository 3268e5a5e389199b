import { isProbed, type ProbeTarget } from "../domain/portal.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import type { Database } from "./database.ts";
import {
  columnsOf,
  type PortalProblem,
  wantedAfter,
  wantedOf,
  type WantedPortal,
} from "./portal-columns.ts";
import { lockPortals } from "./portal-bulk.ts";
import type { PortalChange, PortalInput } from "./portal-input.ts";
import { type Portal, portalById } from "./portal-record.ts";
import { slugsForHost } from "./portal-slug.ts";
import { mayTouchAll, type WriteContext } from "./write-context.ts";

export type { PortalProblem } from "./portal-columns.ts";
export type { Portal } from "./portal-record.ts";
export { portalById } from "./portal-record.ts";

/** Registers a portal; the audit log gets it in the same transaction. */
export async function createPortal(
  context: WriteContext,
  input: PortalInput,
  now = new Date(),
): Promise<Result<Portal, PortalProblem>> {
  return context.db.transaction().execute(async (trx) => {
    await lockPortals(trx);
    const wanted = wantedOf(input);
    if (!mayTouchAll(context, [wanted])) return refused({ kind: "not_covered" });
    const slug = input.id ?? (await freeSlug(trx, wanted.host));
    const columns = await columnsOf(trx, wanted, slug);
    if (!columns.ok) return columns;
    const row = await trx
      .insertInto("portal")
      .values({
        slug,
        ...columns.value,
        created_at: now,
        updated_at: now,
        retired_at: isProbed(wanted.lifecycle) ? null : now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!row) return refused({ kind: "duplicate_id", field: "id" });
    const after = await mustExist(trx, slug);
    await writeAudit(trx, context.actor, [
      { action: "create", objectType: "portal", objectId: slug, before: null, after },
    ]);
    return done(after);
  });
}

/** Changes what `change` names; a change that changes nothing writes nothing. */
export async function changePortal(
  context: WriteContext,
  id: string,
  change: PortalChange,
  now = new Date(),
): Promise<Result<Portal, PortalProblem>> {
  return context.db.transaction().execute(async (trx) => {
    await lockPortals(trx);
    const before = await portalById(trx, id);
    if (!before) return refused({ kind: "not_found" });
    const wanted = wantedAfter(before, change);
    if (!mayTouchAll(context, [before, wanted])) return refused({ kind: "not_covered" });
    if (isEqual(wantedAfter(before, {}), wanted)) return done(before);
    const columns = await columnsOf(trx, wanted, id);
    if (!columns.ok) return columns;
    const retiredAt = isProbed(wanted.lifecycle) ? null : (before.retiredAt ?? now);
    await trx
      .updateTable("portal")
      .set({ ...columns.value, updated_at: now, retired_at: retiredAt })
      .where("slug", "=", id)
      .execute();
    const after = await mustExist(trx, id);
    const retires = isProbed(before.lifecycle) && !isProbed(after.lifecycle);
    await writeAudit(trx, context.actor, [
      { action: retires ? "retire" : "change", objectType: "portal", objectId: id, before, after },
    ]);
    return done(after);
  });
}

/** Ends a portal's life: it stays readable and is no longer probed. */
export function retirePortal(
  context: WriteContext,
  id: string,
  now = new Date(),
): Promise<Result<Portal, PortalProblem>> {
  return changePortal(context, id, { lifecycle: "retired" }, now);
}

/** All portals that are probed on schedule, by number. */
export async function listTargets(db: Database): Promise<ProbeTarget[]> {
  const rows = await db
    .selectFrom("portal")
    .select(["id", "slug", "url", "expectation", "lifecycle"])
    .orderBy("id")
    .execute();
  return rows
    .filter((row) => isProbed(row.lifecycle))
    .map(({ id, slug, url, expectation }) => ({ portal: id, slug, url, expectation }));
}

async function mustExist(trx: Database, id: string): Promise<Portal> {
  const portal = await portalById(trx, id);
  if (!portal) throw new Error(`Portal ${id} vanished while it was written`);
  return portal;
}

async function freeSlug(trx: Database, host: string): Promise<string> {
  for (const slug of slugsForHost(host)) {
    if ((await portalById(trx, slug)) === null) return slug;
  }
  throw new Error("The list of slugs has no end");
}

function isEqual(one: WantedPortal, other: WantedPortal): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
