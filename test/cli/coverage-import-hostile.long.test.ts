import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, expect, test } from "vitest";
import { coverageImportCommand } from "../../src/commands/coverage-import.ts";
import { readConfig } from "../../src/config.ts";
import { openTestDatabase } from "../support/database.ts";
import { makeBook } from "../support/made-zip.ts";
import { putSmallRegister } from "../store/helpers/coverage.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  await putSmallRegister(opened.db);
});
afterAll(() => opened.close());

const SHEET = {
  name: "S",
  xml: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
};
const withPart = (name: string) => makeBook({ sheets: [SHEET], more: [{ name, content: "<x/>" }] });
const withSheet = (xml: string) => makeBook({ sheets: [{ name: "S", xml }] });
const cells = (row: string, times: number) => `<sheetData>${row.repeat(times)}</sheetData>`;
const report = () =>
  writeXlsx({
    sheets: [
      {
        name: "S",
        rows: [
          ["Mã xã", "Số hộ"],
          ["00004", 5],
        ],
      },
    ],
  });
const container = Buffer.concat([
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  Buffer.alloc(504),
  Buffer.from("EncryptedPackage\0", "utf16le"),
]);

const HOSTILE: readonly (readonly [
  what: string,
  name: string,
  bytes: () => Uint8Array | string | Promise<Uint8Array>,
])[] = [
  ["a zip bomb", "a.xlsx", () => withSheet(cells("<row><c><v>1</v></c></row>", 4_000_000))],
  ["macros", "a.xlsx", () => withPart("xl/vbaProject.bin")],
  ["links to other files", "a.xlsx", () => withPart("xl/externalLinks/externalLink1.xml")],
  ["a million columns", "a.csv", () => `${",".repeat(1_000_000)}1\n`],
  [
    "a column that no sheet has",
    "a.xlsx",
    () => withSheet(cells('<row><c r="ZZZ1"><v>1</v></c></row>', 1)),
  ],
  ["a password", "a.xlsx", () => container],
  ["its end missing", "a.xlsx", async () => (await report()).slice(0, -100)],
  ["a page of the web", "a.csv", () => "<!doctype html><html><body><table></table></body></html>"],
  ["a workbook's content", "a.csv", report],
  ["a text's content", "a.xlsx", () => "Mã xã;Số hộ\n00004;5\n"],
  ["nothing", "a.csv", () => ""],
];

async function run(name: string, bytes: Uint8Array | string) {
  const said: string[] = [];
  const code = await coverageImportCommand({
    db: opened.db,
    config: readConfig({}),
    args: { file: name, source: "province-01", asOf: "2025-09-30", basis: "reported", lang: "vi" },
    input: (async function* file() {
      yield Buffer.from(bytes);
    })(),
    output: {
      out: (line) => void said.push(line),
      err: (line) => void said.push(line),
      data: async () => undefined,
    },
    actor: "test",
    service: null,
  });
  return { code, said };
}

test.each(HOSTILE)(
  "a file with %s ends with 1 and one line, and is kept as refused without its content",
  async (_, name, bytes) => {
    const { code, said } = await run(name, await bytes());
    expect(code).toBe(1);
    const faults = said.filter((line) => line.startsWith(`${name}:`));
    expect(faults).toEqual([expect.stringMatching(/ V28 \S.*\.$/)]);
    expect(said.filter((line) => line.startsWith("Số dòng: 0 nhận, 0 chờ"))).toHaveLength(1);
    const submission = await opened.db
      .selectFrom("submission")
      .selectAll()
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    expect(submission).toMatchObject({ outcome: "refused", file_name: name });
    const left = await Promise.all(
      (["submission_piece", "coverage_figure", "held_row"] as const).map((table) =>
        opened.db.selectFrom(table).selectAll().execute(),
      ),
    );
    expect(left).toEqual([[], [], []]);
  },
);
