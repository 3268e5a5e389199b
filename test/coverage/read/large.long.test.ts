import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeXlsxStream } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { MAX_UPLOAD_BYTES } from "../../../src/coverage/read/index.ts";
import { bookParts, makeBook, makeZip } from "../../support/made-zip.ts";
import { runProgram } from "../../support/run-program.ts";
import { refusal } from "./open.ts";

const MIB = 1024 * 1024;

describe("a file at the edge of what is taken", () => {
  test("of more than 64 MiB is refused before it is looked at", async () => {
    expect(await refusal("a.csv", Buffer.alloc(MAX_UPLOAD_BYTES + 1, "1;2\n"))).toBe(
      "V28.too_large",
    );
  });

  test.each([
    ["row_too_long", "a".repeat(60 * MIB)],
    ["row_too_long", `"${"a\n".repeat(30 * MIB)}`],
    ["too_many_columns", ";".repeat(60 * MIB)],
    ["too_many_columns", `a;b\n1;2\n"x;${";".repeat(60 * MIB)}`],
    ["too_many_rows", "1\n".repeat(1_048_577)],
  ])("of one line, one quote, nothing but separators, too many rows: %s", async (code, text) => {
    expect(await refusal("a.csv", text)).toBe(`V28.${code}`);
  });

  test("of zero bytes, of quotes, of old letters alone is refused", async () => {
    expect(await refusal("a.csv", Buffer.alloc(60 * MIB))).toBe("V28.empty_file");
    expect(await refusal("a.csv", `${'"'.repeat(60 * MIB)}x`)).toMatch(/^V28\./);
    expect(await refusal("a.csv", Buffer.alloc(60 * MIB, 0xb5))).toBe("V15.undecidable");
  });

  test("whose sheet, texts or tags inflate to hundreds of megabytes is refused", async () => {
    const noise = Array.from({ length: 40_000 }, (_, at) => (at * 7919).toString(36)).join("");
    const texts = `<si><t>${noise.slice(0, 60)}</t></si>`.repeat(800_000);
    const sheet = { name: "S", xml: "<sheetData/>" };
    expect(await refusal("a.xlsx", makeBook({ sheets: [sheet], texts }))).toMatch(
      /^V28\.(?:zip_bomb|part_too_large)$/,
    );
    const many = "<si/>".repeat(1_048_577);
    const parts = bookParts({ sheets: [sheet], texts: many }).map((part) =>
      part.name.endsWith("sharedStrings.xml") ? { ...part, stored: true } : part,
    );
    expect(await refusal("a.xlsx", makeZip(parts))).toBe("V28.too_many_texts");
    const attributes = { name: "S", xml: `<sheetData a="${noise.repeat(40)}"/>` };
    expect(await refusal("a.xlsx", makeBook({ sheets: [attributes] }))).toBe("V28.broken_xml");
  });
});

test("reading lets other work of the process go on, many times a second", async () => {
  const line = "1;04;Tỉnh Cao Bằng;01273;Phường Thục Phán;2000;1200;60,5\n";
  let turns = 0;
  const watching = setInterval(() => {
    turns += 1;
  }, 1);
  await refusal("a.csv", line.repeat(300_000) + ",".repeat(3 * MIB));
  clearInterval(watching);
  expect(turns).toBeGreaterThan(50);
});

const ROWS = 200_000;
const HEADER = "STT,Mã tỉnh,Tỉnh,Mã xã,Tên xã,Kỳ,Số hộ,Phủ,Tỷ lệ,Dân số,4G,5G".split(",");

function* rows() {
  yield HEADER;
  for (let at = 0; at < ROWS; at += 1) {
    const code = String(at % 100_000).padStart(5, "0");
    const counts = [2000 + (at % 900), 1200 + (at % 700), 60.97, 8532 + at, 7764 + at, 3105 + at];
    yield [at + 1, "04", "Tỉnh Cao Bằng", code, `Xã Nùng Trí Cao ${at}`, "2026-06-30", ...counts];
  }
}

describe("200,000 rows of 12 columns", () => {
  const program = fileURLToPath(new URL("measure-reading.ts", import.meta.url));

  async function measured(file: string) {
    const { stdout } = await runProgram(process.execPath, [program, file]);
    console.log(file, stdout.trim());
    return JSON.parse(stdout) as { rows: number; mebibytes: number };
  }

  test.each(["csv", "xlsx"])(
    "are read in less than 150 MiB above idle: %s",
    async (format) => {
      const folder = await mkdtemp(join(tmpdir(), "hatangso-read-"));
      const file = join(folder, `a.${format}`);
      if (format === "csv") {
        await writeFile(file, [...rows()].map((row) => row.join(";")).join("\n"));
      } else {
        await writeFile(file, writeXlsxStream(rows(), { name: "S" }));
      }
      const { rows: read, mebibytes } = await measured(file);
      await rm(folder, { recursive: true });
      expect(read).toBe(ROWS + 1);
      expect(mebibytes).toBeLessThan(150);
    },
    120_000,
  );
});
