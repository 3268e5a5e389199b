import fc from "fast-check";
import { writeOds } from "hucre/ods";
import { expect, test } from "vitest";
import { hasImportFaultText } from "../../../src/catalogue/import-faults/index.ts";
import { openTable } from "../../../src/coverage/read/index.ts";
import { makeBook } from "../../support/made-zip.ts";

const TEXTS =
  '<si><t>Mã xã</t></si><si><r><t xml:space="preserve">Tên </t></r><r><t>xã</t></r></si>';
const SHEET = `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>1.5</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`;

const files = {
  xlsx: makeBook({ sheets: [{ name: "S", xml: SHEET }], texts: TEXTS }),
  ods: await writeOds({
    sheets: [
      {
        name: "S",
        rows: [
          ["Mã xã", 1.5],
          [null, new Date(0)],
        ],
      },
    ],
  }),
  csv: Buffer.from('Mã;"Tên ""xã"""\n1,5;2\n'),
};

/** Opens a file and takes all its rows: it is handled if they can be taken, or it is refused with faults that have texts. */
async function handled(name: string, bytes: Uint8Array): Promise<boolean> {
  const result = await openTable({ name, bytes });
  if (!result.ok) {
    const rejected = result.problem.some(({ severity }) => severity === "reject_file");
    return rejected && result.problem.every(hasImportFaultText);
  }
  for (const sheet of result.value.sheets) for await (const row of sheet.rows()) void row;
  return true;
}

const damage = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), {
  minLength: 1,
  maxLength: 8,
});

test.each(["xlsx", "ods", "csv"] as const)(
  "a damaged %s is refused with a message or read, whatever the damage",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(), fc.nat(3), async (changes, cut, cutting) => {
        const bytes = Uint8Array.from(files[kind]);
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        const rest = cutting === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
        expect(await handled(`a.${kind}`, rest)).toBe(true);
      }),
      { numRuns: 100 },
    );
  },
);

test("a sheet of damaged XML is refused with a message or read", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(SHEET.length),
      fc.nat(30),
      fc.constantFrom(
        "",
        "<",
        ">",
        '"',
        "&",
        "<![CDATA[",
        "<!--",
        "&#x110000;",
        "</row>",
        "\ud800",
      ),
      async (at, gone, put) => {
        const xml = SHEET.slice(0, at) + put + SHEET.slice(at + gone);
        const bytes = makeBook({ sheets: [{ name: "S", xml }], texts: TEXTS });
        expect(await handled("a.xlsx", bytes)).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

test("any bytes at all are refused with a message or read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(await handled("a.csv", bytes)).toBe(true);
    }),
    { numRuns: 100 },
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
      expect(await handled("a.csv", Buffer.from(text))).toBe(true);
    }),
    { numRuns: 100 },
  );
});
