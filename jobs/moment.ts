import type { Day } from "../src/domain/calendar.ts";
import { UsageError } from "../src/domain/usage-error.ts";
import type { Database } from "../src/store/database.ts";
import { startOfDayIn } from "../src/store/rejudge.ts";

/** A day, which begins where reports begin theirs, or an instant in milliseconds since the epoch. */
export type Moment = { readonly day: Day } | { readonly at: number };

/** A day (2026-11-01) or an instant with its offset (2026-11-01T08:00:00+07:00). Throws UsageError for anything else. */
export function readMoment(option: string, text: string | true): Moment {
  const value = String(text);
  const at = Date.parse(value);
  if (!Number.isNaN(at)) {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
    if (isDay && new Date(at).toISOString().startsWith(value)) return { day: value };
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)) return { at };
  }
  throw new UsageError(
    `--${option} "${value}" is neither a day (2026-11-01) nor an instant (2026-11-01T08:00:00+07:00).`,
  );
}

/** The instant in milliseconds since the epoch. */
export async function momentIn(db: Database, moment: Moment, zone: string): Promise<number> {
  return "at" in moment ? moment.at : (await startOfDayIn(db, moment.day, zone)).getTime();
}
