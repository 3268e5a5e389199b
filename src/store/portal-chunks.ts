import type { PortalRange } from "./rollup-spans.ts";

/** Portals that are worked on in one statement: some 6,000 runs an hour, a tenth of a second on the embedded database. */
const CHUNK_PORTALS = 50;
/** Every chunk reads the whole hour's index, so there are not many of them. */
const MAX_CHUNKS = 10;

/** Some portals, and the range of numbers that they are all of. */
export interface PortalChunk<Portal> {
  readonly range: PortalRange;
  readonly portals: readonly Portal[];
}

/**
 * Portals, which are in the order of their numbers, in a few chunks, so that no statement holds the embedded database, and
 * this thread, for long.
 */
export function portalChunks<Portal extends { readonly id: number }>(
  portals: readonly Portal[],
): PortalChunk<Portal>[] {
  const size = Math.max(CHUNK_PORTALS, Math.ceil(portals.length / MAX_CHUNKS));
  return Array.from({ length: Math.ceil(portals.length / size) }, (_, index) => {
    const chunk = portals.slice(index * size, (index + 1) * size);
    const range = { first: chunk[0]?.id ?? 0, last: chunk.at(-1)?.id ?? 0 };
    return { range, portals: chunk };
  });
}
