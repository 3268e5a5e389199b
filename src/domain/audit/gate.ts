import type { Family } from "../family.ts";

/** What the vantage point knew of itself at one end of an audit: conclusions only, so that repeats are equal. */
export interface GateSight {
  readonly families: Readonly<Record<Family, boolean>>;
  readonly resolverUsable: boolean;
  /** Records may be withheld or invented here: that a name has none proves nothing. */
  readonly resolverDoubtful: boolean;
  /** The prefix in which this resolver invents AAAA records (RFC 7050), or null. */
  readonly dns64Prefix: string | null;
}

/** The gate before and after the audit (V1 to V5); a family counts as open only if it was open both times. */
export interface AuditGate {
  readonly before: GateSight;
  readonly after: GateSight;
}

/** Whether this place could speak over the family throughout the audit. */
export function gateOpen(gate: AuditGate, family: Family): boolean {
  return gate.before.families[family] && gate.after.families[family];
}
