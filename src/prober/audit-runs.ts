import type { AuditObservation } from "../domain/audit/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { Audit } from "../probes/audit/index.ts";
import type { AuditRun, AuditSkip } from "./audit-run.ts";
import type { AuditSlot } from "./audit-schedule.ts";
import type { GateRound } from "./gate-questions.ts";
import { WaitingRoom } from "./waiting-room.ts";

/** Longest wait of a slot for one of the places, and what part of a short interval it is at most. */
const LONGEST_PATIENCE_MS = 600_000;
const PATIENCE_PART = 4;

/** Audits at once that somebody waits for, beside those of the schedule; and how long the next one waits. */
const ASKED_PLACES = 8;
const ASKED_PATIENCE_MS = 300_000;

/** What the audits of the thread need. */
interface AuditTools {
  readonly audit: Pick<Audit, "run">;
  /** Scheduled audits at once. */
  readonly inFlight: number;
  readonly intervalMs: number;
  /** Always what is known now. */
  readonly gate: VantageState;
  /** Called as an audit begins. */
  readonly beginGate: () => GateRound;
  readonly onBegan: (portal: number) => void;
  /** Takes what every scheduled slot came to, but for those that a stop cut. */
  readonly record: (run: AuditRun) => void;
  /** An audit broke by our own fault. */
  readonly onFault: (error: Error) => void;
}

/** Places for a number of audits at once. */
class Places {
  readonly #room: WaitingRoom<null>;
  #taken = 0;

  constructor(places: number) {
    this.#room = new WaitingRoom(() => {
      if (this.#taken >= places) return "skip_in_flight_limit";
      this.#taken += 1;
      return null;
    });
  }

  get taken(): number {
    return this.#taken;
  }

  /** What gives the place back, again without harm; null where there was none in time. */
  async enter(patienceMs: number): Promise<(() => void) | null> {
    if ((await this.#room.enter(null, patienceMs)) !== null) return null;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken -= 1;
      this.#room.retry();
    };
  }

  close(): void {
    this.#room.close();
  }
}

/** The audits of the thread, from the slot to the observation that may be kept. */
export class AuditRuns {
  readonly #tools: AuditTools;
  readonly #scheduled: Places;
  readonly #asked = new Places(ASKED_PLACES);
  /** Portals whose scheduled audit is under way or waits for its place. */
  readonly #running = new Set<number>();
  readonly #open = new Set<Promise<unknown>>();
  readonly #cut = new AbortController();
  #closed = false;

  constructor(tools: AuditTools) {
    this.#tools = tools;
    this.#scheduled = new Places(tools.inFlight);
  }

  get inFlight(): number {
    return this.#scheduled.taken + this.#asked.taken;
  }

  /** Audits the portal of a slot, or records why it does not. */
  due(slot: AuditSlot): void {
    const { portal } = slot.target;
    // Without a resolver nothing at all could be seen, and the slot would be spent.
    if (!this.#tools.gate.resolver.usable) return this.#skip(slot, "resolver_unusable");
    if (this.#running.has(portal)) return this.#skip(slot, "previous_running");
    this.#running.add(portal);
    void this.#track(this.#runSlot(slot).finally(() => this.#running.delete(portal)));
  }

  /**
   * One audit outside the schedule; it takes no place from those of the schedule. Rejects if the prober stops first
   * or too many others are asked for.
   */
  now(target: ProbeTarget): Promise<AuditObservation> {
    return this.#track(this.#runAsked(target));
  }

  /** Lets nothing begin, and cuts what runs after `cutAfterMs`; resolves when all that is to be kept is recorded. */
  async stop(cutAfterMs: number): Promise<void> {
    this.#closed = true;
    this.#scheduled.close();
    this.#asked.close();
    const cut = setTimeout(() => this.#cut.abort(), cutAfterMs);
    await Promise.allSettled(this.#open);
    clearTimeout(cut);
  }

  async #runSlot(slot: AuditSlot): Promise<void> {
    const patience = Math.min(LONGEST_PATIENCE_MS, this.#tools.intervalMs / PATIENCE_PART);
    const leave = await this.#scheduled.enter(patience);
    if (leave === null) {
      if (!this.#closed) this.#skip(slot, "in_flight_limit");
      return;
    }
    try {
      this.#tools.onBegan(slot.target.portal);
      const observation = await this.#run(slot.target, leave, false);
      // What the stop cut has gaps that are ours; the portal is due again after the next start.
      if (!this.#cut.signal.aborted) this.#tools.record({ ...slot, observation, skipped: null });
    } catch (cause) {
      this.#tools.onFault(new Error(`The audit of ${slot.target.slug} broke`, { cause }));
    } finally {
      leave();
    }
  }

  async #runAsked(target: ProbeTarget): Promise<AuditObservation> {
    const leave = await this.#asked.enter(ASKED_PATIENCE_MS);
    if (leave === null) {
      throw new Error(
        this.#closed ? "The prober stops" : "Too many other audits were asked for; try again later",
      );
    }
    try {
      const observation = await this.#run(target, leave, true);
      if (this.#cut.signal.aborted) throw new Error("The prober stopped during the audit");
      return observation;
    } finally {
      leave();
    }
  }

  async #run(
    { url }: ProbeTarget,
    leave: () => void,
    isAwaited: boolean,
  ): Promise<AuditObservation> {
    const { audit, gate, beginGate } = this.#tools;
    const round = beginGate();
    const confirmGate = () => {
      // Its last packet is sent: while it waits for the vantage point another one may begin.
      leave();
      return round.confirm(isAwaited);
    };
    try {
      return await audit.run({ url }, { gate, confirmGate, signal: this.#cut.signal });
    } finally {
      round.end();
    }
  }

  #skip(slot: AuditSlot, skipped: AuditSkip): void {
    this.#tools.record({ ...slot, observation: null, skipped });
  }

  #track<T>(run: Promise<T>): Promise<T> {
    this.#open.add(run);
    const forget = () => this.#open.delete(run);
    run.then(forget, forget);
    return run;
  }
}
