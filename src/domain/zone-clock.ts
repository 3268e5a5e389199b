/** What the clocks of one zone show. */
export interface ZoneClock {
  /** What the clock on the wall shows at an instant, as if it were UTC; milliseconds. */
  wallOf(instant: number): number;
  /** The instant at which the clock on the wall shows this; where it never does, the first one after the gap. */
  instantOf(wall: number): number;
}

/** The clocks of a zone by its IANA name. Throws RangeError for a name that is none. */
export function zoneClock(timezone: string): ZoneClock {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const wallOf = (instant: number) => {
    const parts = format.formatToParts(instant);
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    const date = [part("year"), part("month") - 1, part("day")] as const;
    return Date.UTC(...date, part("hour"), part("minute"), part("second")) + fraction(instant);
  };
  return {
    wallOf,
    instantOf(wall) {
      const offsets = [wall - DAY_MS, wall + DAY_MS].map((at) => wallOf(at) - at);
      if (offsets[0] === offsets[1]) return wall - (offsets[0] ?? 0);
      const found = offsets.map((offset) => wall - offset).filter((at) => wallOf(at) === wall);
      // Twice shown: the first time. Never shown: as if the clock had not been put forward yet.
      return found.length > 0 ? Math.min(...found) : wall - (offsets[0] ?? 0);
    },
  };
}

/** Whether this is the name of a time zone that clocks are known of. */
export function isZone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const DAY_MS = 86_400_000;

function fraction(instant: number): number {
  return ((instant % 1000) + 1000) % 1000;
}
