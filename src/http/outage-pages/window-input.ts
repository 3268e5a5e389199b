import { z } from "@hono/zod-openapi";
import { isZone, zoneClock } from "../../domain/zone-clock.ts";
import type { WindowInput, WindowTarget } from "../../store/maintenance-input.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import { REPEATS, type WindowValues } from "../../web/maintenance/form.ts";
import { WEEKDAYS } from "../../web/maintenance/rule-text.ts";
import type { MaintenanceWords } from "../../web/maintenance/words.ts";
import { isStorable } from "../storable-text.ts";

/** What a form means, or what in it must be mended. */
export type ReadWindow =
  | { readonly ok: true; readonly input: WindowInput }
  | { readonly ok: false; readonly errors: readonly FormError[] };

/** As long as the store takes, in minutes. */
const LONGEST = 43_200;

const local = z.iso.datetime({ local: true });

/** The window that somebody typed, its day and time by the clocks of its zone. */
export function readWindow(values: WindowValues, words: MaintenanceWords["errors"]): ReadWindow {
  const errors: FormError[] = [];
  const wrong = (field: string, text: string) => void errors.push({ field, text });
  const title = values.title.trim();
  if (title === "" || title.length > 200 || !isStorable(title)) wrong("title", words.title);
  const note = values.note.trim();
  if (note.length > 4000 || !isStorable(note)) wrong("note", words.note);
  const target = targetOf(values);
  if (target === null) wrong("portal", words.target);
  const timezone = values.timezone.trim();
  if (!isZone(timezone)) wrong("timezone", words.timezone);
  const starts = local.safeParse(`${values.day}T${values.time}`);
  if (!starts.success) wrong("day", words.starts);
  const minutes = Number(values.hours || "0") * 60 + Number(values.minutes || "0");
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST) {
    wrong("hours", words.duration);
  }
  const rule = ruleOf(values);
  if (rule.wrong !== null) wrong(rule.wrong, words[rule.wrong === "days" ? "days" : "rule"]);
  if (errors.length > 0 || target === null || !starts.success) return { ok: false, errors };
  const startsAt = zoneClock(timezone).instantOf(Date.parse(`${starts.data}Z`));
  const input = {
    title,
    note: note === "" ? null : note,
    target,
    starts_at: new Date(startsAt).toISOString(),
    duration_minutes: minutes,
    rrule: rule.rrule,
    timezone,
  };
  return { ok: true, input };
}

/** Exactly one of the three; null for none and for several. */
function targetOf({ portal, agency, province }: WindowValues): WindowTarget | null {
  const given = [
    ...(portal.trim() === "" ? [] : [{ portal: portal.trim() }]),
    ...(agency === "" ? [] : [{ agency }]),
    ...(province === "" ? [] : [{ province }]),
  ];
  const [target] = given;
  return given.length === 1 && target !== undefined && isStorable(portal) ? target : null;
}

/** The repetition as a rule (RFC 5545): the form's own choices, or a rule that was written out. */
function ruleOf({ repeat, days, last, rule }: WindowValues): {
  readonly rrule: string | null;
  readonly wrong: "days" | "rule" | "last" | null;
} {
  const chosen = REPEATS.find((one) => one === repeat) ?? "once";
  const none = { rrule: null, wrong: null };
  if (chosen === "once") return none;
  if (chosen === "rule") {
    const written = rule.trim();
    const usable = written !== "" && written.length <= 500 && isStorable(written);
    return usable ? { rrule: written, wrong: null } : { rrule: null, wrong: "rule" };
  }
  if (last !== "" && !z.iso.date().safeParse(last).success) return { rrule: null, wrong: "last" };
  // Without Z the end is by the clocks of the window's zone, its last day included.
  const until = last === "" ? "" : `;UNTIL=${last.replaceAll("-", "")}T235959`;
  if (chosen === "daily") return { rrule: `FREQ=DAILY${until}`, wrong: null };
  if (chosen === "monthly") return { rrule: `FREQ=MONTHLY${until}`, wrong: null };
  const named = WEEKDAYS.filter((day) => days.includes(day));
  if (named.length === 0) return { rrule: null, wrong: "days" };
  return { rrule: `FREQ=WEEKLY;BYDAY=${named.join(",")}${until}`, wrong: null };
}
