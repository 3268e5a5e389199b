/** Rows per batch and how long the first of them waits: what one message and one insert carry well. */
const BATCH_ROWS = 500;
const BATCH_WAIT_MS = 200;

/** Collects items and hands them over in order, at most 500 at once, none later than a second after it came. */
export class Batcher<T> {
  readonly #handOver: (batch: T[]) => void;
  #batch: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(handOver: (batch: T[]) => void) {
    this.#handOver = handOver;
  }

  add(item: T): void {
    this.#batch.push(item);
    if (this.#batch.length >= BATCH_ROWS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_WAIT_MS);
  }

  /** Hands over what there is, now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#handOver(batch);
  }
}
