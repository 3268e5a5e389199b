import type { AuditObservation } from "../../domain/audit/observation.ts";
import type { VantageState } from "../../domain/vantage.ts";
import type { RootHints } from "../dns/index.ts";
import type { AuditLimits } from "./limits.ts";
import type { Turns } from "./session.ts";

/** How audits are made. */
export interface AuditOptions {
  /** Name of the vantage point, stored with every observation. */
  readonly vantage: string;
  /** `address[:port]`, IPv6 in brackets; the system's resolver is never asked. */
  readonly dnsServers: readonly string[];
  /** Where the delegation walk begins. */
  readonly rootHints: RootHints;
  /** Port of authoritative servers, 53 but for labs. */
  readonly authorityPort: number;
  /** Stands for port 80. */
  readonly httpPort: number;
  /** Prefixes of special-purpose space that may be connected to and count as usable. */
  readonly allowedNetworks: readonly string[];
  /** PEM certificates trusted beside Node's own. */
  readonly extraRoots: readonly string[];
  /** Whom a portal's operator may ask; null: nobody. */
  readonly contact: string | null;
  /** Time of one whole audit, milliseconds. */
  readonly timeoutMs: number;
  /** Least time between two tries of what failed, milliseconds. */
  readonly tryGapMs: number;
  /** Turns at addresses, shared with whoever else goes there; default: of this audit's own. */
  readonly turns?: Turns | undefined;
  /** Milliseconds since the epoch; default Date.now. */
  readonly clock?: (() => number) | undefined;
  /** Told of every fault of ours; what it kept from being seen is `own_fault`. */
  readonly onFault?: ((error: Error) => void) | undefined;
  /** Times that single steps may take, where they are to differ from `LIMITS`. */
  readonly limits?: Partial<AuditLimits> | undefined;
}

/** Parts of an audit, told as each begins; zone and mail run beside the others. */
export type AuditStep =
  | "names"
  | "addresses"
  | "redirects"
  | "page"
  | "zone"
  | "mail"
  | "timings"
  | "gate";

/** What one audit is given beside its URL. */
export interface AuditOrder {
  /** What the vantage point knows of itself; read again before every packet, where it changes meanwhile. */
  readonly gate: VantageState;
  /** Looks again, after the last packet (V5). */
  readonly confirmGate: () => Promise<VantageState>;
  readonly progress?: ((step: AuditStep) => void) | undefined;
  /** Ends the audit early; what was not seen by then is `deadline`. */
  readonly signal?: AbortSignal | undefined;
}

/** Audits portals, any number at a time. */
export interface Audit {
  /** One audit. Always resolves, at `timeoutMs` at the latest; never rejects. */
  run(portal: { readonly url: string }, order: AuditOrder): Promise<AuditObservation>;
  /** Ends questions to the resolver that are still open. */
  close(): void;
}
