import type { Insertable, Transaction } from "kysely";
import { writeAudit } from "./audit-log.ts";
import type { Schema } from "./schema.ts";
import type { Actor } from "./write-context.ts";

/** What an entry holds beside who wrote it. */
export type Entry = Omit<Insertable<Schema["follow_up"]>, "key_id" | "actor">;

/** Writes an entry about a finding and notes in the audit log what was said; returns its number. */
export async function addEntry(
  trx: Transaction<Schema>,
  actor: Actor,
  entry: Entry,
  said: object,
): Promise<number> {
  const { id } = await trx
    .insertInto("follow_up")
    .values({ ...entry, key_id: actor.keyId, actor: actor.name })
    .returning("id")
    .executeTakeFirstOrThrow();
  await writeAudit(trx, actor, [
    { action: "create", objectType: "follow_up", objectId: String(id), before: null, after: said },
  ]);
  return id;
}
