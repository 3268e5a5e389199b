import type { Day } from "../../domain/calendar.ts";
import type { ContentChunk } from "../../store/release-content.ts";
import type { Page, PageRequest } from "../page.ts";

/**
 * A place in something frozen: the indicator and day that the last row shown was of, and how many of their rows have
 * been shown. What is frozen does not shift, so counting is exact.
 */
export type ChunkPosition = readonly [indicator: string, asOf: Day, shown: number];

/** Which of a chunk's rows are wanted. */
export interface ChunkPart {
  readonly limit: number;
  readonly offset: number;
}

/** Reads one page of a list whose chunks are known. */
export type ReadChunkPage<Row> = (
  page: PageRequest<ChunkPosition>,
) => Promise<Page<Row, ChunkPosition>>;

/** Rows of chunks one after the other: `read` is asked for a part of one chunk at a time, in the order of the chunks. */
export async function pageOfChunks<Chunk extends ContentChunk, Row>(
  chunks: readonly Chunk[],
  { limit, after }: PageRequest<ChunkPosition>,
  read: (chunk: Chunk, part: ChunkPart) => Promise<Row[]>,
): Promise<Page<Row, ChunkPosition>> {
  const rows: Row[] = [];
  let last: ChunkPosition | null = null;
  const begin = after === null ? 0 : firstFrom(chunks, after);
  for (const chunk of chunks.slice(begin)) {
    const resumed = after !== null && isOf(chunk, after);
    const offset = resumed ? after[2] : 0;
    const found = await read(chunk, { limit: limit + 1 - rows.length, offset });
    const taken = found.slice(0, limit - rows.length);
    rows.push(...taken);
    if (taken.length > 0) last = [chunk.indicator, chunk.asOf, offset + taken.length];
    if (found.length > taken.length) return { rows, next: last };
  }
  return { rows, next: null };
}

function isOf({ indicator, asOf }: ContentChunk, position: ChunkPosition): boolean {
  return indicator === position[0] && asOf === position[1];
}

/** A position of another list names no chunk of this one: there is nothing after it. */
function firstFrom(chunks: readonly ContentChunk[], position: ChunkPosition): number {
  const index = chunks.findIndex((chunk) => isOf(chunk, position));
  return index === -1 ? chunks.length : index;
}
