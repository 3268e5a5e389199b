import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { readRows } from "../../../seeds/seed-rows.ts";
import { VNI_LETTERS } from "../../../src/coverage/read/text/vni.ts";
import { encodeWindows1258 } from "../../support/province-files.ts";
import { codeOf, opened, refusal, refusalFault, rowsOf } from "./open.ts";

const communes = await readRows("communes.csv");
/** Names in the spelling of Vietnamese; those of other peoples' languages are in the test of real files. */
const names = communes.map((row) => row["full_name_vi"] ?? "");

const toVni = new Map([...VNI_LETTERS].toReversed().map(([vni, letter]) => [letter, vni]));

const ENCODERS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "utf-8": (text) => Buffer.from(text),
  "utf-16le": (text) => Buffer.from(text, "utf16le"),
  "utf-16be": (text) => Buffer.from(text, "utf16le").swap16(),
  "windows-1258": encodeWindows1258,
  tcvn3: (text) => iconv.encode(text, "tcvn"),
  vni: (text) =>
    iconv.encode(
      Array.from(text, (letter) => toVni.get(letter) ?? letter).join(""),
      "windows-1252",
    ),
};

const MARKS: Readonly<Record<string, readonly number[]>> = {
  "utf-8": [0xef, 0xbb, 0xbf],
  "utf-16le": [0xff, 0xfe],
  "utf-16be": [0xfe, 0xff],
};

function table(some: readonly string[]): string {
  const lines = some.map((name, at) => `${at + 1};${name};${1000 + at}`);
  return ["STT;Tên xã/phường;Tổng số hộ gia đình", ...lines].join("\r\n");
}

describe("the encoding of a text file", () => {
  test.each(Object.keys(ENCODERS))("is detected and decoded exactly: %s", async (encoding) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...names), { minLength: 3, maxLength: 30 }),
        async (some) => {
          const file = await opened("a.csv", ENCODERS[encoding]?.(table(some)) ?? "");
          expect(file.encoding?.name).toBe(encoding);
          expect((await rowsOf(file)).slice(1).map(({ cells }) => cells[1])).toEqual(some);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each(Object.keys(MARKS))("is told by its byte order mark: %s", async (encoding) => {
    const bytes = Buffer.concat([
      Buffer.from(MARKS[encoding] ?? []),
      ENCODERS[encoding]?.("Mã,Số\n1,2") ?? Buffer.alloc(0),
    ]);
    const file = await opened("a.csv", bytes);
    expect(file.encoding).toMatchObject({ name: encoding, guessed: false });
    expect((await rowsOf(file))[0]?.cells).toEqual(["Mã", "Số"]);
  });

  test("is warned of with a sample where it was guessed, and not where it is certain", async () => {
    const guessed = await opened("a.csv", encodeWindows1258(table(names.slice(0, 5))));
    expect(guessed.faults.map(codeOf)).toEqual(["V15.guessed_encoding"]);
    expect(guessed.faults[0]?.detail["sample"]).toContain("Tên xã/phường");
    expect((await opened("a.csv", table(names.slice(0, 5)))).faults).toEqual([]);
  });

  test("has tones joined to their letters (NFC) and capitals of TCVN3 and VNI", async () => {
    const file = await opened("a.csv", encodeWindows1258("Xã Cẩm Mỹ;Phường Bến Nghé;Hồ Đắc Kiện"));
    expect((await rowsOf(file))[0]?.cells[0]).toBe("Xã Cẩm Mỹ".normalize("NFC"));
    const vni = ENCODERS["vni"]?.("ĐỒNG NAI;BẾN NGHÉ;Đắk Lắk;ỨNG HÒA") ?? "";
    expect((await rowsOf(await opened("a.csv", vni)))[0]?.cells).toEqual([
      "ĐỒNG NAI",
      "BẾN NGHÉ",
      "Đắk Lắk",
      "ỨNG HÒA",
    ]);
  });

  test("is found in a whole province whose names are of other languages too", async () => {
    const dakLak = communes.filter((row) => row["province_code"] === "66");
    for (const [encoding, encode] of Object.entries(ENCODERS)) {
      const text = table(dakLak.map((row) => (row["full_name_vi"] ?? "").replaceAll("’", "'")));
      expect((await opened("a.csv", encode(text))).encoding?.name).toBe(encoding);
    }
  });

  test("makes the file refused where nothing tells it", async () => {
    const fault = await refusalFault("a.csv", Buffer.from([0x41, 0xff, 0xb5, 0x2c, 0xc0, 0x0a]));
    expect(codeOf(fault)).toBe("V15.undecidable");
    expect(fault.detail["readings"]).toHaveLength(3);
  });

  test("makes UTF-8 with damaged places refused, not read as something else", async () => {
    const bytes = Buffer.from(table(names.slice(0, 40)));
    expect(await refusal("a.csv", Buffer.concat([bytes, Buffer.from([0xe1, 0xbb])]))).toBe(
      "V15.broken_utf8",
    );
  });

  test("makes half a UTF-16 file refused", async () => {
    const bytes = Buffer.from(`\ufeff${table(names.slice(0, 9))}`, "utf16le");
    expect(await refusal("a.csv", bytes.subarray(0, bytes.length - 1))).toBe("V15.broken_utf16");
  });
});

describe("garbled letters", () => {
  const text = table(names.slice(0, 20));

  test.each(["windows-1252", "windows-1258", "latin1"])(
    "refuse UTF-8 that was read as %s, and show what it was",
    async (encoding) => {
      const fault = await refusalFault("a.csv", iconv.decode(Buffer.from(text), encoding));
      expect(codeOf(fault)).toBe("V15.mojibake");
      expect(fault.detail["sample"]).toMatch(/Ã|áº|á»/);
    },
  );

  test.each(["tcvn3", "vni"])("refuse %s text inside of a Unicode file", async (encoding) => {
    const fault = await refusalFault(
      "a.csv",
      iconv.decode(Buffer.from(ENCODERS[encoding]?.(text) ?? ""), "windows-1252"),
    );
    expect(codeOf(fault)).toBe("V15.legacy_font");
    expect(fault.detail["font"]).toBe(encoding === "tcvn3" ? "TCVN3" : "VNI");
    expect(fault.detail["meant"]).toContain("Phường");
  });

  test("refuse a file whose accented letters became question marks", async () => {
    const lost = iconv.encode(text, "latin1");
    expect(await refusal("a.csv", iconv.decode(lost, "latin1"))).toBe("V15.letters_lost");
    expect(await refusal("a.csv", "T?nh;X?\nB?c Giang;Ph??ng M?\nH?i Phòng;Qu?n")).toBe(
      "V15.letters_lost",
    );
  });

  test("are not seen in proper Vietnamese, in English, French or in numbers alone", async () => {
    const french = "Café;Élève;Garçon;Noël\n1;2;3;4";
    for (const fine of [text, french, "name;value\nWhy?;1", "1;2\n3;4", names.join("\n")]) {
      expect((await opened("a.csv", fine)).faults).toEqual([]);
    }
  });
});
