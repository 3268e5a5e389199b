import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { Probe } from "../probes/index.ts";
import type { Confirmation } from "./confirmation.ts";
import { type Limits, patienceMs } from "./limits.ts";
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
  /** Takes every scheduled run's result, exactly one per slot. */
  readonly record: (result: ProbeResult) => void;
}

/** The runs of one thread, from the slot to the result that may be released. */
export class Runs {
  readonly #tools: RunTools;
  readonly #patienceMs: number;
  /** Portals and families whose scheduled run is under way. */
  readonly #running = new Set<string>();
  readonly #open = new Set<Promise<unknown>>();
  readonly #cut = new AbortController();

  constructor(tools: RunTools) {
    this.#tools = tools;
    this.#patienceMs = patienceMs(tools.intervalMs);
  }

  /** Runs a slot, or records why it is skipped. */
  due({ target, family, scheduledAt }: Slot): void {
    const key = keyOf(target.portal, family);
    const run = this.#keyOfRun(target, family, scheduledAt);
    if (Date.now() - scheduledAt > this.#patienceMs) {
      this.#tools.record(skippedResult(run, "skip_late"));
    } else if (this.#running.has(key)) {
      this.#tools.record(skippedResult(run, "skip_previous_running"));
    } else {
      this.#running.add(key);
      const ended = this.#run(target, family, scheduledAt).finally(() => this.#running.delete(key));
      void this.#track(
        ended.then((result) => this.#release(result, "scheduled")).then(this.#tools.record),
      );
    }
  }

  /** One run outside the schedule, within the limits. */
  now(target: ProbeTarget, family: Family): Promise<ProbeResult> {
    const ended = this.#run(target, family, Date.now());
    return this.#track(ended.then((result) => this.#release(result, "asked")));
  }

  /** Lets nothing begin, waits for what runs, cuts it after `cutAfterMs`; resolves when all is recorded. */
  async stop(cutAfterMs: number): Promise<void> {
    const { limits, confirmation } = this.#tools;
    limits.closeRuns();
    const cut = setTimeout(() => {
      this.#cut.abort();
      limits.closeConnections();
      confirmation.close();
    }, cutAfterMs);
    await Promise.all(this.#open);
    clearTimeout(cut);
  }

  async #run(target: ProbeTarget, family: Family, scheduledAt: number): Promise<ProbeResult> {
    const { probe, limits, gate } = this.#tools;
    const run = this.#keyOfRun(target, family, scheduledAt);
    const refused = await limits.beginRun(Date.now() - scheduledAt);
    if (refused !== null) return skippedResult(run, refused);
    try {
      const signal = this.#cut.signal;
      const result = await probe.run(target, { family, scheduledAt, attempt: 0, gate, signal });
      return result.skipReason === null ? result : skippedResult(run, result.skipReason);
    } finally {
      limits.endRun();
    }
  }

  #release(result: ProbeResult, kind: "scheduled" | "asked"): Promise<ProbeResult> {
    const released = this.#tools.confirmation.settle(result, kind);
    // Nobody will ask the vantage point any more.
    if (this.#cut.signal.aborted) this.#tools.confirmation.close();
    return released;
  }

  #keyOfRun({ portal }: ProbeTarget, family: Family, scheduledAt: number) {
    return { portal, family, vantage: this.#tools.gate.name, scheduledAt, attempt: 0 };
  }

  #track<T>(run: Promise<T>): Promise<T> {
    this.#open.add(run);
    void run.finally(() => this.#open.delete(run));
    return run;
  }
}
