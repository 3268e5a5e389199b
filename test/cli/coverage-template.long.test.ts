import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CommandContext, DatabaseCommand } from "../../src/commands/command.ts";
import { coverageTemplateCommand } from "../../src/commands/coverage-template.ts";
import { denominatorsImportCommand } from "../../src/commands/denominators-import.ts";
import { readConfig } from "../../src/config.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
beforeAll(async () => {
  opened = await openCoverageDatabase();
});
afterAll(() => opened.close());

/** Runs a command inside this process, with a database as a running service would. */
async function run(command: DatabaseCommand, args: CommandContext["args"], content = "") {
  const said = { out: "", err: "", bytes: [] as Uint8Array[] };
  const code = await command({
    db: opened.db,
    config: readConfig({}),
    args,
    input: (async function* once() {
      yield Buffer.from(content);
    })(),
    output: {
      out: (line) => void (said.out += `${line}\n`),
      err: (line) => void (said.err += `${line}\n`),
      data: async (chunk) => void said.bytes.push(chunk),
    },
    actor: "test",
    service: null,
  });
  return { code, ...said, bytes: Buffer.concat(said.bytes) };
}

test("a file of counts is imported with its faults, and the next template has them filled in", async () => {
  const asked = { province: "04", asOf: "2026-09-30", indicators: "fibre_hh_passed" };
  const before = await run(coverageTemplateCommand, asked);
  const rows = (await readXlsx(before.bytes)).sheets[0]?.rows ?? [];
  const [header = [], first = []] = rows;
  const households = header.indexOf("Số hộ");
  expect(first[households]).toBeNull();
  const file = ["Mã xã,Số hộ", `${String(first[3])},1234`, "99999,5"].join("\r\n");
  const args = { file: "hộ.csv", source: "Tỉnh", asOf: "2026-04-01", lang: "en" };
  const done = await run(denominatorsImportCommand, { ...args, json: true }, file);
  expect(done.code).toBe(1);
  expect(JSON.parse(done.out)).toMatchObject({
    counts: 1,
    added: 1,
    refused: 1,
    faults: [
      { rule: "V08", severity: "warn" },
      { file: "hộ.csv", row: 3, rule: "V05" },
    ],
  });
  const after = await run(coverageTemplateCommand, asked);
  expect((await readXlsx(after.bytes)).sheets[0]?.rows[1]?.[households]).toBe(1234);
  const other = await run(denominatorsImportCommand, args, file.replace("1234", "1235"));
  expect(other.err).toContain("say why with --reason");
  expect(other.code).toBe(1);
});

test("what can't be made is said in one line", async () => {
  const wrong = (args: CommandContext["args"]) => run(coverageTemplateCommand, args);
  await expect(wrong({ province: "99", asOf: "2026-09-30" })).rejects.toThrow(UsageError);
  await expect(
    wrong({ province: "04", asOf: "2026-09-30", indicators: "egdi_rank" }),
  ).rejects.toThrow(/fibre_hh_passed/);
  const nobody = { file: "a.csv", source: " ", asOf: "2026-04-01" };
  await expect(run(denominatorsImportCommand, nobody)).rejects.toThrow(/--source/);
});
