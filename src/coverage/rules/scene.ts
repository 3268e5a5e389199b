import type { ImportSettings, Register, UnderstoodColumn } from "../contract.ts";
import { type Day, startOfDay, utcDay } from "../../domain/calendar.ts";
import { type Indicator, indicatorOn } from "../../domain/coverage/indicator.ts";
import { remembered } from "../../domain/remembered.ts";
import { type NameIndex, nameIndexOf } from "./name-index.ts";
import { type Parts, partsAmong } from "./parts.ts";

/** What stays the same while a file is judged. */
export interface Scene extends Parts {
  readonly register: Register;
  readonly settings: ImportSettings;
  readonly names: NameIndex;
  /** The indicator as it is in force on a day, or null. */
  readonly indicatorOn: (code: string, day: Day) => Indicator | null;
  /** Whether there is such a day, within the time that figures can be of. */
  readonly isDay: (text: string) => boolean;
  /** The header of the sheet's column that was taken for this, or null; `unit_…` stands for any level. */
  readonly headerOf: (sheet: string | null, role: string) => string | null;
}

/** The scene of one import. */
export function createScene(
  register: Register,
  settings: ImportSettings,
  columns: readonly UnderstoodColumn[],
): Scene {
  const versions = new Map<string, Indicator[]>();
  for (const indicator of register.indicators) {
    const same = versions.get(indicator.code);
    if (same) same.push(indicator);
    else versions.set(indicator.code, [indicator]);
  }
  const headers = new Map(columns.map(({ sheet, role, header }) => [`${sheet}\n${role}`, header]));
  return {
    register,
    settings,
    names: nameIndexOf(register.units),
    isDay: remembered(MOST_DAYS, isDay),
    ...partsAmong(register.indicators),
    indicatorOn: (code, day) => indicatorOn(versions.get(code) ?? [], code, day),
    headerOf: (sheet, role) =>
      headers.get(`${sheet}\n${role}`) ??
      headers.get(`${sheet}\n${role.replace(/^(?:province|commune)_/, "unit_")}`) ??
      null,
  };
}

const DAY_FORM = /^(?:19|20)\d\d-\d\d-\d\d$/;
const FIRST_DAY = "1970-01-01";

/** A file has few different days; one with many has them worked out again. */
const MOST_DAYS = 10_000;

/** Whether there is such a day, within the time that figures can be of. */
function isDay(text: string): boolean {
  if (!DAY_FORM.test(text) || text < FIRST_DAY) return false;
  const at = startOfDay(text);
  return !Number.isNaN(at) && utcDay(at) === text;
}
