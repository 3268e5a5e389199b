import type { AuditObservation } from "../domain/audit/observation.ts";
import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { shareOf } from "../domain/schedule.ts";
import type { VantageState } from "../domain/vantage.ts";
import { clearSlotRow, createSlotTable } from "./address-slots.ts";
import { AuditThread } from "./audit-thread.ts";
import type { FromThread, ThreadData } from "./messages.ts";
import type { ProberOptions, ProbingOptions } from "./options.ts";
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
  readonly #audits: AuditThread | null;
  readonly #relay: VantageRelay;
  readonly #targets = new Map<number, ProbeTarget>();
  #ticker: NodeJS.Timeout | null = null;
  #stop: Promise<void> | null = null;
  #auditsBegun: Promise<void> = Promise.resolve();

  constructor(options: ProberOptions) {
    if (!(options.threads >= 1)) throw new RangeError("A prober needs at least one thread");
    this.#options = options;
    this.#slots = createSlotTable(options.threads);
    this.#threads = Array.from({ length: options.threads }, (_, index) => this.#thread(index));
    this.#audits = this.#auditThread();
    this.#relay = new VantageRelay(options.vantage, (question) =>
      this.#threads[0]?.post({ type: "confirm", question }),
    );
  }

  /** Resolves when every probing thread has beaten; rejects if one could not start, with none left running. */
  async start(): Promise<void> {
    this.#auditsBegun = this.#audits?.start() ?? Promise.resolve();
    // Whoever wants to know asks `auditsBegun`.
    this.#auditsBegun.catch(() => undefined);
    try {
      await Promise.all(this.#threads.map((thread) => thread.start()));
    } catch (error) {
      await this.#finish(0);
      throw new Error("The prober could not start", { cause: error });
    }
    this.#ticker = setInterval(() => {
      for (const thread of this.#all()) thread.tick();
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
    if (upserts.length + removed.length > 0) {
      this.#audits?.post({ type: "targets", upserts, removed });
    }
  }

  probeNow(target: ProbeTarget, family: Family): Promise<ProbeResult> {
    const thread = this.#threads[this.#shareOf(target)] as ProbingThread;
    return thread.probe(target, family);
  }

  async auditNow(target: ProbeTarget): Promise<AuditObservation> {
    if (this.#audits === null) throw new Error("This prober does no audits");
    await this.#auditsBegun;
    return this.#audits.audit(target);
  }

  auditsBegun(): Promise<void> {
    return this.#auditsBegun;
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
      audits: this.#audits?.status() ?? null,
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
    const late = await this.#finish(graceMs);
    this.#relay.close();
    for (const name of late) this.#options.onFault(new Error(`${name} had to be ended`));
  }

  /** Ends the threads only when all have finished: thread 0 answers the last questions of the others. */
  async #finish(graceMs: number): Promise<string[]> {
    const threads = this.#all();
    const inTime = await Promise.all(threads.map((thread) => thread.finish(graceMs)));
    await Promise.all(threads.map((thread) => thread.end()));
    return threads.filter((_, index) => !inTime[index]).map(({ name }) => name);
  }

  #all(): (ProbingThread | AuditThread)[] {
    return this.#audits ? [...this.#threads, this.#audits] : [...this.#threads];
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
    const { threads } = this.#options;
    return {
      options: plainOf(this.#options),
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

  /** The thread of audits asks the vantage point as the one after the last probing thread. */
  #auditThread(): AuditThread | null {
    const { audits, threads, onFault } = this.#options;
    if (!audits) return null;
    return new AuditThread({
      probing: plainOf(this.#options),
      audits,
      known: () => ({
        targets: [...this.#targets.values()],
        vantage: this.#relay.state,
        lastQuestion: this.#relay.lastQuestion(threads),
      }),
      confirm: (id, withinMs) => this.#relay.forward({ asker: threads, id, withinMs }),
      fault: (error) => onFault(error),
    });
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
      const confirmed = this.#relay.answered(this.#threads.length);
      this.#audits?.post({ type: "vantage", state: message.state, confirmed });
      this.#options.onVantage(message.state);
    }
  }
}

/** What can be cloned into a thread. */
function plainOf(options: ProberOptions): ProbingOptions {
  const { threads: _t, audits: _a, onResults: _r, onVantage: _v, onFault: _f, ...plain } = options;
  return plain;
}
