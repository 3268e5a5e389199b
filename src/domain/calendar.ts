/** Milliseconds of a UTC day, which has no daylight saving time and, as computers count, no leap seconds. */
export const DAY_MS = 86_400_000;

/** A calendar day `YYYY-MM-DD`. */
export type Day = string;

/** The UTC day of an instant in milliseconds since the epoch, from year 0000 to 9999. */
export function utcDay(at: number): Day {
  return new Date(at).toISOString().slice(0, 10);
}

/** The instant in milliseconds at which a day begins in UTC. */
export function startOfDay(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The day that many days later, or earlier where the number is negative. */
export function addDays(day: Day, days: number): Day {
  return utcDay(startOfDay(day) + days * DAY_MS);
}

/** The first day of the month of a day. */
export function monthStart(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the month that lies that many months after the month of a day. */
export function addMonths(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = String(Math.floor(count / 12)).padStart(4, "0");
  return `${year}-${String((count % 12) + 1).padStart(2, "0")}-01`;
}
