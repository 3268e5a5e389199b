import type { FailureKind, FailureSource, SkipReason } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import type { Outcome } from "../domain/observation.ts";
import type { Instant } from "./column-types.ts";

interface RunColumns {
  portal_id: number;
  family: Family;
  vantage_id: number;
  scheduled_at: Instant;
  outcome: Outcome;
  /** A failure kind, or the reason of a skipped run. */
  failure: FailureKind | SkipReason | null;
  failure_source: FailureSource | null;
  status: number | null;
  resolve_ms: number;
  connect_ms: number;
  tls_ms: number;
  processing_ms: number;
  transfer_ms: number;
  total_ms: number;
  address_id: number | null;
  certificate_id: number | null;
  evidence_id: number | null;
}

interface ProbeResultTable extends RunColumns {
  attempt: number;
  start_delay_ms: number;
  hop_count: number;
  body_bytes: number;
  loop_lag_ms: number;
}

/** Runs of one UTC hour that have most things in common; `src/store/pack-hour.ts` says how they are packed. */
interface ProbeHourTable {
  hour: Instant;
  portal_id: number;
  family: Family;
  vantage_id: number;
  attempt: number;
  outcome: Outcome;
  failure: FailureKind | SkipReason | null;
  failure_source: FailureSource | null;
  status: number | null;
  hop_count: number;
  evidence_id: number | null;
  /** When the first run was scheduled and how far others are apart, in microseconds, the first from the half hour. */
  first_us: number;
  step_us: number;
  /** When each run was scheduled, in microseconds from the half hour; null: in even steps. */
  offsets_us: number[] | null;
  /** The shortest delay and body; what is above them stands in `measured` and `bodies`. */
  start_delay_ms: number;
  body_bytes: number;
  /** Null: all runs have the same, here and below. */
  bodies: number[] | null;
  address_id: number | null;
  address_ids: (number | null)[] | null;
  certificate_id: number | null;
  certificate_ids: (number | null)[] | null;
  /** By run: the delay of its start above the shortest, in whole milliseconds, and codes of its durations. */
  measured: number[][];
}

/** A view: runs as `probe_result` has them, be they packed or not. */
interface ProbeRunView extends ProbeResultTable {
  /**
   * The instant by which the run is kept: its hour if it is packed, else its own. Whoever asks for runs of a span asks for
   * this from an hour before the span to its end, so that only the partitions of these days are looked at.
   */
  kept_at: Instant;
}

interface ProbeLatestTable extends RunColumns {
  /** When the current outcome (with its failure kind) began. */
  since: Instant;
}

/** The tables of runs. */
export interface RunSchema {
  probe_result: ProbeResultTable;
  probe_hour: ProbeHourTable;
  probe_latest: ProbeLatestTable;
}

/** The views of runs. */
export interface RunViews {
  probe_run: ProbeRunView;
}
