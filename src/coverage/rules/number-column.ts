/** Entries of a block, as a power of two. */
const BLOCK_BITS = 15;
const BLOCK = 2 ** BLOCK_BITS;
const WITHIN = BLOCK - 1;

/** Arrays of numbers that a column can be made of. */
type Numbers = Float64Array | Uint32Array | Uint8Array;

/** A growing list of numbers of one form; it grows by blocks, so that nothing is copied and little lies empty. */
export class NumberColumn {
  readonly #blocks: Numbers[] = [];
  readonly #make: new (length: number) => Numbers;

  constructor(make: new (length: number) => Numbers) {
    this.#make = make;
  }

  /** Sets the entry at a position; positions are set one after the other, from 0. */
  set(at: number, value: number): void {
    const block = (this.#blocks[at >>> BLOCK_BITS] ??= new this.#make(BLOCK));
    block[at & WITHIN] = value;
  }

  /** The entry at a position, 0 where nothing was set. */
  at(position: number): number {
    return this.#blocks[position >>> BLOCK_BITS]?.[position & WITHIN] ?? 0;
  }
}
