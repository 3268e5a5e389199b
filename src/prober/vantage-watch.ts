import type { VantageState } from "../domain/vantage.ts";
import { createSelfTest } from "../probes/index.ts";
import { confirmAfter } from "./confirm-times.ts";
import type { FromThread, Question } from "./messages.ts";
import type { ProbingOptions } from "./options.ts";

/** Pause between self-tests while all is well, and the shortest one when something is wrong or wanted. */
const CALM_MS = 30_000;
const URGENT_MS = 5_000;

const ALL_WELL = "true,true,true";

/** What the watch needs. */
export interface WatchOptions {
  /** One self-test; it ends within its own time limits. */
  readonly check: () => Promise<VantageState>;
  readonly onState: (state: VantageState, answered: readonly Question[]) => void;
  readonly onFault: (error: Error) => void;
  /** Default 30 s. */
  readonly calmMs?: number;
  /** Default 5 s. */
  readonly urgentMs?: number;
}

/** A question, and when (performance.now()) a test that answers it is to begin. */
interface Waiting {
  readonly question: Question;
  readonly dueAt: number;
}

/**
 * Tests the vantage point again and again, one test at a time: at once, then every 30 s; every 5 s after
 * something broke, with the pauses doubling while it stays broken, so that a place that never had IPv6 does not
 * pester its anchors; and no more often than every 5 s when others want to know. Who can wait shares a test with
 * others: however many audits end, they add none to those that are made anyway.
 */
export class VantageWatch {
  readonly #options: WatchOptions;
  readonly #calmMs: number;
  readonly #urgentMs: number;
  #questions: Waiting[] = [];
  #pauseMs: number;
  #begunAt = -Infinity;
  #ill = "";
  #testing = false;
  #stopped = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#calmMs = options.calmMs ?? CALM_MS;
    this.#urgentMs = options.urgentMs ?? URGENT_MS;
    this.#pauseMs = this.#urgentMs;
  }

  /** Begins the first test, which answers these questions. */
  start(questions: readonly Question[] = []): void {
    this.#take(questions);
    this.#sleep();
  }

  /** Wants a self-test that begins after this call, and within the time that the question allows; many share one. */
  want(question: Question): void {
    this.#take([question]);
    if (!this.#testing) this.#sleep();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #take(questions: readonly Question[]): void {
    const now = performance.now();
    for (const question of questions) {
      this.#questions.push({ question, dueAt: now + (question.withinMs ?? 0) });
    }
  }

  /** Sleeps until the pause after the last test is over, or a question is due. */
  #sleep(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#stopped) return;
    const due = Math.min(...this.#questions.map(({ dueAt }) => dueAt));
    const urgent = Math.max(due, this.#begunAt + this.#urgentMs);
    const wait = Math.min(urgent, this.#begunAt + this.#pauseMs) - performance.now();
    this.#timer = setTimeout(() => void this.#test(), Math.max(0, wait));
  }

  async #test(): Promise<void> {
    const answered = this.#questions;
    this.#questions = [];
    this.#testing = true;
    this.#begunAt = performance.now();
    try {
      const state = await this.#options.check();
      const questions = answered.map(({ question }) => question);
      if (!this.#stopped) this.#options.onState(state, questions);
      this.#setPause(state);
    } catch (cause) {
      // The questions stay open: nobody must take a test that broke for an answer.
      this.#questions = [...answered, ...this.#questions];
      this.#options.onFault(new Error("The self-test of the vantage point broke", { cause }));
    } finally {
      this.#testing = false;
      this.#sleep();
    }
  }

  #setPause({ families, resolver }: VantageState): void {
    const ill = [families.ip4.healthy, families.ip6.healthy, resolver.usable].join();
    if (ill === ALL_WELL) this.#pauseMs = this.#calmMs;
    else if (ill === this.#ill) this.#pauseMs = Math.min(this.#calmMs, this.#pauseMs * 2);
    else this.#pauseMs = this.#urgentMs;
    this.#ill = ill;
  }
}

/** The watch of one prober, testing by its options and telling the service what it finds. */
export function watchVantage(
  options: ProbingOptions,
  questions: readonly Question[],
  post: (message: FromThread) => void,
): VantageWatch {
  const { vantage, dnsServers, allowedNetworks, extraRoots, intervalMs } = options;
  const test = createSelfTest({ ...vantage, dnsServers, allowedNetworks, extraRoots });
  const watch = new VantageWatch({
    check: () => test.check(),
    onState: (state, answered) => post({ type: "vantage", state, answered }),
    onFault: (error) => post({ type: "fault", error }),
    // Portals that are probed fast are confirmed fast, and each confirmation waits for a test of its own.
    urgentMs: Math.min(URGENT_MS, ...confirmAfter(intervalMs)),
  });
  watch.start(questions);
  return watch;
}
