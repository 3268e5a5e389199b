import type { IncidentPolicy } from "./policy.ts";
import type { ConditionPhase } from "./track.ts";

/** How one part of a vantage point stands: a family, its resolver, its schedule. Instants in milliseconds since the epoch. */
export interface PartTrack {
  readonly phase: ConditionPhase;
  /** When the phase began. */
  readonly since: number;
  /** When it was looked at last while it was changing. */
  readonly seenAt: number;
  /** When it fell ill, as far as that is known; null while it is well. */
  readonly illSince: number | null;
  /** When it was well again last; null where it never was ill. */
  readonly wellAgainAt: number | null;
}

/** What one look says of a part; `unknown` changes nothing. */
export type PartReading =
  | { readonly state: "well" | "unknown" }
  /** `since`: when it was first seen to be ill, at the latest now. */
  | { readonly state: "ill"; readonly since: number };

/** A part after one look, and whether that is the look which opens or closes its incident. */
export interface PartStep {
  /** Null: it was never well, so it can't fall ill. */
  readonly track: PartTrack | null;
  readonly change: "open" | "close" | null;
}

const WELL = { phase: "up", illSince: null } as const;

/** Looks that lie further apart were interrupted: what happened between them is not known. */
const LONGEST_GAP_MS = 120_000;

/**
 * A part of a vantage point after one more look. It has fallen ill when it was ill for so long, and is well again when
 * it was well for so long; a place that never had IPv6 is not ill.
 */
export function lookAtPart(
  before: PartTrack | null,
  reading: PartReading,
  now: number,
  policy: IncidentPolicy["vantage"],
): PartStep {
  if (reading.state === "unknown") return { track: before, change: null };
  if (before === null) {
    const track = { ...WELL, since: now, seenAt: now, wellAgainAt: null };
    return { track: reading.state === "well" ? track : null, change: null };
  }
  const track = steady(before, now);
  return reading.state === "ill"
    ? whenIll(track, reading.since, now, policy.openAfterMs)
    : whenWell(track, now, policy.closeAfterMs);
}

/** How much earlier than its self-test notices it a place may have been ill. */
const NOTICED_LATE_MS = 60_000;

/** Instants of an incident, milliseconds since the epoch. */
interface Seen {
  readonly openedAt: number;
  readonly confirmedAt: number;
  /** When it was last seen to fail. */
  readonly lastBadAt: number;
}

/**
 * Whether what a part told may be its own illness. A part that was ill for a minute, or `spreadMs`, when an incident
 * opened told nothing at all, what was confirmed well before the illness is no part of it, and what fails after the
 * part is well again is believed.
 */
export function isDoubtful(
  { phase, illSince, wellAgainAt }: PartTrack,
  { openedAt, confirmedAt, lastBadAt }: Seen,
  spreadMs = 0,
): boolean {
  if (phase !== "up") {
    const began = illSince ?? 0;
    const late = Math.max(spreadMs, NOTICED_LATE_MS);
    return openedAt <= began + late && confirmedAt >= began - NOTICED_LATE_MS;
  }
  return (
    wellAgainAt !== null && wellAgainAt > openedAt - NOTICED_LATE_MS && lastBadAt < wellAgainAt
  );
}

function whenIll(track: PartTrack, since: number, now: number, openAfterMs: number): PartStep {
  const { phase } = track;
  if (phase === "up") {
    const illSince = Math.min(since, now);
    return {
      track: { ...track, phase: "suspect", since: now, seenAt: now, illSince },
      change: null,
    };
  }
  if (phase === "suspect" && now - track.since >= openAfterMs) {
    return { track: { ...track, phase: "down", since: now, seenAt: now }, change: "open" };
  }
  if (phase === "recovering") {
    return { track: { ...track, phase: "down", since: now, seenAt: now }, change: null };
  }
  return { track: phase === "down" ? track : { ...track, seenAt: now }, change: null };
}

function whenWell(track: PartTrack, now: number, closeAfterMs: number): PartStep {
  const well = { ...WELL, since: now, seenAt: now, wellAgainAt: now };
  switch (track.phase) {
    case "up":
      return { track, change: null };
    case "suspect":
      return { track: well, change: null };
    case "down":
      return { track: { ...track, phase: "recovering", since: now, seenAt: now }, change: null };
    case "recovering":
      return now - track.since >= closeAfterMs
        ? { track: well, change: "close" }
        : { track: { ...track, seenAt: now }, change: null };
  }
}

/** Begins anew to count where nobody looked for a while, or where the clock was put back. */
function steady(track: PartTrack, now: number): PartTrack {
  const isCounting = track.phase === "suspect" || track.phase === "recovering";
  const isInterrupted = now - track.seenAt > LONGEST_GAP_MS || now < track.since;
  return isCounting && isInterrupted ? { ...track, since: now } : track;
}
