import { dateForm } from "../domain/locale-forms.ts";
import { dayIn } from "../reports/zone-day.ts";
import type { Lang } from "./lang.ts";

/** An instant (ISO 8601) as people of that language write it, day and minute, in that zone. */
export function timeText(instant: string, style: { lang: Lang; timezone: string }): string {
  const format = dateForm(style.lang === "vi" ? "vi-VN" : "en-GB", {
    timeZone: style.timezone,
    day: style.lang === "vi" ? "2-digit" : "numeric",
    month: style.lang === "vi" ? "2-digit" : "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(Date.parse(instant));
}

/** The same to the second, for what happened within minutes. */
export function secondText(instant: string, style: { lang: Lang; timezone: string }): string {
  const format = dateForm(style.lang === "vi" ? "vi-VN" : "en-GB", {
    timeZone: style.timezone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return format.format(Date.parse(instant));
}

/** A calendar day (`YYYY-MM-DD`): 03/02/2026 in Vietnamese, 3 Feb 2026 in English. */
export function dayText(day: string, lang: Lang): string {
  if (lang === "vi") return day.split("-").toReversed().join("/");
  const format = dateForm("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return format.format(Date.parse(day));
}

/** The calendar day of an instant (ISO 8601) in that zone. */
export function instantDayText(instant: string, style: { lang: Lang; timezone: string }): string {
  return dayText(dayIn(style.timezone, Date.parse(instant)), style.lang);
}
