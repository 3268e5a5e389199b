import type { Family } from "./family.ts";

/**
 * A stable 32-bit hash of a text: FNV-1a (offset basis and prime of draft-eastlake-fnv) over its UTF-16
 * code units, then the finaliser of MurmurHash3, because FNV-1a alone leaves similar slugs near each other.
 */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Where in the interval a portal's runs over one family begin, 0 ≤ phase < interval, whole milliseconds.
 * Even over portals, the same after every restart, and the two families of one portal half an interval apart.
 */
export function phaseOf(slug: string, family: Family, intervalMs: number): number {
  const apart = family === "ip6" ? Math.floor(intervalMs / 2) : 0;
  return (stableHash(slug) + apart) % intervalMs;
}

/** Where in the interval a portal's audits begin, whole milliseconds: even over portals and apart from its probes. */
export function auditPhaseOf(slug: string, intervalMs: number): number {
  return stableHash(`audit ${slug}`) % intervalMs;
}

/** The first slot at or after `now`: slots are the instants that leave `phase` when divided by the interval. */
export function nextSlot(phase: number, intervalMs: number, now: number): number {
  return phase + Math.ceil((now - phase) / intervalMs) * intervalMs;
}

/** All slots of this phase in `from` ≤ slot < `to`, oldest first; the caller bounds the span. */
export function slotsBetween(
  phase: number,
  intervalMs: number,
  from: number,
  to: number,
): number[] {
  const slots: number[] = [];
  for (let slot = nextSlot(phase, intervalMs, from); slot < to; slot += intervalMs) {
    slots.push(slot);
  }
  return slots;
}

/** Which of `shares` a portal belongs to; not correlated with its phase, so that every share is even too. */
export function shareOf(slug: string, shares: number): number {
  return stableHash(`share ${slug}`) % shares;
}
