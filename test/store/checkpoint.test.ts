import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkpointEmbedded } from "../../src/store/checkpoint.ts";
import { databaseKind, openTestDatabase } from "../support/database.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

async function lastCheckpoint(): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select redo_lsn::text as at from pg_control_checkpoint()`.execute(opened.db);
  return rows[0]?.at ?? "";
}

test("the embedded database is checkpointed, a server is left alone", async () => {
  await sql`create table written as select generate_series(1, 1000) as number`.execute(opened.db);
  const before = await lastCheckpoint();
  const embedded = databaseKind === "pglite";
  expect(await checkpointEmbedded(opened.db)).toBe(embedded);
  expect((await lastCheckpoint()) !== before).toBe(embedded);
});
