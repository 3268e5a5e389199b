import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { coverageImportCommand } from "../../src/commands/coverage-import.ts";
import type { CommandContext } from "../../src/commands/command.ts";
import { readConfig } from "../../src/config.ts";
import { createUnitBookSource } from "../../src/store/unit-book.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { fillDataFolder } from "../support/database.ts";
import { runCommand } from "../support/service-process.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let folder: string;
beforeAll(async () => {
  opened = await openCoverageDatabase();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-import-"));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => opened.close());

const HEADER = "Mã xã;Tên xã/phường;Tổng số hộ gia đình;Số hộ được phủ cáp quang";
const GOOD = "00004;Phường Ba Đình;10000;8000";
const BAD = "00008;Phường Ngọc Hà;100;200";
const STATED = { source: "province-01", asOf: "2025-09-30", basis: "reported", lang: "en" };

/** Runs the command inside this process, as a running service would. */
async function run(args: CommandContext["args"], ...rows: string[]) {
  const said = { out: "", err: "", files: {} as Record<string, Uint8Array[]>, changes: 0 };
  const code = await coverageImportCommand({
    db: opened.db,
    config: readConfig({}),
    args: { file: "/tmp/in/báo cáo.csv", ...STATED, ...args },
    input: (async function* file() {
      yield Buffer.from([HEADER, ...rows].join("\n"));
    })(),
    output: {
      out: (line) => void (said.out += `${line}\n`),
      err: (line) => void (said.err += `${line}\n`),
      data: async (chunk, file = "") => void (said.files[file] ??= []).push(chunk),
    },
    actor: "test",
    service: {
      units: createUnitBookSource(opened.db),
      portalsChanged: async () => undefined,
      coverageChanged: () => void said.changes++,
    },
  });
  const files = Object.fromEntries(
    Object.entries(said.files).map(([name, chunks]) => [name, Buffer.concat(chunks)]),
  );
  return { code, ...said, files };
}

test("each fault is a line with file, sheet, row, column, rule and what to do; refused rows end it with 1", async () => {
  const done = await run({}, GOOD, BAD);
  expect(done.code).toBe(1);
  expect(done.out).toBe("");
  expect(done.err).toMatch(/^báo cáo\.csv::3:Số hộ được phủ cáp quang V02 \S/m);
  expect(done.err).toContain("Rows: 1 accepted, 0 held for review, 1 refused; 1 figures written");
  expect(done.changes).toBe(1);
});

test("the same again changes nothing and says which submission it was", async () => {
  const again = await run({}, GOOD, BAD);
  expect(again.err).toMatch(/imported before, as submission \d+; nothing has changed/);
  expect(again.changes).toBe(0);
});

test("the outcome is one JSON object of the agreed form, and the faults go into files", async () => {
  const done = await run({ json: true, dryRun: true, faults: "f.csv", annotated: "a.xlsx" }, BAD);
  expect(done.code).toBe(1);
  const json = JSON.parse(done.out) as Record<string, unknown>;
  expect(json).toMatchObject({
    accepted: 0,
    held: 0,
    refused: 1,
    faults: [
      {
        file: "báo cáo.csv",
        sheet: null,
        row: 2,
        column: "Số hộ được phủ cáp quang",
        value: "200",
        rule: "V02",
        severity: "reject_row",
        message_vi: expect.stringMatching(/\S/),
        message_en: expect.stringMatching(/\S/),
      },
    ],
  });
  expect(String(done.files["faults"])).toContain(",V02,reject_row,");
  const copy = await readXlsx(done.files["annotated"] ?? new Uint8Array());
  expect(copy.sheets.length).toBeGreaterThan(1);
});

test("all or nothing stores nothing for one bad row", async () => {
  const good = "00025;Phường Giảng Võ;10000;8000";
  const done = await run({ allOrNothing: true, json: true }, good, BAD);
  expect(done.code).toBe(1);
  expect(JSON.parse(done.out)).toMatchObject({ accepted: 0, refused: 2, figures: 0 });
  expect(done.changes).toBe(0);
});

test("a plain file of an authority without a basis is taken as reported, and that is said", async () => {
  const plain = "00025;Phường Giảng Võ;10000;8000";
  const done = await run({ basis: undefined, source: "ministry", json: true }, plain);
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out)).toMatchObject({ figures: 1, assumed_basis: "reported" });
  expect(done.err).toMatch(/taken as reported/);
});

test("of a publication the basis has to be stated", async () => {
  const done = await run({ basis: undefined, source: "pub-cafef-vn", json: true }, GOOD);
  expect(done.code).toBe(1);
  expect(JSON.parse(done.out)).toMatchObject({
    outcome: "refused",
    assumed_basis: null,
    faults: [{ rule: "V27" }],
  });
});

test("a source that there is not is wrong usage, in one line that names those there are", async () => {
  await expect(run({ source: "nobody" }, GOOD)).rejects.toThrow(/province-01.*ministry/);
});

test("the command line takes a file and leaves the files that it was asked for", async () => {
  const dataDir = join(folder, "data");
  await fillDataFolder(dataDir);
  const file = join(folder, "trang.csv");
  await writeFile(file, "<!doctype html><html><body>x</body></html>");
  const args = ["coverage", "import", file, "--source", "province-01", "--json", "--dry-run"];
  const wanted = ["--faults", join(folder, "f.csv"), "--annotated", join(folder, "a.xlsx")];
  const done = await runCommand([...args, ...wanted], { DATA_DIR: dataDir });
  expect(done.stderr).toContain("There is no such source");
  expect(done.code).toBe(2);
  expect((await readdir(folder)).toSorted()).toEqual(["data", "trang.csv"]);
  const other = await runCommand(["coverage", "import", file, "--as-of", "2026-02-30"], {});
  expect(other.code).toBe(2);
  expect(await readFile(file, "utf8")).toContain("html");
});
