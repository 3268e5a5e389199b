import { DAY_MS, type Day, startOfDay, utcDay } from "../../domain/calendar.ts";

/** Days as numbers from 1 January 1970 on and back; a file has few different ones, so that each is worked out once. */
export class DayNumbers {
  readonly #numbers = new Map<Day, number>();
  readonly #days = new Map<number, Day>();

  /** How many days after 1 January 1970. */
  numberOf(day: Day): number {
    const known = this.#numbers.get(day);
    if (known !== undefined) return known;
    const number = Math.round(startOfDay(day) / DAY_MS);
    this.#numbers.set(day, number);
    return number;
  }

  dayOf(number: number): Day {
    const known = this.#days.get(number);
    if (known !== undefined) return known;
    const day = utcDay(number * DAY_MS);
    this.#days.set(number, day);
    return day;
  }
}
