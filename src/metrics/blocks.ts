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

/** Metric families and the objects that have lines of them. */
export interface BlockGroup {
  readonly families: readonly MetricFamily[];
  readonly blocks: readonly Block[];
}

/** Large enough that a scrape is few writes, small enough that copying one takes well under a millisecond. */
const CHUNK_BYTES = 128 * 1024;

/**
 * The exposition text of the groups in chunks of about 128 KiB, each made when the reader wants it,
 * with a turn of the event loop before it. Cancelling the stream ends the work.
 */
export function streamGroups(groups: readonly BlockGroup[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(breathe(copyChunks(groups)));
}

async function* breathe(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await yieldToEventLoop();
    yield chunk;
  }
}

/** Copies metric family by metric family; nothing is formatted here. */
function* copyChunks(groups: readonly BlockGroup[]): Generator<Uint8Array> {
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  for (const { bytes, start, end } of slices(groups)) {
    let from = start;
    while (from < end) {
      const copied = bytes.copy(chunk, used, from, end);
      from += copied;
      used += copied;
      if (used === CHUNK_BYTES) {
        yield chunk;
        chunk = Buffer.allocUnsafe(CHUNK_BYTES);
        used = 0;
      }
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}

function* slices(groups: readonly BlockGroup[]) {
  for (const { families, blocks } of groups) {
    for (const [index, family] of families.entries()) {
      const header = Buffer.from(familyHeader(family));
      yield { bytes: header, start: 0, end: header.length };
      for (const { bytes, ends } of blocks) {
        yield { bytes, start: index === 0 ? 0 : (ends[index - 1] ?? 0), end: ends[index] ?? 0 };
      }
    }
  }
}
