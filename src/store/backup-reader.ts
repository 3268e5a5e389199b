import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { UsageError } from "../domain/usage-error.ts";
import { type Footer, footer, type Header, header, rowLine, tableLine } from "./backup-format.ts";

/** Longer lines are none of ours: the largest rows hold some kilobytes. */
const MAX_LINE = 64 * 1024 * 1024;

/** A line between the first and the last one. */
export type BackupLine =
  | { readonly table: string }
  | { readonly row: readonly (string | null)[]; readonly chars: number };

/** Reads a backup from its first line to its last, in this order; throws UsageError for what is no whole backup. */
export class BackupReader {
  readonly #lines: AsyncGenerator<string>;
  readonly #digest = createHash("sha256");
  #footer: Footer | null = null;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#lines = readLines(source);
  }

  /** The first line. */
  async header(): Promise<Header> {
    const line = await this.#next();
    const read = line === null ? null : parseAs(header, line);
    if (line === null || !read) throw new UsageError("The file is not a backup of this service.");
    this.#digest.update(`${line}\n`);
    return read;
  }

  /** Names of tables and rows; ends after the last line was read and its digest agreed. */
  async *rows(): AsyncGenerator<BackupLine> {
    for (;;) {
      const line = await this.#next();
      if (line === null) throw broken("its end is missing");
      if (line.startsWith("{")) {
        const table = parseAs(tableLine, line);
        if (!table) return this.#end(line);
        this.#digest.update(`${line}\n`);
        yield table;
      } else {
        const row = parseAs(rowLine, line);
        if (!row) throw broken("a row cannot be read");
        this.#digest.update(`${line}\n`);
        yield { row, chars: line.length };
      }
    }
  }

  /** The last line; only after all rows were read. */
  footer(): Footer {
    if (!this.#footer) throw new Error("The end of the backup was not read yet");
    return this.#footer;
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.#lines.return(undefined);
  }

  #end(line: string): void {
    const end = parseAs(footer, line);
    if (!end) throw broken("a line cannot be read");
    if (end.sha256 !== this.#digest.digest("hex")) throw broken("its check sum differs");
    this.#footer = end;
  }

  async #next(): Promise<string | null> {
    const { value, done } = await this.#lines.next();
    return done ? null : value;
  }
}

async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const input = Readable.from(source);
  const gunzip = createGunzip();
  // A source that fails must end the reading side as well.
  input.on("error", (error) => gunzip.destroy(error));
  let rest = "";
  try {
    for await (const text of input.pipe(gunzip).setEncoding("utf8")) {
      const parts = (rest + String(text)).split("\n");
      rest = parts.pop() ?? "";
      if (rest.length > MAX_LINE) throw broken("a line is too long");
      yield* parts;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new UsageError("The backup is broken or cut off: it does not unpack.", { cause: error });
  } finally {
    input.destroy();
  }
}

/** The codes of node:zlib, e.g. Z_DATA_ERROR (no gzip, or damaged) and Z_BUF_ERROR (cut off). */
function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

function broken(why: string): UsageError {
  return new UsageError(`The backup is broken: ${why}.`);
}

function parseAs<Shape extends z.ZodType>(shape: Shape, line: string): z.infer<Shape> | null {
  try {
    const parsed = shape.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
