import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { shareOf } from "../domain/schedule.ts";
import type { VantageState } from "../domain/vantage.ts";
import { clearSlotRow, createSlotTable } from "./address-slots.ts";
import type { FromThread, ThreadData } from "./messages.ts";
import type { ProberOptions } from "./options.ts";
import type { Prober, ProberStatus } from "./prober.ts";
import { ProbingThread } from "./thread.ts";
import { VantageRelay } from "./vantage-relay.ts";

/** How often the threads' beats are looked at; a thread beats as often. */
const TICK_MS = 1000;

/** The prober as the service sees it: shares the portals out to threads and relays what they say. */
export class ThreadedProber implements Prober {
  readonly #options: ProberOptions;
  readonly #slots: SharedArrayBuffer;
  readonly #threads: readonly ProbingThread[];
  readonly #relay: VantageRelay;
  readonly #targets = new Map<number, ProbeTarget>();
  #ticker: NodeJS.Timeout | null = null;
  #stop: Promise<void> | null = null;

  constructor(options: ProberOptions) {
    if (!(options.threads >= 1)) throw new RangeError("A prober needs at least one thread");
    this.#options = options;
    this.#slots = createSlotTable(options.threads);
    this.#threads = Array.from({ length: options.threads }, (_, index) => this.#thread(index));
    this.#relay = new VantageRelay(options.vantage, (question) =>
      this.#threads[0]?.post({ type: "confirm", question }),
    );
  }

  /** Resolves when every thread has beaten; rejects if one could not start, with none left running. */
  async start(): Promise<void> {
    try {
      await Promise.all(this.#threads.map((thread) => thread.start()));
    } catch (error) {
      await this.#finish(0);
      throw new Error("The prober could not start", { cause: error });
    }
    this.#ticker = setInterval(() => {
      for (const thread of this.#threads) thread.tick();
    }, TICK_MS);
  }

  setTargets(all: readonly ProbeTarget[]): void {
    const kept = new Set(all.map((target) => target.portal));
    const removed = [...this.#targets.keys()].filter((portal) => !kept.has(portal));
    this.change(all, removed);
  }

  change(upserts: readonly ProbeTarget[], removed: readonly number[]): void {
    const gone = new Set(removed);
    for (const portal of removed) this.#targets.delete(portal);
    for (const target of upserts) {
      // A portal whose slug changes may move to another thread.
      const before = this.#targets.get(target.portal);
      if (before && before.slug !== target.slug) gone.add(target.portal);
      this.#targets.set(target.portal, target);
    }
    for (const [index, thread] of this.#threads.entries()) {
      const share = upserts.filter((target) => this.#shareOf(target) === index);
      if (share.length + gone.size > 0) {
        thread.post({ type: "targets", upserts: share, removed: [...gone] });
      }
    }
  }

  probeNow(target: ProbeTarget, family: Family): Promise<ProbeResult> {
    const thread = this.#threads[this.#shareOf(target)] as ProbingThread;
    return thread.probe(target, family);
  }

  vantage(): VantageState {
    return this.#relay.state;
  }

  checkVantage(): Promise<VantageState> {
    return this.#stop ? Promise.resolve(this.#relay.state) : this.#relay.check();
  }

  status(): ProberStatus {
    const threads = this.#threads.map((thread) => thread.status());
    return {
      threads,
      beating: threads.some((thread) => thread.alive),
      inFlight: threads.reduce((sum, thread) => sum + thread.inFlight, 0),
    };
  }

  stop(graceMs: number): Promise<void> {
    this.#stop ??= this.#end(graceMs);
    return this.#stop;
  }

  async #end(graceMs: number): Promise<void> {
    if (this.#ticker) clearInterval(this.#ticker);
    const inTime = await this.#finish(graceMs);
    this.#relay.close();
    for (const [index, finished] of inTime.entries()) {
      if (!finished) this.#options.onFault(new Error(`Probing thread ${index} had to be ended`));
    }
  }

  /** Ends the threads only when all have finished: thread 0 answers the last questions of the others. */
  async #finish(graceMs: number): Promise<boolean[]> {
    const inTime = await Promise.all(this.#threads.map((thread) => thread.finish(graceMs)));
    await Promise.all(this.#threads.map((thread) => thread.end()));
    return inTime;
  }

  #shareOf(target: ProbeTarget): number {
    return shareOf(target.slug, this.#options.threads);
  }

  #thread(index: number): ProbingThread {
    return new ProbingThread(index, {
      born: (from) => this.#born(index, from),
      heard: (message) => this.#heard(index, message),
      fault: (error) => this.#options.onFault(error),
    });
  }

  #born(index: number, from: number | null): ThreadData {
    clearSlotRow(this.#slots, index);
    const { threads, onResults: _r, onVantage: _v, onFault: _f, ...options } = this.#options;
    return {
      options,
      thread: index,
      threads,
      targets: [...this.#targets.values()].filter((target) => this.#shareOf(target) === index),
      slots: this.#slots,
      vantage: this.#relay.state,
      from,
      lastQuestion: this.#relay.lastQuestion(index),
      questions: this.#relay.open(),
    };
  }

  #heard(index: number, message: FromThread): void {
    if (message.type === "results") this.#options.onResults(message.results);
    else if (message.type === "fault") this.#options.onFault(message.error);
    else if (message.type === "confirm") this.#relay.forward({ asker: index, id: message.id });
    else if (message.type === "vantage") {
      this.#relay.update(message.state, message.answered);
      for (const [asker, thread] of this.#threads.entries()) {
        const confirmed = this.#relay.answered(asker);
        thread.post({ type: "vantage", state: message.state, confirmed });
      }
      this.#options.onVantage(message.state);
    }
  }
}
