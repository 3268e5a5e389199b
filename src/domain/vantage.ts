import type { FailureKind } from "./failure.ts";
import type { Family } from "./family.ts";

/** Whether one family works from this place, and how that is known. */
export interface FamilyHealth {
  readonly healthy: boolean;
  /** Anchors that answered with a verified certificate, of those that were tried. */
  readonly anchorsAnswered: number;
  readonly anchorsTried: number;
  /** Source address that the system picked for the last anchor that answered. */
  readonly sourceAddress: string | null;
  /** One plain sentence: why it is or is not healthy. */
  readonly why: string;
}

/** Whether the resolver can be used, and how that is known. */
export interface ResolverHealth {
  readonly usable: boolean;
  /** One plain sentence. */
  readonly why: string;
  /**
   * The resolver answers, but somebody else answered in the anchors' stead or records that exist were withheld:
   * that a name has no address proves nothing here. Absent means false.
   */
  readonly doubtful?: boolean;
}

/** What the vantage point knows of itself. While `families[f].healthy` is false no packet goes to a portal over f. */
export interface VantageState {
  readonly name: string;
  /** ISO 3166-1 alpha-2, or null where it is not configured. */
  readonly country: string | null;
  /** Milliseconds since the epoch of the last self-test; 0 before the first one. */
  readonly checkedAt: number;
  readonly families: Readonly<Record<Family, FamilyHealth>>;
  /** A resolver that answers for the control names, AAAA included. */
  readonly resolver: ResolverHealth;
  /** The /96 (or other) prefix in which this resolver invents AAAA records (RFC 7050), or null. */
  readonly dns64Prefix: string | null;
}

/** The failure kind of a run over `family` while its gate is closed. */
export function gateFailure(family: Family): FailureKind {
  return family === "ip4" ? "vantage_no_ipv4" : "vantage_no_ipv6";
}
