import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { CommandContext } from "../../src/commands/command.ts";
import { reportCompliance } from "../../src/commands/report-compliance.ts";
import { readConfig } from "../../src/config.ts";
import { ago, buildComplianceWorld, dayAgo, NOW } from "../reports/compliance-world.ts";
import { fillDataFolder, openTestDatabase } from "../support/database.ts";
import { runCommand } from "../support/service-process.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let folder: string;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildComplianceWorld(opened.db);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-report-"));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => opened.close());

/** Runs the command inside this process, as a running service would. */
async function run(args: CommandContext["args"]) {
  const said = { out: "", err: "", bytes: [] as Uint8Array[] };
  const code = await reportCompliance(
    {
      db: opened.db,
      config: readConfig({}),
      args,
      input: (async function* nothing() {})(),
      output: {
        out: (line) => void (said.out += `${line}\n`),
        err: (line) => void (said.err += `${line}\n`),
        data: async (chunk) => void said.bytes.push(chunk),
      },
      actor: "test",
      service: null,
    },
    NOW.now,
  );
  return { code, ...said, bytes: Buffer.concat(said.bytes) };
}

test("the list goes to stdout as CSV, what a person reads to stderr", async () => {
  const done = await run({ asOf: dayAgo(1) });
  expect(done.code).toBe(0);
  expect(done.out.split("\r\n")[0]).toContain("id,url,host");
  expect(done.out).toContain("L4 – Hoạt động tốt với IPv6");
  expect(done.err).toBe(`7 portals of 3 agencies as of ${dayAgo(1)}.\n`);
});

test("the ending of the file says the form, an agency narrows it, a language words it", async () => {
  const done = await run({
    output: "x.xlsx",
    agency: "province-01",
    lang: "en",
    asOf: dayAgo(1),
  });
  const { sheets } = await readXlsx(new Uint8Array(done.bytes));
  expect(sheets.map(({ name }) => name)).toEqual([
    "Portals",
    "Agencies",
    "Shares",
    "Findings",
    "Definitions and legal basis",
  ]);
  expect(done.out).toBe("");
});

test("as JSON it says whose criteria these are and holds everything, findings too", async () => {
  const done = await run({ format: "json", lang: "en", asOf: dayAgo(1) });
  const report = JSON.parse(done.out) as { items: { id: string }[]; requirements: unknown[] };
  expect(report).toMatchObject({
    criteria: "by this system's criteria",
    made_up: false,
    as_of: dayAgo(1),
    shares: { agencies: 2 },
  });
  expect(report.items.find(({ id }) => id === "half")).toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ check: "W3", since: ago(8).toISOString() }),
    ]),
  });
  expect(report.requirements.length).toBeGreaterThan(20);
});

test.each([
  [{ format: "xlsx" }, /name a file with -o/],
  [{ agency: "no-such" }, /There is no agency "no-such"\. The ids are in/],
  [{ agency: "ha noi" }, /There is no agency "ha noi"\. Was it province-01 \(.*Hà Nội\)\?/],
  [{ asOf: "2999-01-01" }, /has not come yet/],
])("what cannot be done (%o) is told", async (args, says) => {
  await expect(run(args)).rejects.toThrow(says);
});

test("on the command line it writes the file whole, beside nothing else", async () => {
  const env = { DATA_DIR: join(folder, "data") };
  await fillDataFolder(env.DATA_DIR);
  const file = join(folder, "report.csv");
  const done = await runCommand(["report", "compliance", "-o", file], env);
  expect(done).toMatchObject({ code: 0, stdout: "" });
  expect(done.stderr).toContain(`written to ${file}`);
  expect(await readFile(file, "utf8")).toMatch(/^\uFEFFid,url,host/);
  expect((await readdir(folder)).toSorted()).toEqual(["data", "report.csv"]);
}, 60_000);
