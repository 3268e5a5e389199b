import type { Family } from "./family.ts";

/** What a check concludes. `unknown` counts in no denominator and opens nothing. */
export const VERDICTS = ["pass", "warn", "fail", "unknown", "not_applicable"] as const;

export type Verdict = (typeof VERDICTS)[number];

/**
 * The checks, by the names that findings, metrics and requirements use. D: DNS, W: web over each family, H: HTTPS,
 * M: mail, P: response times, S: security headers and security.txt. M, P and S inform and touch neither level nor grade.
 */
export const CHECK_IDS = [
  "D1",
  "D2",
  "D3",
  "D4",
  "D5",
  "D6",
  "W1",
  "W2",
  "W3",
  "W4",
  "W5",
  "W6",
  "W7",
  "W8",
  "W9",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "M1",
  "P1",
  "S1",
  "S2",
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

/** What kinds of thing cause findings; a mended one may lift several portals. */
export const CAUSE_KINDS = ["host", "name_server", "zone", "certificate", "address"] as const;

export type CauseKind = (typeof CAUSE_KINDS)[number];

/** The host, name server, zone, certificate or address that has to change for a finding to go. */
export interface Cause {
  readonly kind: CauseKind;
  /** Host name, zone, SHA-256 fingerprint or literal address. */
  readonly name: string;
}

/** What one check concluded about one family (null: about the portal as a whole). */
export interface Finding {
  readonly check: CheckId;
  readonly family: Family | null;
  readonly verdict: Verdict;
  /** Stable slug, one of the catalogue's of this check. */
  readonly reason: string;
  /** Literal addresses, ports, codes, fingerprints, answers: JSON, small, the same while nothing changes. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Durations that belong to the evidence, milliseconds; they never make a finding count as changed. */
  readonly timings?: Readonly<Record<string, number>> | undefined;
  /** Empty for pass, unknown and not_applicable. All of them must be mended for the finding to go. */
  readonly causes: readonly Cause[];
}
