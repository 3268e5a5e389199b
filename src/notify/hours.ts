/** Days of a week as the configuration names them, Monday first. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** A span of every named day, by the clocks of a time zone; one that ends before it begins goes over midnight. */
export interface Hours {
  /** HH:MM. */
  readonly from: string;
  /** HH:MM, not in it any more; 24:00 is the end of the day. */
  readonly to: string;
  /** On which the span begins. */
  readonly days: readonly Weekday[];
  readonly timezone: string;
}

/** Whether an instant (milliseconds since the epoch) lies in the hours. */
export function isWithin({ from, to, days, timezone }: Hours, at: number): boolean {
  const { day, minute } = localTime(timezone, at);
  const begin = minuteOf(from);
  const end = minuteOf(to);
  const on = (which: number) => days.includes(WEEKDAYS[(which + 7) % 7] ?? "mon");
  if (begin < end) return on(day) && minute >= begin && minute < end;
  return (on(day) && minute >= begin) || (on(day - 1) && minute < end);
}

function minuteOf(time: string): number {
  const [hour = "0", minute = "0"] = time.split(":");
  return Number(hour) * 60 + Number(minute);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of the week, 0 is Monday, and the minute of the day there. */
function localTime(timezone: string, at: number): { day: number; minute: number } {
  let format = formats.get(timezone);
  if (format === undefined) {
    const options = {
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    } as const;
    format = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, ...options });
    formats.set(timezone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = WEEKDAYS.findIndex((name) => name === parts.get("weekday")?.toLowerCase());
  return { day, minute: minuteOf(`${parts.get("hour")}:${parts.get("minute")}`) };
}
