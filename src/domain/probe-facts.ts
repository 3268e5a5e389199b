import type { FailureKind, SkipReason } from "./failure.ts";
import type { Family } from "./family.ts";
import type { CertificateFacts, FailedAddress, Hop, Phase, PhasesMs } from "./observation.ts";

/** What ended a run before a whole answer was there: the kind that the code of the library stands for. */
export interface Stop {
  readonly stop: FailureKind;
  /** The phase that the run had reached, null before any. */
  readonly phase: Phase | null;
  /** Code as the library reported it, never a message. */
  readonly code: string | null;
  /** Facts that this kind needs, the same at every repeat. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What our own limits ended before it could be seen. */
export interface Skip {
  readonly skip: SkipReason;
}

/** Whether a step's outcome is the end of the run rather than the value that the step was for. */
export function isEnd(value: unknown): value is Stop | Skip {
  return typeof value === "object" && value !== null && ("stop" in value || "skip" in value);
}

/** One hop as seen: where it went and what was wrong with its certificate, the fault that decides first. */
export interface HopSight extends Hop {
  readonly certificateFaults: readonly FailureKind[];
  /** What chain building reported, null without TLS or with a good chain. */
  readonly chainCode: string | null;
}

/** A part of the body's expectation that did not hold, with the reason if the body could not be looked at. */
export interface BodyMismatch {
  readonly part: "bodyText" | "bodyRegex" | "jsonPath";
  readonly why: "absent" | "not_json" | "other_value" | "undecodable";
}

/** Everything that one run saw, without any opinion on it. Durations in milliseconds. */
export interface ProbeFacts {
  readonly family: Family;
  /** This family has no record while the other one has. */
  readonly noAddress: boolean;
  readonly stopped: Stop | null;
  readonly skipped: SkipReason | null;
  /** All hops in order, the last one included. */
  readonly hops: readonly HopSight[];
  /** Status of the last answer, a redirect's if no other followed. */
  readonly status: number | null;
  /** Whether `status` is the answer that ends the chain, with nothing more to follow. */
  readonly final: boolean;
  readonly bodyBytes: number;
  readonly bodyMismatches: readonly BodyMismatch[];
  readonly addresses: readonly string[];
  /** Addresses of any hop that were tried in vain. */
  readonly failedAddresses: readonly FailedAddress[];
  /** Certificate of the first hop whose certificate has a fault, else of the last hop over TLS. */
  readonly certificate: CertificateFacts | null;
  readonly phasesMs: PhasesMs;
  /** Waiting for our own limits left out. */
  readonly totalMs: number;
  readonly loopLagMs: number;
}
