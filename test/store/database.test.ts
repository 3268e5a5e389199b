import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { isConnectionLost, openPostgres } from "../../src/store/database.ts";
import { databaseKind, openTestDatabase } from "../support/database.ts";

/** Parameters that PgBouncer takes from any client (its documentation, "ignore_startup_parameters"). */
const POOLER_PARAMETERS: ReadonlySet<string> = new Set([
  "application_name",
  "client_encoding",
  "database",
  "datestyle",
  "standard_conforming_strings",
  "timezone",
  "user",
]);

/** What a client says first: pairs of texts behind eight bytes of length and version, each with a final zero byte. */
function startParameters(message: Buffer): Map<string, string> {
  const texts = message.subarray(8).toString().split("\0");
  const pairs = texts.flatMap((text, at) =>
    at % 2 === 0 && text !== "" ? [[text, texts[at + 1] ?? ""] as const] : [],
  );
  return new Map(pairs);
}

/** The first message of a connection that is opened with these parameters of the URL. */
async function firstMessage(parameters = ""): Promise<Map<string, string>> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const db = openPostgres(`postgres://someone@127.0.0.1:${port}/some${parameters}`);
  const question = sql`select 1`.execute(db).catch((error: unknown) => error);
  const [socket] = (await once(server, "connection")) as [Socket];
  const [message] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  await question;
  await db.destroy();
  server.close();
  return startParameters(message);
}

test("a connection begins with nothing that a pooler such as PgBouncer refuses", async () => {
  const names = [...(await firstMessage()).keys()];
  expect(names).toContain("user");
  expect(names.filter((name) => !POOLER_PARAMETERS.has(name.toLowerCase()))).toEqual([]);
});

test("options of the database's URL reach the server as they are", async () => {
  const given = await firstMessage("?options=-c%20work_mem%3D8MB");
  expect(given.get("options")).toBe("-c work_mem=8MB");
});

test("on a server questions of ours end after a minute, and are not compiled", async () => {
  const { db, close } = await openTestDatabase();
  const { rows } = await sql<{ timeout: string; jit: string }>`
    select current_setting('statement_timeout') as timeout, current_setting('jit') as jit`.execute(
    db,
  );
  await close();
  // The embedded database has one user, who asks one question at a time, and no compiler for `on` to switch on.
  const settings = { postgres: ["1min", "off"], pglite: ["0", "on"] }[databaseKind];
  expect(rows.flatMap(({ timeout, jit }) => [timeout, jit])).toEqual(settings);
});

test.runIf(databaseKind === "postgres")(
  "a connection that breaks between two questions of a transaction fails the transaction, not the process",
  async () => {
    const { db, close } = await openTestDatabase();
    const broken = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(db);
      await sql`select 1`.execute(trx);
    });
    await expect(broken).rejects.toSatisfy(isConnectionLost);
    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
    expect(rows).toEqual([{ one: 1 }]);
    await close();
  },
);
