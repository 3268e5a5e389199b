import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";
import { fillDataFolder } from "../support/database.ts";
import { runCommand } from "../support/service-process.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-cli-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** One line on stderr, nothing on stdout, exit code 2. */
function expectOneLine(done: Awaited<ReturnType<typeof runCommand>>, line: RegExp) {
  expect(done.stdout).toBe("");
  expect(done.stderr).toMatch(line);
  expect(done.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(done.stderr).not.toMatch(/\n\s+at /);
  expect(done.code).toBe(2);
}

const COMMANDS = [
  [],
  ["serve"],
  ["demo"],
  ["probe"],
  ["audit"],
  ["portals"],
  ["portals", "import"],
  ["migrate"],
  ["seed"],
  ["job"],
  ["keys"],
  ["keys", "create"],
  ["report"],
  ["report", "compliance"],
  ["backup"],
  ["restore"],
];

test("--help of every command says in plain words what it does, with an example where it can be run", async () => {
  const helps = await Promise.all(COMMANDS.map((words) => runCommand([...words, "--help"], {})));
  for (const [index, help] of helps.entries()) {
    const words = ["hatangso", ...(COMMANDS[index] ?? [])].join(" ");
    const isGroup = ["hatangso", "hatangso portals", "hatangso keys", "hatangso report"].includes(
      words,
    );
    expect(help.code).toBe(0);
    expect(help.stdout).toContain(`Usage: ${words}`);
    expect(help.stdout).toMatch(isGroup ? "Commands:" : new RegExp(`Example:\n  .*${words}`));
  }
}, 60_000);

test("--version prints the version of the package", async () => {
  expect(await runCommand(["--version"], {})).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
});

test.each([
  [["serf"], /unknown command 'serf'/],
  [["keys", "create"], /required option '--role <role>' not specified/],
  [["keys", "create", "--role", "king"], /Allowed choices are reader, operator, admin/],
  [["probe", "example.gov.vn"], /Expected a URL/],
  [["probe", "https://user:secret@example.gov.vn/"], /without user, password/],
  [["probe", "https://example.gov.vn/", "--family", "5"], /Allowed choices are 4, 6/],
  [["migrate", "now"], /too many arguments/],
  [["report", "compliance", "--format", "pdf"], /Allowed choices are csv, xlsx, html, json/],
  [["report", "compliance", "--as-of", "2026-02-30"], /Expected a day such as 2026-11-22/],
])("wrong usage (%s) ends with 2 and says what is expected", async (words, says) => {
  const done = await runCommand(words, {});
  expect(done.code).toBe(2);
  expect(done.stderr).toMatch(says);
  expect(done.stdout).toBe("");
});

test("a wrong variable stops every command with one line", async () => {
  expectOneLine(
    await runCommand(["serve"], { PORT: "eighty" }),
    /^hatangso: PORT="eighty" is not allowed: expected a number from 0 to 65535/,
  );
});

test("an unreachable database is one line that names the server and hides the password", async () => {
  const done = await runCommand(["migrate"], {
    DATABASE_URL: "postgres://user:hunter2@127.0.0.1:1/db",
    DATA_DIR: folder,
  });
  expectOneLine(done, /^hatangso: The database 127\.0\.0\.1:1\/db of DATABASE_URL does not answer/);
  expect(done.stderr).not.toContain("hunter2");
});

test("an unwritable DATA_DIR is one line", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  expectOneLine(
    await runCommand(["serve"], { DATA_DIR: join(file, "data"), PORT: "0" }),
    /^hatangso: DATA_DIR .* cannot be written \(ENOTDIR\)/,
  );
});

test("a missing input file is one line", async () => {
  expectOneLine(
    await runCommand(["portals", "import", join(folder, "none.csv")], { DATA_DIR: folder }),
    /^hatangso: Cannot read .*none\.csv \(ENOENT\)/,
  );
});

test("a port in use is one line", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const env = {
    DATA_DIR: join(folder, "data"),
    PORT: String(port),
    LOG_LEVEL: "silent",
    DNS_SERVERS: "127.0.0.1:1",
    VANTAGE_ANCHORS: "127.0.0.1:1",
  };
  expectOneLine(await runCommand(["serve"], env), new RegExp(`^hatangso: PORT=${port} is in use`));
  taken.close();
}, 60_000);

test("a schema that is newer than the code is one line", async () => {
  const env = { DATA_DIR: join(folder, "data") };
  await fillDataFolder(env.DATA_DIR);
  const { openDatabase } = await import("../../src/store/open-database.ts");
  const { sql } = await import("kysely");
  const opened = await openDatabase({ databaseUrl: null, dataDir: env.DATA_DIR });
  await sql`insert into kysely_migration (name, timestamp) values ('2999-01-01-later', '')`.execute(
    opened.db,
  );
  await opened.close();
  expectOneLine(
    await runCommand(["migrate"], env),
    /^hatangso: The database has migration 2999-01-01-later, which this version does not know/,
  );
}, 60_000);
