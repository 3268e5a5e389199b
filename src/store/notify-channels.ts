import type { Database } from "./database.ts";

/** What a channel has kept; an unknown channel has kept nothing. */
export async function readChannelState(
  db: Database,
  name: string,
): Promise<Readonly<Record<string, unknown>>> {
  const row = await db
    .selectFrom("notify_channel")
    .select("state")
    .where("name", "=", name)
    .executeTakeFirst();
  return { ...row?.state };
}

/** Keeps something for a channel, in place of what it kept. */
export async function writeChannelState(
  db: Database,
  channel: { readonly name: string; readonly kind: string },
  state: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  const values = { kind: channel.kind, state: JSON.stringify(state), updated_at: now };
  await db
    .insertInto("notify_channel")
    .values({ name: channel.name, ...values })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(values))
    .execute();
}
