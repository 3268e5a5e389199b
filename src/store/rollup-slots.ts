import { FAMILIES, type Family } from "../domain/family.ts";
import { nextSlot, phaseOf } from "../domain/schedule.ts";

/** From (included) to (excluded), in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A portal's life as one that is probed, or the time in which a vantage point is known to have worked. */
export interface Life extends Span {
  readonly id: number;
}

export interface PortalLife extends Life {
  readonly slug: string;
}

/** How many runs were due in a span. */
export interface Slots {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: number;
  readonly slots: number;
}

/**
 * How many runs were due in a span, for every portal and vantage point whose lives meet in it. What was due is known
 * from the clock alone, so a service that was down shows as slots without runs.
 */
export function slotsIn(
  span: Span,
  lives: { portals: readonly PortalLife[]; vantages: readonly Life[] },
  intervalMs: number,
): Slots[] {
  return lives.vantages.flatMap((vantage) =>
    lives.portals.flatMap((portal) => {
      const from = Math.max(span.from, portal.from, vantage.from);
      const to = Math.min(span.to, portal.to, vantage.to);
      if (to <= from) return [];
      return FAMILIES.map((family) => ({
        portal: portal.id,
        family,
        vantage: vantage.id,
        slots: countSlots(phaseOf(portal.slug, family, intervalMs), intervalMs, { from, to }),
      })).filter(({ slots }) => slots > 0);
    }),
  );
}

/** How many slots of this phase lie in a span. */
export function countSlots(phase: number, intervalMs: number, { from, to }: Span): number {
  return Math.max(0, Math.ceil((to - nextSlot(phase, intervalMs, from)) / intervalMs));
}
