import { pipeline, Readable } from "node:stream";
import { type Stringifier, stringify } from "csv-stringify";
import { withoutFormula } from "../domain/formula-guard.ts";

type Cell = string | number | boolean | null;

/**
 * Rows as CSV: RFC 4180 with CRLF, UTF-8 with a byte order mark (so that spreadsheets read Vietnamese), a header also
 * where there is no row, nulls empty. A nested value is the column `outer.inner`, a list is joined by `; `, an
 * instant is ISO 8601 in UTC. A text that a spreadsheet would run as a formula gets a quote before it. Reading pulls the
 * rows; an error in them breaks the stream.
 */
export function toCsv(
  columns: readonly string[],
  rows: AsyncIterable<object>,
): ReadableStream<Uint8Array> {
  const writer = stringify({ ...WRITTEN, header: true, columns: [...columns] });
  return written(Readable.from(toCells(columns, rows)), writer);
}

/** The same of rows of cells that have their header among them. */
export function rowsToCsv(rows: AsyncIterable<readonly Cell[]>): ReadableStream<Uint8Array> {
  return written(Readable.from(rows), stringify(WRITTEN));
}

const WRITTEN = {
  bom: true,
  record_delimiter: "windows",
  quote_record_delimiter: true,
  cast: { boolean: String, string: withoutFormula },
} as const;

function written(rows: Readable, writer: Stringifier): ReadableStream<Uint8Array> {
  // What breaks the source breaks the writer, whose reader is told: nothing is left to do with it here.
  const csv = pipeline(rows, writer, () => {});
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
  if (value instanceof Date) return [[path, value.toISOString()]];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      flatten(path === "" ? key : `${path}.${key}`, inner),
    );
  }
  return [[path, (value ?? null) as Cell]];
}
