/** Hands over what has ended in the order in which it began, per key, however long each of them takes. */
export class InOrder<T> {
  readonly #handOver: (item: T) => void;
  /** For each key the last that is under way. */
  readonly #last = new Map<string, Promise<T>>();

  /** `handOver` must not throw. */
  constructor(handOver: (item: T) => void) {
    this.#handOver = handOver;
  }

  /** Takes the next place in the order of this key, at once; resolves when the item is handed over. */
  enter(key: string, item: Promise<T>): Promise<T> {
    const placed = this.#after(this.#last.get(key), item).finally(() => {
      if (this.#last.get(key) === placed) this.#last.delete(key);
    });
    this.#last.set(key, placed);
    return placed;
  }

  async #after(before: Promise<T> | undefined, item: Promise<T>): Promise<T> {
    const ended = await item;
    await before;
    this.#handOver(ended);
    return ended;
  }
}
