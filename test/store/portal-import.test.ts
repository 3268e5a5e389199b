import fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { putUnits } from "../../src/store/admin-units.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { parseTable } from "../../src/store/import-text.ts";
import { importPortals } from "../../src/store/portal-import.ts";
import { retirePortal } from "../../src/store/portals.ts";
import { openTestDatabase } from "../support/database.ts";
import { HANOI } from "./helpers/units.ts";
import { emptyTables } from "./helpers/tables.ts";

const ACTOR = { keyId: null, name: "importer" };
const COLUMNS =
  "id,url,host,name_vi,name_en,kind,owner_type,owner_code,owner_name_vi,status,source";
const HANOI_ROW =
  "hanoi,https://hanoi.gov.vn/,hanoi.gov.vn,Cổng Hà Nội,Hanoi,portal,province,01,Thành phố Hà Nội,current,list";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await putUnits(db, [HANOI], "2025-07-01");
});

const load = (source: string | AsyncIterable<Uint8Array>) =>
  importPortals({ db, actor: ACTOR }, source);
const loadRows = (...rows: string[]) => load([COLUMNS, ...rows].join("\n"));

/** The row of Hà Nội with cells changed. */
function row(change: Record<string, string>): string {
  const cells = HANOI_ROW.split(",");
  return stringify([
    COLUMNS.split(",").map((column, index) => change[column] ?? cells[index]),
  ]).trim();
}

function slugs(): Promise<{ slug: string; lifecycle: string }[]> {
  return db.selectFrom("portal").select(["slug", "lifecycle"]).orderBy("slug").execute();
}

test("good rows are stored with their agency, and again is no change", async () => {
  const rows = [
    HANOI_ROW,
    row({ id: "old", url: "https://old.vn/", host: "", status: "legacy", owner_name_vi: "Tên cũ" }),
  ];
  expect(await loadRows(...rows)).toEqual({ accepted: 2, refused: 0, unchanged: 0, faults: [] });
  expect(await slugs()).toEqual([
    { slug: "hanoi", lifecycle: "active" },
    { slug: "old", lifecycle: "retired" },
  ]);
  const agency = await db.selectFrom("agency").selectAll().executeTakeFirstOrThrow();
  expect(agency).toMatchObject({ slug: "province-01", name_vi: "Thành phố Hà Nội" });
  expect(await loadRows(...rows)).toEqual({ accepted: 0, refused: 0, unchanged: 2, faults: [] });
});

test("an agency is called what its current portals call it, whatever the order", async () => {
  await loadRows(
    row({ status: "legacy", owner_name_vi: "Tên cũ" }),
    row({ id: "new", url: "https://new.vn/", host: "" }),
  );
  const agency = await db.selectFrom("agency").select("name_vi").executeTakeFirstOrThrow();
  expect(agency.name_vi).toBe("Thành phố Hà Nội");
});

test("each bad cell is told with line, column, value and reason; good rows beside it are stored", async () => {
  const done = await loadRows(
    row({ url: "https://user:secret@hanoi.gov.vn/", kind: "website" }),
    row({ id: "Two Words", status: "" }),
    row({ host: "other.vn" }),
    row({ owner_code: "99" }),
    "too,few,cells",
    HANOI_ROW,
  );
  expect(done).toMatchObject({ accepted: 1, refused: 5, unchanged: 0 });
  expect(done.faults.map(({ line, column }) => [line, column])).toEqual([
    [2, "url"],
    [2, "kind"],
    [3, "id"],
    [3, "status"],
    [4, "host"],
    [5, "owner_code"],
    [6, ""],
  ]);
  expect(done.faults[0]).toEqual({
    line: 2,
    column: "url",
    value: "https://user:secret@hanoi.gov.vn/",
    reason: "a URL with user or password is refused",
  });
  expect(done.faults[6]?.reason).toBe("3 cells instead of 11");
});

test("a URL twice is refused: in the file, in another form, and against what is registered", async () => {
  const done = await loadRows(
    HANOI_ROW,
    row({ id: "twin", url: "HTTPS://HANOI.gov.vn:443" }),
    row({ id: "hanoi", url: "https://x.vn/", host: "" }),
  );
  expect(done).toMatchObject({ accepted: 1, refused: 2 });
  expect(done.faults).toMatchObject([
    { line: 3, column: "url", reason: "is on line 2 already" },
    { line: 4, column: "id", reason: "is on line 2 already" },
  ]);
  const again = await loadRows(row({ id: "twin" }));
  expect(again.faults).toMatchObject([
    { line: 2, column: "url", reason: "is registered already, as hanoi" },
  ]);
});

test("an import changes nothing that is registered", async () => {
  await loadRows(HANOI_ROW);
  await retirePortal({ db, actor: ACTOR }, "hanoi");
  const done = await loadRows(HANOI_ROW);
  expect(done.faults).toMatchObject([{ line: 2, column: "status", value: "active" }]);
  expect(await slugs()).toEqual([{ slug: "hanoi", lifecycle: "retired" }]);
});

test("columns may come in any order, with a byte order mark, CRLF, and without the optional ones", async () => {
  const text = [
    "\u{FEFF}status,owner_name_vi,owner_code,owner_type,kind,name_vi,url",
    'current,"Bộ\r\nThử",bo-thu,ministry,agency,"Cổng ""một""",https://một.gov.vn',
    "",
    "current,Bộ Thử,bo-thu,ministry,agency,Cổng hai,https://hai.gov.vn/#x",
  ].join("\r\n");
  const done = await load(pieces(Buffer.from(text), 7));
  expect(done).toMatchObject({ accepted: 1, refused: 1, faults: [{ line: 5, column: "url" }] });
  const portal = await db.selectFrom("portal").selectAll().executeTakeFirstOrThrow();
  expect(portal).toMatchObject({
    slug: "xn-mt-79s-gov-vn",
    url: "https://xn--mt-79s.gov.vn/",
    name_vi: 'Cổng "một"',
  });
});

test.each([
  ["an unknown column", `${COLUMNS},colour\n`, { line: 1, column: "colour" }],
  ["a missing column", "id,url\n", { line: 1, column: "name_vi" }],
  ["a column twice", `${COLUMNS},url\n`, { line: 1, column: "url" }],
  ["no header at all", "", { line: 1 }],
  [
    "a quote that never ends",
    `${COLUMNS}\n${HANOI_ROW}\nx,"y\n`,
    { line: 3, reason: "not CSV: CSV_QUOTE_NOT_CLOSED" },
  ],
])("a file with %s is refused as a whole", async (_, text, fault) => {
  const done = await load(text);
  expect(done).toMatchObject({ accepted: 0, refused: 1 });
  expect(done.faults).toContainEqual(expect.objectContaining(fault));
  expect(await slugs()).toEqual([]);
});

test("a file that is not UTF-8 is refused as a whole", async () => {
  const done = await load(pieces(Buffer.from(`${COLUMNS}\nC\xf4ng`, "latin1"), 100));
  expect(done.faults).toEqual([
    { line: 1, column: "", value: "", reason: "the file is not UTF-8 text" },
  ]);
});

test("a header of a hundred thousand columns is refused in one line, at once", async () => {
  const done = await load(`${"x,".repeat(99_999)}x\n`);
  expect(done.faults).toEqual([
    { line: 1, column: "", value: "", reason: "100000 columns; at most 100 are read" },
  ]);
});

test("a file with a NUL character is refused as a whole, naming its line", async () => {
  const done = await load(pieces(Buffer.from(`${COLUMNS}\nC\0ng`), 100));
  expect(done.faults).toEqual([
    { line: 2, column: "", value: "", reason: "the file holds a NUL character" },
  ]);
});

test("an import is in the audit log, portal by portal", async () => {
  await loadRows(HANOI_ROW);
  expect(await listAudit(db, { limit: 5 })).toMatchObject([
    {
      action: "import",
      actor: "importer",
      objectType: "portal",
      objectId: "hanoi",
      after: { url: "https://hanoi.gov.vn/" },
    },
  ]);
});

test("whatever stands in cells comes out of the parser on the line where it began", () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "ạ", '"', ",", "\n", " x", ";"),
    minLength: 1,
    maxLength: 6,
  });
  const table = fc.array(fc.tuple(cell, cell), { maxLength: 8 });
  fc.assert(
    fc.property(
      table,
      fc.constantFrom("\n" as const, "\r\n" as const),
      fc.boolean(),
      (rows, end, bom) => {
        const text = stringify([["one", "two"], ...rows], {
          record_delimiter: end === "\n" ? "unix" : "windows",
          bom,
          quoted: true,
        });
        const parsed = parseTable(text, { required: ["two", "one"], optional: [] });
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
        let line = 2;
        const expected = rows.map(([one, two]) => {
          const at = line;
          line += 1 + `${one}${two}`.split("\n").length - 1;
          return { line: at, cells: [one.trim(), two.trim()] };
        });
        const read = parsed.value.rows.map((each) => ({
          line: each.line,
          cells: [each.cells.get("one"), each.cells.get("two")],
        }));
        expect(read).toEqual(expected);
      },
    ),
  );
});

test("no text makes the parser throw", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", '"', ",", "\n", "\r", "\0", "\u{FEFF}", " "),
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, (noise) => {
      expect(parseTable(noise, { required: ["a"], optional: [] })).toHaveProperty("ok");
    }),
  );
});

async function* pieces(whole: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}
