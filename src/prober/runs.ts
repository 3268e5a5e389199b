import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { Probe } from "../probes/index.ts";
import type { Confirmation, Weight } from "./confirmation.ts";
import { InOrder } from "./in-order.ts";
import { type Limits, patienceMs } from "./limits.ts";
import { Retries } from "./retries.ts";
import type { Slot } from "./schedule.ts";
import { keyOf, skippedResult } from "./skipped.ts";

/** What the runs of one thread need. */
export interface RunTools {
  readonly probe: Probe;
  readonly limits: Limits;
  readonly confirmation: Confirmation;
  /** Always what is known now, also for a run that is under way. */
  readonly gate: VantageState;
  readonly intervalMs: number;
  /** See `ProbingOptions`. */
  readonly confirmAfterMs?: readonly number[] | undefined;
  /**
   * Takes the result of every scheduled run, exactly one per slot, and of its confirmations; those of one portal and
   * family in the order in which they began.
   */
  readonly record: (result: ProbeResult) => void;
}

/** One run that is to be made. */
interface Order extends Slot {
  readonly attempt: number;
  /** When it was to begin, milliseconds since the epoch: later than the slot for a confirmation. */
  readonly dueAt: number;
}

/** The runs of one thread, from the slot to the result that may be released. */
export class Runs {
  readonly #tools: RunTools;
  readonly #patienceMs: number;
  readonly #retries: Retries;
  readonly #records: InOrder<ProbeResult>;
  /** Portals and families whose scheduled run is under way. */
  readonly #running = new Set<string>();
  /** Scheduled runs without a record yet, whose portals are still what they were when they began. */
  readonly #current = new Set<Order>();
  readonly #open = new Set<Promise<unknown>>();
  readonly #cut = new AbortController();

  constructor(tools: RunTools) {
    this.#tools = tools;
    this.#patienceMs = patienceMs(tools.intervalMs);
    this.#records = new InOrder(tools.record);
    this.#retries = new Retries({
      intervalMs: tools.intervalMs,
      confirmAfterMs: tools.confirmAfterMs,
      attempt: (slot, attempt) => {
        const order = { ...slot, attempt, dueAt: Date.now() };
        return this.#track(this.#recorded(order, () => "proof"));
      },
    });
  }

  /** Runs a slot, or records why it is skipped. */
  due(slot: Slot): void {
    const key = keyOf(slot.target.portal, slot.family);
    const order = { ...slot, attempt: 0, dueAt: slot.scheduledAt };
    if (Date.now() - slot.scheduledAt > this.#patienceMs) {
      this.#tools.record(this.#skipped(order, "skip_late"));
    } else if (this.#running.has(key)) {
      this.#tools.record(this.#skipped(order, "skip_previous_running"));
    } else {
      this.#running.add(key);
      void this.#track(this.#scheduled(order, key));
    }
  }

  /** One run outside the schedule, within the limits. */
  now(target: ProbeTarget, family: Family): Promise<ProbeResult> {
    const scheduledAt = Date.now();
    const order = { target, family, scheduledAt, attempt: 0, dueAt: scheduledAt };
    const asked = async () => this.#release((await this.#begin(order)).ended, () => "asked");
    return this.#track(asked());
  }

  /** Drops what is known of a portal that is no longer probed or is another one now, and confirmations to come. */
  forget(portal: number): void {
    this.#retries.forget(portal);
    // What is still under way went to where the portal was.
    for (const order of this.#current) {
      if (order.target.portal === portal) this.#current.delete(order);
    }
  }

  /** Lets nothing begin, waits for what runs, cuts it after `cutAfterMs`; resolves when all is recorded. */
  async stop(cutAfterMs: number): Promise<void> {
    const { limits, confirmation } = this.#tools;
    this.#retries.stop();
    limits.closeRuns();
    const cut = setTimeout(() => {
      this.#cut.abort();
      limits.closeConnections();
      confirmation.close();
    }, cutAfterMs);
    await Promise.all(this.#open);
    clearTimeout(cut);
  }

  async #scheduled(order: Order, key: string): Promise<void> {
    const weigh = (result: ProbeResult) =>
      this.#retries.isProof(order, result) ? "proof" : "scheduled";
    const free = () => void this.#running.delete(key);
    this.#current.add(order);
    const result = await this.#recorded(order, weigh, free);
    if (this.#current.delete(order)) this.#retries.note(order, result);
  }

  /** One run to its record. */
  async #recorded(
    order: Order,
    weigh: (result: ProbeResult) => Weight,
    onEnd: () => void = () => undefined,
  ): Promise<ProbeResult> {
    const { ended } = await this.#begin(order);
    // Nothing is waited for between the beginning of a run and its place among the records.
    const key = keyOf(order.target.portal, order.family);
    return this.#records.enter(key, this.#release(ended.finally(onEnd), weigh));
  }

  /** Resolves when a run has begun; the promise of its end is wrapped, so that it is not waited for. */
  async #begin(order: Order): Promise<{ readonly ended: Promise<ProbeResult> }> {
    const { limits } = this.#tools;
    const refused = await limits.beginRun(Date.now() - order.dueAt);
    if (refused !== null) return { ended: Promise.resolve(this.#skipped(order, refused)) };
    return { ended: this.#probe(order).finally(() => limits.endRun()) };
  }

  async #probe(order: Order): Promise<ProbeResult> {
    const { probe, gate } = this.#tools;
    const { target, family, scheduledAt, attempt } = order;
    const signal = this.#cut.signal;
    const result = await probe.run(target, { family, scheduledAt, attempt, gate, signal });
    return result.skipReason === null ? result : this.#skipped(order, result.skipReason);
  }

  async #release(
    ended: Promise<ProbeResult>,
    weigh: (result: ProbeResult) => Weight,
  ): Promise<ProbeResult> {
    const result = await ended;
    const released = this.#tools.confirmation.settle(result, weigh(result));
    // Nobody will ask the vantage point any more.
    if (this.#cut.signal.aborted) this.#tools.confirmation.close();
    return released;
  }

  #skipped(order: Order, reason: NonNullable<ProbeResult["skipReason"]>): ProbeResult {
    const { family, scheduledAt, attempt, dueAt } = order;
    const { portal } = order.target;
    const key = { portal, family, vantage: this.#tools.gate.name, scheduledAt, attempt };
    return { ...skippedResult(key, reason), startedAt: dueAt };
  }

  #track<T>(run: Promise<T>): Promise<T> {
    this.#open.add(run);
    void run.finally(() => this.#open.delete(run));
    return run;
  }
}
