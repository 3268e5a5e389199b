import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { RawRow, RawValue } from "../../contract.ts";
import {
  FORMAT_COLUMNS,
  MAX_CELL_CHARACTERS,
  MAX_FILLED_COLUMNS,
  MAX_RECORD_BYTES,
  MAX_ROWS,
} from "../limits.ts";
import { unsafe } from "../refusal.ts";
import type { Delimiter } from "./delimiter.ts";
import { decodeText, type EncodingName } from "./encodings.ts";

/** A text file and how it is to be read. */
export interface TextTable {
  /** Without the byte order mark. */
  readonly bytes: Uint8Array;
  readonly encoding: EncodingName;
  readonly delimiter: Delimiter;
}

/** The rows of a text file that have anything in them, as they are asked for; quotes as in RFC 4180. */
export async function* textRows(table: TextTable): AsyncGenerator<RawRow> {
  const records = parse({
    delimiter: table.delimiter.character,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_BYTES,
    from: table.delimiter.named ? 2 : 1,
  });
  // What breaks the text breaks the parser, whose reader is told: nothing is left to do with it here.
  pipeline(Readable.from(boundedLines(table)), records, () => {});
  let number = 0;
  try {
    for await (const record of records) {
      number += 1;
      const cells = cellsOf(record as string[], number);
      if (cells.length > 0) yield { number, cells };
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw refusalOf(cause, number + 1);
    throw cause;
  }
}

/**
 * The text of a table. csv-parse bounds the characters of a record, but not how many empty cells separators alone make
 * of it: a line with more of them than a sheet has columns, and a cell has characters, is refused before it gets there.
 */
async function* boundedLines({ bytes, encoding, delimiter }: TextTable): AsyncGenerator<string> {
  let separators = 0;
  for await (const piece of decodeText(bytes, encoding)) {
    const first = piece.search(/[\r\n]/);
    separators += count(first < 0 ? piece : piece.slice(0, first), delimiter.character);
    if (separators > FORMAT_COLUMNS + MAX_CELL_CHARACTERS) {
      throw unsafe("too_many_columns", { limit: MAX_FILLED_COLUMNS });
    }
    if (first >= 0) {
      const last = Math.max(piece.lastIndexOf("\n"), piece.lastIndexOf("\r"));
      separators = count(piece.slice(last), delimiter.character);
    }
    yield piece;
  }
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

function cellsOf(record: readonly string[], row: number): RawValue[] {
  if (row > MAX_ROWS) throw unsafe("too_many_rows", { limit: MAX_ROWS }, { row });
  const filled = record.findLastIndex((cell) => cell !== "") + 1;
  if (record.length > FORMAT_COLUMNS || filled > MAX_FILLED_COLUMNS) {
    throw unsafe("too_many_columns", { limit: MAX_FILLED_COLUMNS }, { row });
  }
  return record.slice(0, filled).map((cell) => {
    if (cell.length > MAX_CELL_CHARACTERS) {
      throw unsafe("cell_too_long", { limit: MAX_CELL_CHARACTERS }, { row });
    }
    return cell === "" ? null : cell;
  });
}

function refusalOf(error: CsvError, row: number) {
  switch (error.code) {
    case "CSV_MAX_RECORD_SIZE":
      return unsafe("row_too_long", { mebibytes: MAX_RECORD_BYTES / 1024 / 1024 }, { row });
    default:
      return unsafe("quote_not_closed", {}, { row });
  }
}
