import type { Family } from "./family.ts";

/** Something that pages show has changed, after it was committed. */
export type LiveEvent =
  /** A run has ended. */
  | { readonly type: "run"; readonly portal: number; readonly family: Family }
  /** Incidents changed; their numbers. */
  | { readonly type: "incidents"; readonly ids: readonly number[] }
  | { readonly type: "vantage" };

/** Tells those who listen in this process what has changed; nobody is waited for. */
export interface LiveBus {
  publish(event: LiveEvent): void;
  /** Returns how to stop listening. A listener must not throw. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}

/** A bus without listeners. */
export function createLiveBus(): LiveBus {
  const listeners = new Set<(event: LiveEvent) => void>();
  return {
    publish(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
