import { Worker } from "node:worker_threads";
import {
  type Beat,
  isLifeSign,
  type LeaveOrder,
  type LifeSign,
  type StopOrder,
} from "./life-signs.ts";

/** Seconds without a beat after which a thread counts as silent, and after which it is replaced. */
const SILENT_AFTER = 10;
const REPLACED_AFTER = 30;

/** Waits before a dead thread is replaced: short the first time, doubling while it dies again and again. */
const RESTART_FIRST_MS = 100;
const RESTART_LONGEST_MS = 30_000;

/** How long a thread that was told to leave may take before it is cut. */
const LEAVE_MS = 2000;

/** A thread that has beaten this often since its birth has not died "again". */
const SETTLED_AFTER = 60;

/**
 * Memory of a thread for what is young, MB. On a machine with 24 GB Node allows each 192, which the garbage of probes fills:
 * with 3,000 portals a minute on a busy machine the service then took 980 MB at its most, with this bound 729 MB, and
 * 2.5 ms of CPU per run either way.
 */
const YOUNG_MB = 24;

/** What a thread is to its owner. */
export interface ThreadOwner<Born, Said> {
  /** What the next worker of this thread is born with; `from` says since when slots were missed. */
  born(from: number | null): Born;
  heard(message: Said): void;
  fault(error: Error): void;
}

/** What a thread is called, and the file that its workers begin with. */
interface ThreadKind {
  readonly name: string;
  readonly entry: URL;
}

/**
 * One thread through the lives of its workers: whoever dies or falls silent is replaced. A worker is born with `Born`,
 * is told `Told`, says `Said`, its signs of life among it, and answers single orders with `Answer`.
 */
export class LivingThread<Born, Told, Said extends { readonly type: string }, Answer> {
  readonly name: string;
  readonly #entry: URL;
  readonly #owner: ThreadOwner<Born, Said>;
  readonly #asked = new Map<number, PromiseWithResolvers<Answer>>();
  readonly #ready = Promise.withResolvers<void>();
  #worker: Worker | null = null;
  #beat: Beat = { inFlight: 0, targets: 0, loopLagMs: 0 };
  #lastBeatAt = 0;
  #silentFor = 0;
  #beats = 0;
  #deaths = 0;
  #lastId = 0;
  /** Set once the thread is to finish: told whether it did so in time. */
  #stopped: PromiseWithResolvers<boolean> | null = null;
  #restart: NodeJS.Timeout | null = null;

  constructor({ name, entry }: ThreadKind, owner: ThreadOwner<Born, Said>) {
    this.name = name;
    this.#entry = entry;
    this.#owner = owner;
  }

  /** Starts the first worker; rejects if it dies before it is ready. */
  start(): Promise<void> {
    if (this.#stopped) return Promise.reject(new Error(`${this.name} has stopped`));
    this.#spawn(null);
    return this.#ready.promise;
  }

  /** Sends a message; a thread that is being replaced gets its state afresh instead. */
  post(message: Told | StopOrder | LeaveOrder): void {
    this.#worker?.postMessage(message);
  }

  /** Sends the order that `make` makes of a number, and resolves with what the thread answers to that number. */
  ask(make: (id: number) => Told): Promise<Answer> {
    if (!this.#worker || this.#stopped) {
      return Promise.reject(new Error(`${this.name} is not running`));
    }
    const settle = Promise.withResolvers<Answer>();
    this.#lastId += 1;
    this.#asked.set(this.#lastId, settle);
    this.post(make(this.#lastId));
    return settle.promise;
  }

  status() {
    const alive = this.#worker !== null && this.#beats > 0 && this.#silentFor < SILENT_AFTER;
    return { alive, lastBeatAt: this.#lastBeatAt, ...this.#beat };
  }

  /**
   * To be called once a second: counts silence in calls, not in clock time, so that a machine that slept or a
   * service that was busy does not take its threads for dead.
   */
  tick(): void {
    if (!this.#worker || this.#stopped) return;
    this.#silentFor += 1;
    if (this.#silentFor === SILENT_AFTER) {
      this.#owner.fault(new Error(`${this.name} has not beaten for ${SILENT_AFTER} s`));
    }
    if (this.#silentFor === REPLACED_AFTER) void this.#worker.terminate();
  }

  /** Asks the thread to finish its work within the grace; false if it did not. It lives on until `end`. */
  async finish(graceMs: number): Promise<boolean> {
    const stopped = Promise.withResolvers<boolean>();
    this.#stopped = stopped;
    if (this.#restart) clearTimeout(this.#restart);
    if (!this.#worker) return true;
    this.post({ type: "stop", graceMs });
    const timer = setTimeout(() => stopped.resolve(false), graceMs);
    const inTime = await stopped.promise;
    clearTimeout(timer);
    return inTime;
  }

  /**
   * Ends the thread, whatever it does. It is told to go by itself first: a thread that is cut from outside while the
   * runtime's own code handles a connection can take the whole process with it.
   */
  async end(): Promise<void> {
    this.#stopped ??= Promise.withResolvers<boolean>();
    const worker = this.#worker;
    if (worker) {
      const gone = new Promise((resolve) => worker.once("exit", resolve));
      this.post({ type: "leave" });
      const timer = setTimeout(() => void worker.terminate(), LEAVE_MS);
      await gone;
      clearTimeout(timer);
    }
    this.#abandon(new Error(`${this.name} has stopped`));
  }

  #spawn(from: number | null): void {
    const worker = new Worker(this.#entry, {
      workerData: this.#owner.born(from),
      name: this.name,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    let cause: unknown;
    worker.on("message", (message: Said) => {
      if (isLifeSign<Answer>(message)) this.#noteSign(message);
      this.#owner.heard(message);
    });
    worker.on("error", (error) => (cause = error));
    worker.on("exit", (code) => this.#died(code, cause));
    this.#worker = worker;
    this.#silentFor = 0;
    this.#beats = 0;
  }

  #noteSign(sign: LifeSign<Answer>): void {
    if (sign.type === "beat") {
      this.#beat = sign.beat;
      this.#lastBeatAt = Date.now();
      this.#silentFor = 0;
      this.#beats += 1;
      this.#ready.resolve();
    } else if (sign.type === "stopped") {
      this.#stopped?.resolve(true);
    } else {
      const settle = this.#asked.get(sign.id);
      this.#asked.delete(sign.id);
      if (sign.type === "answered") settle?.resolve(sign.answer);
      else settle?.reject(sign.error);
    }
  }

  #died(code: number, cause: unknown): void {
    const error = new Error(
      `${this.name} ended with code ${code}; about ${this.#beat.inFlight} runs are lost`,
      { cause },
    );
    this.#worker = null;
    this.#beat = { ...this.#beat, inFlight: 0 };
    this.#abandon(error);
    if (this.#stopped) return this.#stopped.resolve(true);
    this.#ready.reject(error);
    // Before the first beat the caller of start() decides.
    if (this.#lastBeatAt > 0) this.#replace(error);
  }

  #replace(error: Error): void {
    this.#owner.fault(error);
    // What was due after the last beat has not run, or its result died with the thread.
    const from = this.#lastBeatAt;
    this.#deaths = this.#beats > SETTLED_AFTER ? 0 : this.#deaths;
    const wait = Math.min(RESTART_LONGEST_MS, RESTART_FIRST_MS * 2 ** this.#deaths);
    this.#deaths += 1;
    this.#restart = setTimeout(() => this.#spawn(from), wait);
  }

  #abandon(error: Error): void {
    for (const settle of this.#asked.values()) settle.reject(error);
    this.#asked.clear();
  }
}
