import ICAL from "ical.js";
import { done, refused, type Result } from "../domain/result.ts";
import { isZone, zoneClock } from "../domain/zone-clock.ts";
import { readRule, type RepeatRule } from "./repeat-rule.ts";

/** When a window is, as it is stored. Instants in milliseconds since the epoch. */
export interface Recurrence {
  readonly startsAt: number;
  readonly durationMs: number;
  /** RFC 5545 without DTSTART; null: once. */
  readonly rrule: string | null;
  /** The rule is kept by the clocks of this zone. */
  readonly timezone: string;
}

/** One time of maintenance, from (included) to (excluded), milliseconds since the epoch. */
export interface Occurrence {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The occurrences of a span, and up to where they are all known. */
export interface Expansion {
  readonly occurrences: readonly Occurrence[];
  /** Every occurrence that begins before it is known; `Infinity`: there are no more. */
  readonly until: number;
}

/** Occurrences that one expansion yields at most. */
const MAX_OCCURRENCES = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What is looked at to find out whether a window would overlap itself: the rules that are allowed repeat within it. */
const CHECKED_MS = 400 * 24 * HOUR_MS;

/**
 * The occurrences that begin in `from` ≤ start < `to`, in order and never overlapping, at most `MAX_OCCURRENCES`.
 * Throws for a recurrence that `recurrenceFault` refuses.
 */
export function expand(recurrence: Recurrence, from: number, to: number): Expansion {
  const { durationMs } = recurrence;
  const occurrences: { startsAt: number; endsAt: number }[] = [];
  for (const startsAt of startsOf(recurrence, from)) {
    if (startsAt >= to) return { occurrences, until: to };
    const last = occurrences.at(-1);
    // Where clocks are put back, two that begin at different times on the wall are nearer to each other.
    if (last) last.endsAt = Math.min(last.endsAt, startsAt);
    if (occurrences.length === MAX_OCCURRENCES) return { occurrences, until: startsAt };
    if (startsAt >= from) occurrences.push({ startsAt, endsAt: startsAt + durationMs });
  }
  return { occurrences, until: Infinity };
}

/** What is wrong with a recurrence. */
export interface RecurrenceFault {
  readonly field: "rrule" | "timezone" | "duration_minutes";
  /** One English sentence. */
  readonly why: string;
}

/** Whether a recurrence can be kept: a zone that exists, a rule that is allowed, and no overlap with itself. */
export function checkRecurrence(recurrence: Recurrence): Result<null, RecurrenceFault> {
  const { startsAt, durationMs, rrule, timezone } = recurrence;
  if (!isZone(timezone)) {
    return refused({ field: "timezone", why: `${timezone} is not the name of a time zone.` });
  }
  if (rrule === null) return done(null);
  const rule = readRule(rrule);
  if (!rule.ok) return refused({ field: "rrule", why: rule.problem });
  let last = -Infinity;
  let count = 0;
  for (const start of startsOf(recurrence, startsAt)) {
    if (start - last < durationMs) {
      const why = `It would last longer than the ${(start - last) / MINUTE_MS} minutes to its next time.`;
      return refused({ field: "duration_minutes", why });
    }
    count += 1;
    last = start;
    if (count > MAX_OCCURRENCES || start > startsAt + CHECKED_MS) break;
  }
  if (count === 0) return refused({ field: "rrule", why: "This rule has no time at all." });
  return done(null);
}

/** Instants at which occurrences begin, in order, from the last one before `from` on. */
function* startsOf({ startsAt, rrule, timezone }: Recurrence, from: number): Generator<number> {
  if (rrule === null) {
    yield startsAt;
    return;
  }
  const read = readRule(rrule);
  if (!read.ok) throw new Error(`A stored rule can't be read: ${read.problem}`);
  const rule = read.value;
  const clock = zoneClock(timezone);
  const wall = clock.wallOf(startsAt);
  const begin = forwarded(rule, wall, clock.wallOf(from));
  const times = ICAL.Recur.fromString(rule.text).iterator(toFloating(begin));
  let last = -Infinity;
  for (let time = times.next(); time; time = times.next()) {
    const at = fromFloating(time);
    const instant = clock.instantOf(at);
    if (isPast(rule, at, instant)) return;
    // Two times on the wall that a gap makes one instant.
    if (instant > last) yield instant;
    last = Math.max(last, instant);
  }
}

function isPast({ until }: RepeatRule, wall: number, instant: number): boolean {
  if (until === null) return false;
  return until.utc ? instant > until.at : wall > until.at;
}

/** A start of the same rule that lies not far before `wall`, so that years need not be counted through. */
function forwarded({ stepMs, count }: RepeatRule, start: number, wall: number): number {
  if (stepMs === null || count !== null || wall <= start) return start;
  return start + Math.max(0, Math.floor((wall - start) / stepMs) - 1) * stepMs;
}

function toFloating(wall: number): ICAL.Time {
  const at = new Date(wall);
  return new ICAL.Time(
    {
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}

function fromFloating({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
