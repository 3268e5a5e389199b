import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { LifeSign, StopOrder } from "./life-signs.ts";
import type { ProbingOptions } from "./options.ts";

/** What a thread is born with. */
export interface ThreadData {
  readonly options: ProbingOptions;
  /** 0 … threads − 1; thread 0 also tests the vantage point. */
  readonly thread: number;
  readonly threads: number;
  /** Its share of the portals. */
  readonly targets: readonly ProbeTarget[];
  /** The memory of `createSlotTable`. */
  readonly slots: SharedArrayBuffer;
  /** What is known of the vantage point; while `checkedAt` is 0 the schedule waits. */
  readonly vantage: VantageState;
  /** Slots count from here (a thread that replaces a dead one), or null: from the first self-test on. */
  readonly from: number | null;
  /** The thread numbers its questions from the next one on. */
  readonly lastQuestion: number;
  /** What thread 0 must answer with its first self-test. */
  readonly questions: readonly Question[];
}

/** From the service to a thread. */
export type ToThread =
  | {
      readonly type: "targets";
      readonly upserts: readonly ProbeTarget[];
      readonly removed: readonly number[];
    }
  /** `confirmed`: all of this thread's questions up to this number are answered by this state. */
  | { readonly type: "vantage"; readonly state: VantageState; readonly confirmed: number }
  | {
      readonly type: "probe";
      readonly id: number;
      readonly target: ProbeTarget;
      readonly family: Family;
    }
  /** To thread 0: a self-test is wanted that begins after this message. */
  | { readonly type: "confirm"; readonly question: Question }
  | StopOrder;

/** Who asks for a self-test, and which of their questions this is; numbers ascend per asker. */
export interface Question {
  readonly asker: number;
  readonly id: number;
  /** How long the asker can wait for the self-test to begin, milliseconds; absent: not at all. */
  readonly withinMs?: number;
}

/** From a thread to the service. */
export type FromThread =
  | { readonly type: "results"; readonly results: ProbeResult[] }
  | { readonly type: "confirm"; readonly id: number }
  /** From thread 0: the state after a self-test, and the questions that it answers. */
  | {
      readonly type: "vantage";
      readonly state: VantageState;
      readonly answered: readonly Question[];
    }
  | { readonly type: "fault"; readonly error: Error }
  | LifeSign<ProbeResult>;
