import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { done, refused, type Result } from "../domain/result.ts";

/** One thing that is wrong in a file; `line` counts from 1, the header is line 1. */
export interface ImportFault {
  readonly line: number;
  /** The column's name, empty where the whole line or file is meant. */
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** One data row: the line on which it begins and its cells by column, trimmed. */
export interface ImportRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface ImportTable {
  readonly columns: readonly string[];
  readonly rows: readonly ImportRow[];
  /** Rows that do not fit the header. */
  readonly faults: readonly ImportFault[];
}

/** A list of every web service of a country has some ten thousand rows of a few hundred bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** No list of ours has a fifth of it; what is compared pairwise below must stay small. */
const MAX_COLUMNS = 100;

/** Longest value that a fault repeats. */
const MAX_VALUE = 200;

/** Names a fault; long values are cut. */
export function fault(line: number, column: string, value: string, reason: string): ImportFault {
  const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
  return { line, column, value: shown, reason };
}

/** Reads a whole file as UTF-8; a byte order mark and either kind of line end are fine. */
export async function readImport(
  source: string | AsyncIterable<Uint8Array>,
): Promise<Result<string, ImportFault>> {
  if (typeof source === "string") return storable(source);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES)
      return refused(fault(1, "", "", `the file is larger than ${MAX_BYTES} bytes`));
    chunks.push(chunk);
  }
  const all = Buffer.concat(chunks);
  try {
    return storable(new TextDecoder("utf-8", { fatal: true }).decode(all));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refused(fault(1, "", "", "the file is not UTF-8 text"));
  }
}

/** PostgreSQL's text knows no NUL; a file with one is no text but something binary, or broken. */
function storable(text: string): Result<string, ImportFault> {
  const at = text.indexOf("\0");
  if (at === -1) return done(text);
  const line = text.slice(0, at).split("\n").length;
  return refused(fault(line, "", "", "the file holds a NUL character"));
}

/** Takes CSV text (RFC 4180) apart; the header's columns may come in any order. */
export function parseTable(
  text: string,
  known: { readonly required: readonly string[]; readonly optional: readonly string[] },
): Result<ImportTable, readonly ImportFault[]> {
  const records = parseRecords(text);
  if (!records.ok) return refused([records.problem]);
  const [header, ...body] = records.value;
  const columns = (header?.cells ?? []).map((name) => name.trim());
  const wrong = headerFaults(columns, known);
  if (wrong.length > 0) return refused(wrong);
  const fits = body.filter(({ cells }) => cells.length === columns.length);
  const faults = body.flatMap(({ line, cells }) =>
    cells.length === columns.length
      ? []
      : [fault(line, "", cells.join(","), `${cells.length} cells instead of ${columns.length}`)],
  );
  const rows = fits.map(({ line, cells }) => ({
    line,
    cells: new Map(columns.map((column, index) => [column, (cells[index] ?? "").trim()])),
  }));
  return done({ columns, rows, faults });
}

function headerFaults(
  columns: readonly string[],
  { required, optional }: { required: readonly string[]; optional: readonly string[] },
): ImportFault[] {
  const known = [...required, ...optional];
  if (columns.length > MAX_COLUMNS) {
    return [fault(1, "", "", `${columns.length} columns; at most ${MAX_COLUMNS} are read`)];
  }
  const missing = required.filter((column) => !columns.includes(column));
  return [
    ...columns
      .filter((column) => !known.includes(column))
      .map((column) => fault(1, column, column, `unknown column; known are ${known.join(", ")}`)),
    ...columns
      .filter((column, index) => columns.indexOf(column) < index)
      .map((column) => fault(1, column, column, "the column is there twice")),
    ...missing.map((column) => fault(1, column, "", "the column is missing")),
  ];
}

interface Record {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRecords(text: string): Result<Record[], ImportFault> {
  try {
    // The parser counts CRLF within quotes twice; lines are counted right with LF alone.
    const records = parse(text.replaceAll(/\r\n?/g, "\n"), {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return done(
      records.map(({ record, info }) => ({
        line: info.lines - newlines(record),
        cells: record,
      })),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] : 1;
    return refused(fault(line, "", "", `not CSV: ${error.code}`));
  }
}

function newlines(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
}
