import { addDays, addMonths, type Day, monthStart } from "../calendar.ts";

/** Last day of the quarter that a day is in. */
export function quarterEnd(day: Day): Day {
  const start = monthStart(day);
  const month = Number(start.slice(5, 7));
  return addDays(addMonths(start, 3 - ((month - 1) % 3)), -1);
}

/** Whether a day is the last of its quarter, the days that figures are given for. */
export function isQuarterEnd(day: Day): boolean {
  return quarterEnd(day) === day;
}

/** The name of a quarter: `2026-Q3` for all its days. */
export function quarterName(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** Last day of the quarter before the one that a day is in. */
export function quarterBefore(day: Day): Day {
  return quarterEnd(addMonths(monthStart(day), -3));
}
