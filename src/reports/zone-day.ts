import { addDays, type Day, startOfDay } from "../domain/calendar.ts";
import { dateForm } from "../domain/locale-forms.ts";

/** The calendar day of an instant (milliseconds since the epoch) in a time zone (IANA name). */
export function dayIn(timezone: string, at: number): Day {
  // The Swedish form of a date is YYYY-MM-DD.
  return dateForm("sv-SE", { timeZone: timezone }).format(at);
}

/** The instant in milliseconds at which a day begins in a time zone; where clocks skip midnight, the first one after. */
export function dayStartIn(timezone: string, day: Day): number {
  const utc = startOfDay(day);
  // The offset at the guess may differ from the one at the result by a change of clocks: look again from there.
  const guess = utc - offsetOf(timezone, utc);
  const start = utc - offsetOf(timezone, guess);
  return dayIn(timezone, start) === day ? start : guess;
}

/** The instant at which a day is over in a time zone. */
export function dayEndIn(timezone: string, day: Day): number {
  return dayStartIn(timezone, addDays(day, 1));
}

/** What the clocks of a zone show at an instant, as if they were UTC: for files that know dates but no zones. */
export function clockIn(timezone: string, at: number): number {
  return at + offsetOf(timezone, at);
}

/** How far the clocks of a zone are ahead of UTC at an instant, milliseconds. */
function offsetOf(timezone: string, at: number): number {
  const shown = dateForm("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  return Date.parse(`${shown.replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
}
