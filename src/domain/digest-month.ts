import { addMonths, type Day, monthStart } from "./calendar.ts";

/** A digest goes out on the second day of the month after, at eight: the last audits of the month are in by then. */
const FIRST_DAY = 2;
const FIRST_HOUR = 8;
/** For so long what failed is tried again, and who is added gets it; later nobody waits for it any more. */
const LAST_DAY = 9;

/**
 * The month (its first day) whose digest goes out at an instant (milliseconds since the epoch) in a time zone (IANA
 * name), or null on days on which none does.
 */
export function dueDigest(at: number, timezone: string): Day | null {
  // The Swedish form is YYYY-MM-DD hh:mm:ss.
  const local = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  const day = Number(local.slice(8, 10));
  const hour = Number(local.slice(11, 13));
  const begun = day > FIRST_DAY || (day === FIRST_DAY && hour >= FIRST_HOUR);
  return begun && day <= LAST_DAY ? addMonths(monthStart(local), -1) : null;
}
