import type { SkipReason } from "../domain/failure.ts";
import type { Admission } from "../probes/index.ts";
import { AddressSlots } from "./address-slots.ts";
import type { ThreadData } from "./messages.ts";
import { TokenBucket } from "./token-bucket.ts";
import { WaitingRoom } from "./waiting-room.ts";

/** Longest wait for a limit of ours; a run that would begin later than this belongs to another moment. */
const LONGEST_PATIENCE_MS = 2000;

/** How long a run may wait to begin, and again for each of its connections: 2 s, or a quarter of a short interval. */
export function patienceMs(intervalMs: number): number {
  return Math.min(LONGEST_PATIENCE_MS, intervalMs / 4);
}

/**
 * The limits of one thread. Places in flight and connections per second are its share of the whole (at least 1
 * each): portals are spread evenly over threads. Connections per address are counted over all threads, because
 * the portals of one address are spread over them too.
 */
export class Limits {
  readonly #patienceMs: number;
  readonly #runs: WaitingRoom<null>;
  readonly #connections: WaitingRoom<string>;
  readonly #slots: AddressSlots;
  #inFlight = 0;

  constructor({ options, threads, thread, slots }: Omit<ThreadData, "vantage">) {
    const { inFlight, newConnectionsPerSecond, perAddress } = options.limits;
    const places = Math.max(1, Math.floor(inFlight / threads));
    const bucket = new TokenBucket(
      Math.max(1, newConnectionsPerSecond / threads),
      performance.now(),
    );
    this.#patienceMs = patienceMs(options.intervalMs);
    this.#slots = new AddressSlots(slots, thread, perAddress);
    this.#runs = new WaitingRoom(() => {
      if (this.#inFlight >= places) return "skip_in_flight_limit";
      this.#inFlight += 1;
      return null;
    });
    this.#connections = new WaitingRoom((address) => {
      if (!this.#slots.take(address)) return "skip_address_busy";
      if (bucket.take(performance.now())) return null;
      this.#slots.release(address);
      return "skip_rate_limit";
    });
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Null when a run may begin (`endRun` must follow), or why it may not. `lateMs`: patience that is used up. */
  async beginRun(lateMs: number): Promise<SkipReason | null> {
    return this.#runs.enter(null, this.#patienceMs - lateMs);
  }

  endRun(): void {
    this.#inFlight -= 1;
    this.#runs.retry();
  }

  /** Leave to connect to an address, to be given back by calling it, or why there is none. */
  acquireAddress(address: string): Admission | Promise<Admission> {
    const release = () => {
      this.#slots.release(address);
      this.#connections.retry();
    };
    const refused = this.#connections.enter(address, this.#patienceMs);
    if (refused instanceof Promise) return refused.then((reason) => reason ?? release);
    return refused ?? release;
  }

  /** Lets no run begin any more; those under way may still open connections. */
  closeRuns(): void {
    this.#runs.close();
  }

  closeConnections(): void {
    this.#connections.close();
  }
}
