import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { readCompose, ROOT } from "../support/deployment.ts";
import { runProgram } from "../support/run-program.ts";

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "hatangso-secrets-"));
  folder = join(home, "secrets");
});
afterEach(() => rm(home, { recursive: true }));

const make = () => runProgram("sh", [`${ROOT}docs/deployment/make-secrets.sh`, folder]);
const read = async (name: string) => (await readFile(join(folder, name), "utf8")).trimEnd();

test("the script makes every secret that the compose files name, in a folder that others can't enter", async () => {
  expect(await make()).toMatchObject({ code: 0, stderr: "" });
  const named = ["compose.yaml", "compose.sql.yaml"].flatMap((file) =>
    Object.keys(readCompose(file).secrets),
  );
  expect((await readdir(folder)).toSorted()).toEqual(named.toSorted());
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of named) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o444);
});

test("the service and PostgreSQL are given the same password, which nobody can guess", async () => {
  await make();
  const password = await read("postgres-password");
  const env = parseEnv(await read("hatangso.env"));
  expect(password).toMatch(/^[0-9a-f]{64}$/);
  const { databaseUrl } = readConfig({ ...env, DNS_SERVERS: "127.0.0.1" });
  expect(databaseUrl).toBe(`postgres://hatangso:${password}@postgres:5432/hatangso`);
  expect(await read("grafana-admin-password")).not.toBe(password);
});

test("run again it keeps what is there and makes what is missing", async () => {
  await make();
  const before = await read("postgres-password");
  await rm(join(folder, "grafana-admin-password"));
  await writeFile(join(folder, "own"), "kept");
  const again = await make();
  expect(again.stdout).toBe(`made ${folder}/grafana-admin-password\n`);
  expect([await read("postgres-password"), await read("own")]).toEqual([before, "kept"]);
});
