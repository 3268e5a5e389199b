/**
 * What one audit says of a graded thing: the best that it proves and the best that it leaves possible, because
 * checks that could not tell may hold. Equal for an audit that saw everything.
 */
export interface Reading<Value> {
  readonly proven: Value;
  readonly possible: Value;
  /** Tries that failed in this audit for what lowered it. */
  readonly failedTries: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A change that is not yet believed. */
export interface PendingChange<Value> {
  readonly value: Value;
  readonly rounds: number;
  readonly failedTries: number;
  /** When the first of these audits was. */
  readonly from: number;
}

/** A confirmed value with its history, plain JSON. Instants are milliseconds since the epoch. */
export interface Track<Value> {
  /** Null before any audit could tell. */
  readonly value: Value | null;
  /** When it began: the first audit that saw it. */
  readonly since: number;
  /** The last audit that agreed with it. */
  readonly confirmedAt: number;
  readonly pending: PendingChange<Value> | null;
  /** Instants of confirmed changes, the last ten. */
  readonly changes: readonly number[];
}

/** A track that knows nothing. */
export const NO_TRACK: Track<never> = {
  value: null,
  since: 0,
  confirmedAt: 0,
  pending: null,
  changes: [],
};

/** A change in either direction takes two audits in a row (reference b.6) … */
const CONFIRMING_ROUNDS = 2;
/** … and one to the worse three failed tries in them together. */
export const CONFIRMING_TRIES = 3;
/** A value that no audit has confirmed for this long gives way to what the present audit proves, if anything. */
export const STALE_AFTER_MS = 7 * 86_400_000;
/** That many confirmed changes within `FLAP_WINDOW_MS` make a portal flap. */
export const FLAP_CHANGES = 3;
export const FLAP_WINDOW_MS = 14 * 86_400_000;

/** How values compare: a higher rank is better; `undecided` is the value of an audit that could tell nothing. */
export interface Scale<Value> {
  readonly rank: (value: Value) => number;
  readonly undecided: Value;
}

/**
 * The track after one more audit. The first audit that can tell is believed at once; later changes when two audits
 * in a row say so. An audit that leaves the present value possible confirms nothing and denies nothing.
 */
export function advance<Value>(
  track: Track<Value>,
  reading: Reading<Value>,
  scale: Scale<Value>,
): Track<Value> {
  const { value } = track;
  if (value === null || value === scale.undecided) return first(track, reading, scale);
  const rank = scale.rank(value);
  const low = scale.rank(reading.proven);
  const high = Math.max(low, scale.rank(reading.possible));
  // Proven is confirmed: that better may be true as well is no reason for doubt.
  if (rank === low) return { ...track, confirmedAt: reading.at, pending: null };
  if (rank > low && rank <= high) {
    return reading.at - track.confirmedAt > STALE_AFTER_MS
      ? changed(track, reading.proven, reading.at, reading.at)
      : track;
  }
  // Outside of what this audit allows: the nearest value that it does allow.
  const next = rank < low ? reading.proven : reading.possible;
  return pend(track, next, reading, scale);
}

/** Whether the value has changed so often lately that it must be shown as flapping. */
export function isFlapping(track: Track<unknown>, now: number): boolean {
  return track.changes.filter((at) => now - at <= FLAP_WINDOW_MS).length >= FLAP_CHANGES;
}

function first<Value>(track: Track<Value>, reading: Reading<Value>, scale: Scale<Value>) {
  if (reading.proven === scale.undecided) {
    if (track.value !== null) return track;
    return { ...track, value: scale.undecided, since: reading.at, confirmedAt: reading.at };
  }
  const known = track.value === null ? { ...track, changes: [] } : track;
  return {
    ...known,
    value: reading.proven,
    since: reading.at,
    confirmedAt: reading.at,
    pending: null,
  };
}

/**
 * One more audit that disagrees. Audits in a row that disagree in the same direction count together, however far each
 * goes; what is believed in the end is what all of them allow, the nearest to the present value.
 */
function pend<Value>(
  track: Track<Value>,
  next: Value,
  reading: Reading<Value>,
  { rank }: Scale<Value>,
): Track<Value> {
  const present = rank(track.value as Value);
  const worse = rank(next) < present;
  const same = track.pending !== null && rank(track.pending.value) < present === worse;
  const before = same ? track.pending : null;
  const value = before === null ? next : nearer(before.value, next, rank, worse);
  const pending = {
    value,
    rounds: (before?.rounds ?? 0) + 1,
    failedTries: (before?.failedTries ?? 0) + reading.failedTries,
    from: before?.from ?? reading.at,
  };
  const enough =
    pending.rounds >= CONFIRMING_ROUNDS && (!worse || pending.failedTries >= CONFIRMING_TRIES);
  return enough ? changed(track, value, pending.from, reading.at) : { ...track, pending };
}

function nearer<Value>(
  one: Value,
  other: Value,
  rank: Scale<Value>["rank"],
  worse: boolean,
): Value {
  return rank(one) > rank(other) === worse ? one : other;
}

function changed<Value>(
  track: Track<Value>,
  value: Value,
  since: number,
  confirmedAt: number,
): Track<Value> {
  const changes = [...track.changes, confirmedAt].slice(-10);
  return { value, since, confirmedAt, pending: null, changes };
}
