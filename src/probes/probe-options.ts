import type { AcquireAddress } from "./run.ts";

/** How a prober probes. */
export interface ProbeOptions {
  /** Name of the vantage point, stored with every result. */
  readonly vantage: string;
  /**
   * `address[:port]`, IPv6 in brackets; the system's resolver is never asked. Attempt 0 asks the first of them first,
   * each confirmation the next one, so that it does not repeat the fault of the one before.
   */
  readonly dnsServers: readonly string[];
  /** Deadline of one run, all hops together, in milliseconds. */
  readonly timeoutMs: number;
  /** Prefixes of special-purpose space that may be connected to; default none. */
  readonly allowedNetworks?: readonly string[] | undefined;
  /** PEM certificates trusted beside Node's own; default none. */
  readonly extraRoots?: readonly string[] | undefined;
  /** Whom a portal's operator may ask, an address or URL that the User-Agent names; default nobody. */
  readonly contact?: string | null | undefined;
  /** A run during which the event loop was late by more than this is `unknown`; default 500 ms. */
  readonly lagLimitMs?: number | undefined;
  /** Asked before every connection; default: every one is let through. */
  readonly acquireAddress?: AcquireAddress | undefined;
  /** Milliseconds since the epoch; default Date.now. */
  readonly clock?: (() => number) | undefined;
  /** Told of every fault of ours; the run it happened in is `unknown`. */
  readonly onFault?: ((error: Error) => void) | undefined;
}

/** A twentieth of the default deadline: less delay than this changes no verdict. */
export const LAG_LIMIT_MS = 500;
