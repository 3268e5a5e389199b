import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { grafanaRoleCommand } from "../../src/commands/grafana-role.ts";
import { readConfig } from "../../src/config.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import { backup } from "../../src/store/backup.ts";
import { type Database, openPostgres } from "../../src/store/database.ts";
import { GRAFANA_ROLE, makeGrafanaRole } from "../../src/store/grafana-role.ts";
import { migrate } from "../../src/store/migrate.ts";
import { restore } from "../../src/store/restore.ts";
import { scramVerifier } from "../../src/store/scram.ts";
import { TABLES } from "../../src/store/tables.ts";
import { createServerDatabase, SERVER_URL } from "../support/database.ts";
import { runProgram } from "../support/run-program.ts";
import { registerPortals } from "./helpers/results.ts";

const PASSWORD = "for tests only";
const ROLE = { timezone: "Asia/Ho_Chi_Minh", verifier: null };

test("a password with characters that PostgreSQL would prepare first is refused", () => {
  expect(() => scramVerifier("mật khẩu")).toThrow(UsageError);
  expect(() => scramVerifier("")).toThrow(UsageError);
});

test("nobody can connect to the embedded database: the command says so", async () => {
  // It asks this one nothing.
  const db = openPostgres("postgres://127.0.0.1:1/none");
  const refused = grafanaRoleCommand({
    db,
    config: readConfig({}),
    args: { run: true },
    input: Readable.from([]),
    output: { out: () => {}, err: () => {}, data: async () => {} },
    actor: "test",
    service: null,
  });
  await expect(refused).rejects.toThrow(/set DATABASE_URL/);
  await db.destroy();
});

describe.runIf(SERVER_URL !== undefined)("on a server", () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let owner: Database;
  let grafana: pg.Client;
  beforeAll(() => dropRoles());
  afterAll(() => dropRoles());
  beforeEach(async () => {
    server = await createServerDatabase(SERVER_URL ?? "");
    owner = openPostgres(server.url);
    await migrate(owner);
    await makeGrafanaRole(owner, { ...ROLE, verifier: scramVerifier(PASSWORD) });
    grafana = await connect(GRAFANA_ROLE);
  });
  afterEach(async () => {
    await grafana.end();
    await owner.destroy();
    await server.drop();
  });

  async function connect(user: string): Promise<pg.Client> {
    const url = new URL(server.url);
    url.username = user;
    url.password = PASSWORD;
    const client = new pg.Client(url.href);
    await client.connect();
    return client;
  }

  async function codeOf(statement: string): Promise<string> {
    return grafana.query(statement).then(
      () => "done",
      (error: pg.DatabaseError) => error.code ?? "",
    );
  }

  test("the role reads every view", async () => {
    const views = await viewNames(owner);
    expect(views.length).toBeGreaterThan(12);
    for (const view of views) {
      expect([view, await codeOf(`select * from grafana.${view}`)]).toEqual([view, "done"]);
    }
    const { rows } = await grafana.query("select version from schema_version");
    expect(rows).toEqual([{ version: 1 }]);
  });

  test("the role reads no table: no key, no notification, no body of an observation, no result", async () => {
    const tables = [...TABLES, "kysely_migration"];
    expect(tables).toEqual(
      expect.arrayContaining(["api_key", "notification", "observation_part", "probe_result"]),
    );
    for (const table of tables) {
      expect([table, await codeOf(`select from public.${table}`)]).toEqual([table, "42501"]);
    }
  });

  test.each([
    ["a view", "delete from grafana.vantage"],
    ["a table", "insert into public.agency (slug) values ('x')"],
    ["a table of its own", "create table public.mine (a int)"],
    ["a table of its own among the views", "create table grafana.mine (a int)"],
    ["a table for the session", "create temporary table mine (a int)"],
    ["a schema", "create schema mine"],
    ["a role", "create role mine"],
    ["a file on the server", "copy (select 1) to '/tmp/hatangso-never'"],
    ["a program on the server", "copy (select 1) to program 'true'"],
  ])("the role cannot write %s, also when it says that it writes", async (_, statement) => {
    expect(await codeOf(statement)).toMatch(/^(25006|42501|55000)$/);
    await grafana.query("set default_transaction_read_only = off");
    expect(await codeOf(statement)).toMatch(/^(42501|55000)$/);
  });

  test("its sessions only read, end long questions, and have the days of the reports", async () => {
    const shown = async (name: string) =>
      Object.values((await grafana.query(`show ${name}`)).rows[0] as object)[0];
    expect(await shown("default_transaction_read_only")).toBe("on");
    expect(await shown("statement_timeout")).toBe("20s");
    expect(await shown("search_path")).toBe("grafana");
    expect(await shown("timezone")).toBe("Asia/Ho_Chi_Minh");
  });

  test("what is stored of the password is what PostgreSQL itself would store, and never the password", async () => {
    await sql.raw(`create role hatangso_other login password '${PASSWORD}'`).execute(owner);
    const { rows } = await sql<{ name: string; stored: string }>`
      select rolname as name, rolpassword as stored from pg_authid
      where rolname in (${GRAFANA_ROLE}, 'hatangso_other') order by rolname`.execute(owner);
    await sql.raw("drop role hatangso_other").execute(owner);
    for (const { stored } of rows) {
      const salt = Buffer.from(stored.split(/[:$]/)[2] ?? "", "base64");
      expect(scramVerifier(PASSWORD, salt)).toBe(stored);
    }
    expect(rows).toHaveLength(2);
  });

  test("the command makes it with the password of a file, and tells the password to nobody", async () => {
    const file = join(tmpdir(), `hatangso-password-${process.pid}`);
    await writeFile(file, "another one\nnot this\n");
    const before = await passwordOf(owner);
    const env = { DATABASE_URL: server.url };
    const run = await command(env, ["--run", "--password-file", file]);
    expect(run).toMatchObject({ code: 0, stdout: "" });
    const stored = await passwordOf(owner);
    const salt = Buffer.from(stored?.split(/[:$]/)[2] ?? "", "base64");
    expect(stored).not.toBe(before);
    expect(scramVerifier("another one", salt)).toBe(stored);
    const printed = await command(env, ["--password-file", file]);
    await rm(file);
    expect(printed.stdout).toMatch(/^begin;\n[^]*\ncommit;\n$/);
    expect([run.stderr, printed.stdout, printed.stderr].join()).not.toContain("another one");
    const url = new URL(server.url);
    const ran = await runProgram("psql", [
      "-qX",
      "-v",
      "ON_ERROR_STOP=1",
      "-c",
      printed.stdout,
      url.href,
    ]);
    expect(ran).toMatchObject({ code: 0 });
    expect(await passwordOf(owner)).not.toBe(stored);
  });

  test("doing it twice changes nothing, and without a password leaves the one that is there", async () => {
    const before = await passwordOf(owner);
    await makeGrafanaRole(owner, ROLE);
    expect(await passwordOf(owner)).toBe(before);
  });

  test("after a restore over what is there the role reads the views as before", async () => {
    await registerPortals(owner, 2);
    const file: Uint8Array[] = [];
    for await (const chunk of backup(owner, { version: "0.0.1" })) file.push(chunk);
    await restore(
      owner,
      (async function* () {
        yield* file;
      })(),
      { replace: true },
    );
    for (const view of await viewNames(owner)) {
      expect([view, await codeOf(`select * from grafana.${view}`)]).toEqual([view, "done"]);
    }
    const { rows } = await grafana.query("select portals from agency");
    expect(rows).toEqual([{ portals: 2 }]);
    expect(await codeOf("select from public.portal")).toBe("42501");
  });

  test("a role that may do more, by itself or by everybody's rights, is refused with what it is", async () => {
    await sql`grant select (hash) on api_key to public`.execute(owner);
    const refused = makeGrafanaRole(owner, ROLE);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(/more than the schema grafana: public\.api_key\./);
  });

  test("a role that could take more rights, or become a role that has them, is refused with what it is", async () => {
    await sql.raw(`alter role ${GRAFANA_ROLE} createrole`).execute(owner);
    await expect(makeGrafanaRole(owner, ROLE)).rejects.toThrow(/: attributes \(.*createrole/);
    await sql.raw(`alter role ${GRAFANA_ROLE} nocreaterole noinherit`).execute(owner);
    await sql.raw("create role hatangso_other").execute(owner);
    await sql.raw(`grant hatangso_other to ${GRAFANA_ROLE}`).execute(owner);
    try {
      const refused = makeGrafanaRole(owner, ROLE);
      await expect(refused).rejects.toThrow(/: role hatangso_other by set role\./);
    } finally {
      await sql.raw("drop role hatangso_other").execute(owner);
      await sql.raw(`alter role ${GRAFANA_ROLE} inherit`).execute(owner);
    }
    await makeGrafanaRole(owner, ROLE);
  });

  test("a service whose role may not make roles is told to print the statements", async () => {
    await sql.raw("create role hatangso_plain login").execute(owner);
    await sql
      .raw("grant create, connect on database " + databaseOf(server.url) + " to hatangso_plain")
      .execute(owner);
    const plain = openPostgres(server.url.replace(/\/\/[^@]*@/, "//hatangso_plain@"));
    try {
      const refused = makeGrafanaRole(plain, { ...ROLE, verifier: scramVerifier(PASSWORD) });
      await expect(refused).rejects.toThrow(/without --run/);
    } finally {
      await plain.destroy();
      await sql.raw("drop owned by hatangso_plain").execute(owner);
      await sql.raw("drop role hatangso_plain").execute(owner);
    }
  });

  test("a service that may not make the schema says what the owner has to run", async () => {
    const fresh = await createServerDatabase(SERVER_URL ?? "");
    const admin = openPostgres(fresh.url);
    await sql.raw("create role hatangso_narrow login").execute(admin);
    await sql.raw("grant all on schema public to hatangso_narrow").execute(admin);
    const narrow = openPostgres(fresh.url.replace(/\/\/[^@]*@/, "//hatangso_narrow@"));
    try {
      const refused = await migrate(narrow).then(
        () => null,
        (error: Error) => error.cause as Error,
      );
      expect(refused?.message).toMatch(/create schema grafana authorization hatangso_narrow$/);
      await sql.raw("create schema grafana authorization hatangso_narrow").execute(admin);
      expect(await migrate(narrow)).toContain("2026-11-26-grafana-views");
    } finally {
      await narrow.destroy();
      await sql.raw("drop owned by hatangso_narrow cascade").execute(admin);
      await sql.raw("drop role hatangso_narrow").execute(admin);
      await admin.destroy();
      await fresh.drop();
    }
  });
});

/** `hatangso grafana-role`, with these settings and options. */
function command(env: Readonly<Record<string, string>>, options: readonly string[]) {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const program = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
  return runProgram("env", [...settings, process.execPath, program, "grafana-role", ...options]);
}

async function viewNames(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select viewname as name from pg_views where schemaname = 'grafana' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

async function passwordOf(db: Database): Promise<string | undefined> {
  const { rows } = await sql<{ stored: string }>`
    select rolpassword as stored from pg_authid where rolname = ${GRAFANA_ROLE}`.execute(db);
  return rows[0]?.stored;
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function dropRoles(): Promise<void> {
  const admin = openPostgres(SERVER_URL ?? "");
  for (const role of [GRAFANA_ROLE, "hatangso_plain", "hatangso_narrow", "hatangso_other"]) {
    await sql.raw(`drop role if exists ${role}`).execute(admin);
  }
  await admin.destroy();
}
