import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { withoutFormula } from "./formula-guard.ts";

type Cell = string | number | boolean | null;

/**
 * Rows as CSV: RFC 4180 with CRLF, UTF-8 with a byte order mark (so that spreadsheets read Vietnamese), a header also
 * where there is no row, nulls empty. A nested value is the column `outer.inner`, a list is joined by `; `. A text that
 * a spreadsheet would run as a formula gets a quote before it. Reading pulls the rows; an error in them breaks the stream.
 */
export function toCsv(
  columns: readonly string[],
  rows: AsyncIterable<object>,
): ReadableStream<Uint8Array> {
  const writer = stringify({
    bom: true,
    header: true,
    columns: [...columns],
    record_delimiter: "windows",
    quote_record_delimiter: true,
    cast: { boolean: String, string: withoutFormula },
  });
  // What breaks the source breaks the writer, whose reader is told: nothing is left to do with it here.
  const csv = pipeline(Readable.from(toCells(columns, rows)), writer, () => {});
  return Readable.toWeb(csv) as ReadableStream<Uint8Array>;
}

async function* toCells(columns: readonly string[], rows: AsyncIterable<object>) {
  for await (const row of rows) {
    const cells = new Map(flatten("", row));
    yield columns.map((column) => cells.get(column) ?? null);
  }
}

function flatten(path: string, value: unknown): [string, Cell][] {
  if (Array.isArray(value)) return [[path, value.map(String).join("; ")]];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      flatten(path === "" ? key : `${path}.${key}`, inner),
    );
  }
  return [[path, (value ?? null) as Cell]];
}
