import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Actor } from "./write-context.ts";

/** One write as it is kept: who, when, what, before and after. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Date;
  readonly keyId: number | null;
  readonly actor: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly before: object | null;
  readonly after: object | null;
}

export type AuditAction =
  | "create"
  | "change"
  | "delete"
  | "retire"
  | "revoke"
  | "withdraw"
  | "confirm"
  | "decide"
  | "import"
  | "seed";

/** A write to be noted. */
export interface AuditInput {
  readonly action: AuditAction;
  readonly objectType: string;
  readonly objectId: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** Notes writes; call it inside the transaction that makes them. */
export async function writeAudit(
  trx: Database,
  actor: Actor,
  entries: readonly AuditInput[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ action, objectType, objectId, before, after }, place) => ({
    place,
    action,
    type: objectType,
    object: objectId,
    before,
    after,
  }));
  // One parameter, for a statement takes 65,535: an import of a country has a write for each portal.
  await sql`
    insert into audit_log (key_id, actor, action, object_type, object_id, before, after)
    select ${actor.keyId}::int, ${actor.name}::text, action, type, object,
      nullif(before, 'null'), nullif(after, 'null')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given(place int, action text, type text, object text, before jsonb, after jsonb)
    order by place`.execute(trx);
}

/** Entries, newest first; `before` is the id of the last one that is known already. */
export async function listAudit(
  db: Database,
  query: { limit: number; before?: number; objectType?: string; objectId?: string },
): Promise<AuditEntry[]> {
  const { limit, before, objectType, objectId } = query;
  const rows = await db
    .selectFrom("audit_log")
    .selectAll()
    .$if(before !== undefined, (find) => find.where("id", "<", before ?? 0))
    .$if(objectType !== undefined, (find) => find.where("object_type", "=", objectType ?? ""))
    .$if(objectId !== undefined, (find) => find.where("object_id", "=", objectId ?? ""))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    keyId: row.key_id,
    actor: row.actor,
    action: row.action,
    objectType: row.object_type,
    objectId: row.object_id,
    before: row.before,
    after: row.after,
  }));
}
