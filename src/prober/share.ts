import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { createProbe, watchLoopLag } from "../probes/index.ts";
import { Batcher } from "./batcher.ts";
import { Confirmation } from "./confirmation.ts";
import { Limits } from "./limits.ts";
import { LiveVantage } from "./live-vantage.ts";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";
import { Runs } from "./runs.ts";
import { Schedule } from "./schedule.ts";
import { watchVantage } from "./vantage-watch.ts";

const BEAT_MS = 1000;

/** Part of the stop's grace that is left for handing over what was cut. */
const FLUSH_MS = 1000;

/** The work of one probing thread: its share of the portals, and on thread 0 the self-test too. */
export class Share {
  readonly #post: (message: FromThread) => void;
  readonly #gate: LiveVantage;
  readonly #limits: Limits;
  readonly #confirmation: Confirmation;
  readonly #runs: Runs;
  readonly #schedule: Schedule;
  readonly #results: Batcher<ProbeResult>;
  readonly #watch: ReturnType<typeof watchVantage> | null;
  readonly #loopLag = watchLoopLag();

  constructor(data: ThreadData, post: (message: FromThread) => void) {
    const { options, thread } = data;
    this.#post = post;
    this.#gate = new LiveVantage(data.vantage);
    this.#limits = new Limits(data);
    this.#results = new Batcher((results) => post({ type: "results", results }));
    this.#confirmation = new Confirmation(data.lastQuestion, (id) => post({ type: "confirm", id }));
    this.#runs = new Runs({
      probe: createProbe({
        ...options,
        vantage: options.vantage.name,
        lagLimitMs: options.limits.lagLimitMs,
        acquireAddress: (address) => this.#limits.acquireAddress(address),
        onFault: (error) => post({ type: "fault", error }),
      }),
      limits: this.#limits,
      confirmation: this.#confirmation,
      gate: this.#gate,
      intervalMs: options.intervalMs,
      confirmAfterMs: options.confirmAfterMs,
      record: (result) => this.#results.add(result),
    });
    this.#schedule = new Schedule(options.intervalMs, (slot) => this.#runs.due(slot));
    this.#watch = thread === 0 ? watchVantage(options, data.questions, post) : null;
    this.#schedule.change(data.targets, []);
    if (data.vantage.checkedAt > 0) this.#schedule.begin(data.from ?? Date.now());
    this.#beat();
  }

  /** Does what the service says. */
  handle(message: ToThread): void {
    if (message.type === "targets") this.#change(message.upserts, message.removed);
    else if (message.type === "vantage") {
      this.#gate.update(message.state);
      this.#confirmation.answer(message.state, message.confirmed);
      this.#schedule.begin(Date.now());
    } else if (message.type === "probe") {
      void this.#probe(message.id, message.target, message.family);
    } else if (message.type === "confirm") this.#watch?.want(message.question);
    else void this.#stop(message.graceMs);
  }

  #change(upserts: readonly ProbeTarget[], removed: readonly number[]): void {
    this.#schedule.change(upserts, removed);
    for (const portal of removed) this.#confirmation.forget(portal);
    // What failed at another address, or by another expectation, is not what would be looked at again.
    for (const portal of [...removed, ...upserts.map((target) => target.portal)]) {
      this.#runs.forget(portal);
    }
  }

  async #probe(id: number, target: ProbeTarget, family: Family): Promise<void> {
    const answer = await this.#runs.now(target, family);
    this.#post({ type: "answered", id, answer });
  }

  async #stop(graceMs: number): Promise<void> {
    this.#schedule.stop();
    // The self-test goes on: the last failures of other threads may wait for it.
    await this.#runs.stop(Math.max(0, graceMs - FLUSH_MS));
    this.#results.flush();
    this.#post({ type: "stopped" });
  }

  /** Says how this thread is, now and every second from now on. */
  #beat(loopLagMs = 0): void {
    const { inFlight } = this.#limits;
    this.#post({ type: "beat", beat: { inFlight, targets: this.#schedule.size, loopLagMs } });
    const lag = this.#loopLag.open();
    setTimeout(() => this.#beat(lag.close()), BEAT_MS);
  }
}
