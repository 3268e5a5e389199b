import type { Voter } from "../../src/domain/incident/change.ts";
import type { IncidentKind, IncidentScope, Severity } from "../../src/domain/incident/kinds.ts";
import { reduceTrack } from "../../src/domain/incident/reduce-track.ts";
import { DEFAULT_POLICY, type IncidentPolicy } from "../../src/domain/incident/policy.ts";
import type { ReplayWorld } from "../../src/domain/incident/replay.ts";
import type { SeenCertificate, Sighting } from "../../src/domain/incident/sighting.ts";
import type { Track } from "../../src/domain/incident/track.ts";

export const MINUTE = 60_000;

/** When played runs begin. */
export const START = Date.UTC(2026, 10, 2);

export const CERTIFICATE: SeenCertificate = {
  fingerprint: "ab".repeat(32),
  notBefore: START - 30 * 24 * 60 * MINUTE,
  notAfter: START + 60 * 24 * 60 * MINUTE,
};

type Told = Pick<Sighting, "outcome" | "failure" | "status">;

/** One letter per run; capital letters are confirmations of the run before. */
const RUNS: Readonly<Record<string, Told>> = {
  ".": { outcome: "ok", failure: null, status: 200 },
  x: { outcome: "fail", failure: "connect_timeout", status: null },
  w: { outcome: "fail", failure: "http_status", status: 503 },
  s: { outcome: "degraded", failure: "too_slow", status: 200 },
  t: { outcome: "fail", failure: "tls_expired", status: 200 },
  n: { outcome: "unknown", failure: "dns_timeout", status: null },
  a: { outcome: "no_address", failure: null, status: null },
  u: { outcome: "unknown", failure: "event_loop_lag", status: null },
  k: { outcome: "skipped", failure: null, status: null },
};

/** A good confirmation, which has no capital. */
const GOOD_CONFIRMATION = "O";

/** Letters of all runs that can be played. */
export const LETTERS = [...Object.keys(RUNS), "X", "W", "S", "T", "N", "U", GOOD_CONFIRMATION];

/** The runs of one portal, family and vantage point that letters stand for: one each minute, repeats between them. */
export function play(letters: string, of: Partial<Sighting> = {}): Sighting[] {
  const all: Sighting[] = [];
  let minute = -1;
  let attempt = 0;
  for (const letter of letters) {
    const isConfirmation = letter >= "A" && letter <= "Z";
    attempt = isConfirmation && minute >= 0 ? attempt + 1 : 0;
    if (attempt === 0) minute += 1;
    all.push({
      portal: 1,
      family: "ip4",
      vantage: 1,
      certificate: null,
      address: "192.0.2.1",
      ...RUNS[letter === GOOD_CONFIRMATION ? "." : letter.toLowerCase()],
      ...of,
      at: (of.at ?? START) + minute * MINUTE + Math.min(attempt, 5) * 10_000,
      attempt,
    } as Sighting);
  }
  return all;
}

/** The track after these runs. */
export function trackAfter(
  sightings: readonly Sighting[],
  policy: IncidentPolicy = DEFAULT_POLICY,
): Track | null {
  let track: Track | null = null;
  for (const sighting of sightings) track = reduceTrack(track, sighting, policy).track;
  return track;
}

/** A vantage point that is well. */
export function voter(vantage: number, network = "internet"): Voter {
  return { vantage, network, healthy: { ip4: true, ip6: true } };
}

export function severityOf(_kind: IncidentKind, scope: IncidentScope): Severity {
  return scope === "whole" ? "major" : "minor";
}

/** A world in which these vantage points are always well. */
export function worldOf(voters: readonly Voter[]): ReplayWorld {
  return { kindOf: () => "portal", votersAt: () => voters, intervalMs: MINUTE, severityOf };
}
