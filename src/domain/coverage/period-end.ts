import { addDays, addMonths, type Day } from "../calendar.ts";
import { quarterEnd } from "./quarter.ts";

/**
 * The last day of a period as publications name it: `2025-06-30` itself, `2025-06`, `2025-Q2` or `2025`; null for a
 * text that names none.
 */
export function periodEnd(text: string): Day | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return addDays(addMonths(`${text}-01`, 1), -1);
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter)
    return quarterEnd(`${quarter[1]}-${String(Number(quarter[2]) * 3).padStart(2, "0")}-01`);
  return /^\d{4}$/.test(text) ? `${text}-12-31` : null;
}
