import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { familyHeader, type MetricFamily } from "./exposition.ts";

/** All lines of one object, rendered once: the lines of family `i` end at byte `ends[i]`. Never changed. */
export interface Block {
  readonly bytes: Buffer;
  readonly ends: readonly number[];
}

/** Joins an object's lines, one text per metric family, into a block. */
export function makeBlock(texts: readonly string[]): Block {
  let end = 0;
  const ends = texts.map((text) => (end += Buffer.byteLength(text)));
  return { bytes: Buffer.from(texts.join("")), ends };
}

/** Metric families and, by the place of a family among them, all lines of it in pieces; none of it changes. */
export interface LineGroup {
  readonly families: readonly MetricFamily[];
  readonly lines: (family: number) => readonly Uint8Array[];
}

/** The lines of some objects. */
export function linesOf(families: readonly MetricFamily[], blocks: readonly Block[]): LineGroup {
  return {
    families,
    lines: (family) =>
      blocks.map(({ bytes, ends }) => bytes.subarray(ends[family - 1] ?? 0, ends[family] ?? 0)),
  };
}

/** Large enough that a scrape is few writes, small enough that copying one takes well under a millisecond. */
const CHUNK_BYTES = 128 * 1024;

/**
 * The exposition text of the groups in chunks of about 128 KiB, each made when the reader wants it,
 * with a turn of the event loop before it.
 */
export async function* chunksOf(groups: readonly LineGroup[]): AsyncGenerator<Uint8Array> {
  for (const chunk of copyChunks(groups)) {
    await yieldToEventLoop();
    yield chunk;
  }
}

/** Copies metric family by metric family; nothing is formatted here. */
function* copyChunks(groups: readonly LineGroup[]): Generator<Uint8Array> {
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  for (const piece of pieces(groups)) {
    let from = 0;
    while (from < piece.length) {
      const part = piece.subarray(from, from + CHUNK_BYTES - used);
      chunk.set(part, used);
      from += part.length;
      used += part.length;
      if (used === CHUNK_BYTES) {
        yield chunk;
        chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
        used = 0;
      }
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}

function* pieces(groups: readonly LineGroup[]): Generator<Uint8Array> {
  for (const { families, lines } of groups) {
    for (const [index, family] of families.entries()) {
      yield Buffer.from(familyHeader(family));
      yield* lines(index);
    }
  }
}
