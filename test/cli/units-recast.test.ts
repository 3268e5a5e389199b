import { readXlsx, writeXlsx } from "hucre/xlsx";
import { beforeAll, expect, test } from "vitest";
import type { CommandContext } from "../../src/commands/command.ts";
import { unitsRecast, unitsRecastCommand } from "../../src/commands/units-recast.ts";
import { readConfig } from "../../src/config.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import type { UnitBook } from "../../src/domain/units/unit.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { seedUnitBook } from "../support/seed-units.ts";

const NOW = Date.parse("2026-11-22T05:00:00Z");

let book: UnitBook;
beforeAll(async () => {
  book = await seedUnitBook();
});

/** Runs the command inside this process, with a database as a running service would. */
async function run(
  content: string | Uint8Array,
  args: CommandContext["args"] = {},
  file = "bảng.csv",
  db: Database | null = null,
) {
  const said = { out: "", err: "", bytes: [] as Uint8Array[] };
  const context: Omit<CommandContext, "db"> = {
    config: readConfig({}),
    args: { file, ...args },
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
  };
  const code = db
    ? await unitsRecastCommand({ ...context, db })
    : await unitsRecast(context, book, NOW);
  return { code, ...said, bytes: Buffer.concat(said.bytes) };
}

/** Lines without the byte order mark. */
const lines = (text: string) =>
  text
    .replace(/^\uFEFF/, "")
    .trim()
    .split("\r\n");

const TABLE = [
  "STT,Mã xã,Tên xã,Số trường",
  "1,00004,Phường Trúc Bạch,3",
  "2,00022,P. Đội Cấn,2",
  '3,00037,"Phường \nPhúc Tân",1',
  "4,99999,Xã Không Có,5",
  "5,00008,Phường Cống Vị,7",
  ",,Tổng cộng,18",
].join("\n");

test("each row gets its present unit, a divided one a row for each part, an unknown one the reason", async () => {
  const done = await run(TABLE);
  expect(lines(done.out)).toEqual([
    "STT,Mã xã,Tên xã,Số trường,new_code,new_name,new_province_code,new_province_name,recast,share,reason",
    "1,00004,Phường Trúc Bạch,3,00004,Phường Ba Đình,01,Thành phố Hà Nội,exact,,merged_whole",
    "2,00022,P. Đội Cấn,2,00004,Phường Ba Đình,01,Thành phố Hà Nội,split,,divided",
    "2,00022,P. Đội Cấn,2,00008,Phường Ngọc Hà,01,Thành phố Hà Nội,split,,divided",
    expect.stringMatching(/^3,00037,"Phường \nPhúc Tân",1,.*exact,,merged_whole$/),
    "4,99999,Xã Không Có,5,,,,,unknown,,unknown_code",
    "5,00008,Phường Cống Vị,7,,,,,unknown,,name_differs",
    ",,Tổng cộng,18,,,,,unknown,,no_code",
  ]);
  expect(done.code).toBe(1);
  expect(done.err).toContain("Taken for units of 2025-03-01 up to the day before 2025-07-01");
  expect(done.err).toContain('bảng.csv:5 "99999" Xã Không Có unknown_code');
  expect(done.err).toContain("2 exact, 1 split, 3 unknown.");
});

test("units come from the database, which needs nothing else", async () => {
  const opened = await openCoverageDatabase();
  const done = await run(TABLE, { from: "2025-06-30", to: "2026-11-22" }, "a.csv", opened.db);
  expect(done.out).toBe((await run(TABLE)).out);
  await opened.close();
});

test("recasting what was recast changes nothing", async () => {
  const once = await run(TABLE, { output: "a.csv" });
  const twice = await run(once.bytes, { output: "b.csv" });
  expect(twice.bytes.toString("utf8")).toBe(once.bytes.toString("utf8"));
  expect(twice.err).toContain("recast already");
});

test("a table of present units stays with its units", async () => {
  const done = await run("code,name\n00004,Ba Đình\n25270,Phường Lộc Ninh\n");
  expect(lines(done.out).slice(1)).toEqual([
    "00004,Ba Đình,00004,Phường Ba Đình,01,Thành phố Hà Nội,exact,,same_unit",
    "25270,Phường Lộc Ninh,25270,Phường Lộc Ninh,75,Thành phố Đồng Nai,exact,,same_unit",
  ]);
  expect(done.code).toBe(0);
  expect(done.err).toContain("Taken for units of 2026-09-20 on");
});

test("codes without names that stood for other units at other times need a day", async () => {
  const codes = "Mã ĐVHC\n00004\n00008\n";
  await expect(run(codes)).rejects.toThrow(/no names tell.*--from/);
  const done = await run(codes, { from: "2025-06-30" });
  expect(lines(done.out)[2]).toContain("00008,00008,Phường Ngọc Hà");
  expect(done.code).toBe(0);
});

test("provinces and districts are recast by codes of their own length", async () => {
  const provinces = await run("Mã tỉnh,Tỉnh,x\n15,Yên Bái,1\n24,Tỉnh Bắc Giang,2\n");
  expect(lines(provinces.out).slice(1)).toEqual([
    "15,Yên Bái,1,15,Tỉnh Lào Cai,,,exact,,merged_whole",
    "24,Tỉnh Bắc Giang,2,24,Thành phố Bắc Ninh,,,exact,,merged_whole",
  ]);
  const districts = await run("Mã huyện,Tên huyện\n755,Huyện Côn Đảo\n1,Quận Ba Đình\n");
  expect(lines(districts.out)[1]).toContain("26732,Đặc khu Côn Đảo,79");
  expect(
    lines(districts.out)
      .slice(2)
      .every((line) => line.includes("split")),
  ).toBe(true);
});

test("a column can be named, and the columns are told where none is found", async () => {
  const table = "Khóa,Nơi\n00004,Phường Trúc Bạch\n";
  await expect(run(table)).rejects.toThrow(UsageError);
  await expect(run(table)).rejects.toThrow(/--column; the columns are: Khóa, Nơi/);
  await expect(run(table, { column: "Mã" })).rejects.toThrow(/There is no column "Mã"/);
  const done = await run(table, { column: "khóa", from: "2025-06-30" });
  expect(lines(done.out)[1]).toContain("Phường Ba Đình");
});

test("spreadsheets come and go with all their sheets, titles and codes as numbers", async () => {
  const file = await writeXlsx({
    sheets: [
      {
        name: "Quận Ba Đình",
        rows: [["Danh sách trường"], ["Mã xã", "Tên xã"], [4, "Phường Trúc Bạch"]],
      },
      {
        name: "Quận Hoàn Kiếm",
        rows: [
          ["Mã xã", "Tên xã"],
          ["00037", "Phường Phúc Tân"],
        ],
      },
    ],
  });
  await expect(run(file, {}, "a.xlsx")).rejects.toThrow(/2 tables.*-o recast.xlsx/);
  const done = await run(file, { output: "b.xlsx" }, "a.xlsx");
  const { sheets } = await readXlsx(done.bytes);
  expect(sheets.map(({ name }) => name)).toEqual(["Quận Ba Đình", "Quận Hoàn Kiếm"]);
  expect(sheets[0]?.rows[2]).toEqual(
    expect.arrayContaining(["4", "Phường Trúc Bạch", "00004", "Phường Ba Đình", "exact"]),
  );
  const twice = await run(done.bytes, { output: "c.xlsx" }, "b.xlsx");
  const again = await readXlsx(twice.bytes);
  expect(again.sheets.map(({ rows }) => rows)).toEqual(sheets.map(({ rows }) => rows));
});

test("what is no table, and days in the wrong order, are refused in one line", async () => {
  await expect(run("<html><body>Không tìm thấy</body></html>")).rejects.toThrow(UsageError);
  await expect(run(TABLE, { from: "2026-01-01", to: "2025-06-30" })).rejects.toThrow(
    /--from 2026-01-01 is after --to 2025-06-30/,
  );
});
