import { deflateRawSync, inflateRawSync } from "node:zlib";

/** So many items are pressed together: longer texts would lie about until all of the memory is cleaned up. */
const ITEMS_A_PIECE = 400;

/** So many pieces are given together: what is written in one statement. */
const PIECES_A_CHUNK = 5;

/** The fastest level: rows of one file are so alike that more effort saves little. */
const LEVEL = 1;

/** Very many items, kept small until they are needed: 600,000 figures as objects would take 150 MB. */
export interface Pile<Item> {
  readonly add: (item: Item) => void;
  readonly size: () => number;
  /** Chunks in the order of adding, each the text of a JSON array; may be asked for again. */
  readonly texts: () => Iterable<string>;
  /** The same, read again. */
  readonly chunks: () => Iterable<readonly Item[]>;
}

/** An empty pile for items that JSON can tell. */
export function createPile<Item>(): Pile<Item> {
  const pressed: Uint8Array[] = [];
  let loose: Item[] = [];
  let size = 0;
  const texts = function* () {
    for (let at = 0; at < pressed.length; at += PIECES_A_CHUNK) {
      yield together(pressed.slice(at, at + PIECES_A_CHUNK));
    }
    if (loose.length > 0) yield JSON.stringify(loose);
  };
  return {
    add(item) {
      loose.push(item);
      size += 1;
      if (loose.length < ITEMS_A_PIECE) return;
      // A copy: what comes back stands in a larger piece of memory, which it would hold.
      pressed.push(Uint8Array.from(deflateRawSync(JSON.stringify(loose), { level: LEVEL })));
      loose = [];
    },
    size: () => size,
    texts,
    *chunks() {
      for (const text of texts()) yield JSON.parse(text) as Item[];
    },
  };
}

/** The text of one array that has the items of all of these. */
function together(pieces: readonly Uint8Array[]): string {
  const texts = pieces.map((piece) => inflateRawSync(piece).toString("utf8").slice(1, -1));
  return `[${texts.join(",")}]`;
}
