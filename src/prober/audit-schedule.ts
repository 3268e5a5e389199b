import type { ProbeTarget } from "../domain/portal.ts";
import { auditPhaseOf, stableHash } from "../domain/schedule.ts";
import { type DueClock, startDueClock } from "./due-clock.ts";
import { Wheel } from "./wheel.ts";

/** One scheduled audit: the target as it is now. */
export interface AuditSlot {
  readonly target: ProbeTarget;
  /** Milliseconds since the epoch. */
  readonly scheduledAt: number;
}

/** How often, and over how long those are spread that can't wait for their slot. */
interface AuditRhythm {
  readonly intervalMs: number;
  readonly firstRoundMs: number;
}

/**
 * When audits are due: once per interval at the portal's phase; and for a portal whose last audit is older than an
 * interval, or whose slot came to nothing, in a round that is repeated until an audit of it begins.
 */
export class AuditSchedule {
  readonly #rhythm: AuditRhythm;
  readonly #onDue: (slot: AuditSlot) => void;
  readonly #targets = new Map<number, ProbeTarget>();
  readonly #lastAudits: Map<number, number>;
  #regular: Wheel<number> | null = null;
  #soon: Wheel<number> | null = null;
  #clocks: DueClock[] = [];
  #stopped = false;

  /** `lastAudits`: when each portal was last audited, milliseconds since the epoch. */
  constructor(
    rhythm: AuditRhythm,
    lastAudits: ReadonlyMap<number, number>,
    onDue: (slot: AuditSlot) => void,
  ) {
    this.#rhythm = rhythm;
    this.#lastAudits = new Map(lastAudits);
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#targets.size;
  }

  /** Removes portals, then adds or replaces targets; what keeps its slug and URL keeps its slots. */
  change(upserts: readonly ProbeTarget[], removed: readonly number[], now: number): void {
    for (const portal of removed) this.#remove(portal);
    for (const target of upserts) {
      const before = this.#targets.get(target.portal);
      this.#targets.set(target.portal, target);
      // What is known of another address says nothing about this one.
      if (before && before.url !== target.url) this.#lastAudits.delete(target.portal);
      if (before?.url !== target.url || before.slug !== target.slug) this.#place(target, now);
    }
  }

  /** Starts the wheels, once; slots count from `from` (milliseconds since the epoch). */
  begin(from: number, now: number): void {
    if (this.#regular || this.#stopped) return;
    this.#regular = new Wheel(this.#rhythm.intervalMs, from);
    this.#soon = new Wheel(this.#rhythm.firstRoundMs, now);
    for (const target of this.#targets.values()) this.#place(target, now);
    this.#clocks = [this.#regular, this.#soon].map((wheel) =>
      startDueClock(wheel, ({ item, slot }) => {
        const target = this.#targets.get(item);
        if (target && !this.#justBegan(item, slot)) this.#onDue({ target, scheduledAt: slot });
      }),
    );
  }

  /** An audit of this portal has begun: it can wait for its slot again. */
  began(portal: number, at: number): void {
    this.#lastAudits.set(portal, at);
    this.#soon?.delete(String(portal));
  }

  /** A slot of this portal came to nothing: it gets another one soon. */
  missed(portal: number): void {
    const target = this.#targets.get(portal);
    if (!target) return;
    const phase = stableHash(`first audit ${target.slug}`) % this.#rhythm.firstRoundMs;
    this.#soon?.set(String(portal), phase, portal);
  }

  /** Nothing is due any more, for good. */
  stop(): void {
    this.#stopped = true;
    for (const clock of this.#clocks) clock.stop();
    this.#clocks = [];
  }

  /** Whether a slot follows so soon upon an audit of the first round that it would tell nothing new. */
  #justBegan(portal: number, slot: number): boolean {
    const since = slot - (this.#lastAudits.get(portal) ?? -Infinity);
    return since >= 0 && since < Math.min(this.#rhythm.firstRoundMs, this.#rhythm.intervalMs / 2);
  }

  #remove(portal: number): void {
    this.#targets.delete(portal);
    this.#regular?.delete(String(portal));
    this.#soon?.delete(String(portal));
  }

  #place({ portal, slug }: ProbeTarget, now: number): void {
    const { intervalMs } = this.#rhythm;
    this.#regular?.set(String(portal), auditPhaseOf(slug, intervalMs), portal);
    if (now - (this.#lastAudits.get(portal) ?? -Infinity) >= intervalMs) this.missed(portal);
  }
}
