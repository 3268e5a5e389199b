import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv } from "../../src/reports/csv.ts";

async function* each<Row>(rows: readonly Row[]) {
  yield* rows;
}

const bytesOf = async (columns: readonly string[], rows: readonly object[]) =>
  Buffer.from(await new Response(toCsv(columns, each(rows))).arrayBuffer());
const textOf = async (columns: readonly string[], rows: readonly object[]) =>
  (await bytesOf(columns, rows)).toString();

test("a table begins with a byte order mark and ends its lines with CRLF", async () => {
  const bytes = await bytesOf(["a", "b"], [{ a: 1, b: "Hà Nội" }]);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.subarray(3).toString()).toBe("a,b\r\n1,Hà Nội\r\n");
});

test("a table without rows still has its header", async () => {
  expect(await textOf(["id", "name"], [])).toBe("\uFEFFid,name\r\n");
});

test("commas, quotes and line ends are quoted as RFC 4180 wants", async () => {
  const rows = [{ a: 'say "hi", ok' }, { a: "two\r\nlines" }, { a: "two\nlines" }];
  expect(await textOf(["a"], rows)).toBe(
    '\uFEFFa\r\n"say ""hi"", ok"\r\n"two\r\nlines"\r\n"two\nlines"\r\n',
  );
});

test.each([
  "=1+1",
  "+1",
  "-cmd",
  "@SUM(A1)",
  "＝1+1",
  "－1",
  "\tx",
  "\rx",
  "\nx",
  "  =1+1",
  "\u00a0@x",
])("the text %j cannot become a formula", async (text) => {
  const [, cell] = parse(await bytesOf(["a"], [{ a: text }]), { bom: true }).flat();
  expect(cell).toBe(`'${text}`);
});

test("numbers keep their sign, truth values and nulls their meaning", async () => {
  const rows = [{ n: -1.5, t: true, f: false, nothing: null }];
  expect(await textOf(["n", "t", "f", "nothing"], rows)).toBe(
    "\uFEFFn,t,f,nothing\r\n-1.5,true,false,\r\n",
  );
});

test("instants are told in UTC", async () => {
  const rows = [{ at: new Date("2026-11-22T10:00:00Z"), of: { at: new Date(0) } }];
  expect(await textOf(["at", "of.at"], rows)).toBe(
    "\uFEFFat,of.at\r\n2026-11-22T10:00:00.000Z,1970-01-01T00:00:00.000Z\r\n",
  );
});

test("nested values are columns by their path, lists are joined", async () => {
  const rows = [
    { agency: { id: "a" }, names: ["x", "y"] },
    { agency: null, names: [] },
  ];
  expect(await textOf(["agency.id", "names"], rows)).toBe(
    "\uFEFFagency.id,names\r\na,x; y\r\n,\r\n",
  );
});

test("any text can be read back", async () => {
  const text = fc
    .string({ unit: "grapheme" })
    .filter((cell) => !/^(?:['\t\r\n]|\s*[=+\-@＝＋－＠])/u.test(cell));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ a: text, b: text }), { minLength: 1 }), async (rows) => {
      const read = parse(await bytesOf(["a", "b"], rows), { bom: true, columns: true });
      expect(read).toEqual(rows);
    }),
  );
});

test("rows are read no faster than the table is", async () => {
  let made = 0;
  async function* endless() {
    for (;;) yield { a: (made += 1) };
  }
  const reader = toCsv(["a"], endless()).getReader();
  await reader.read();
  expect(made).toBeLessThan(1000);
  await reader.cancel();
});

async function* failing() {
  yield { a: 1 };
  throw new Error("database lost");
}

test("an error in the rows breaks the table instead of ending it", async () => {
  await expect(new Response(toCsv(["a"], failing())).text()).rejects.toThrow("database lost");
});
