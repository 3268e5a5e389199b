import type { Lang } from "./lang.ts";

/** An instant (ISO 8601) as people of that language write it, day and minute, in that zone. */
export function timeText(instant: string, style: { lang: Lang; timezone: string }): string {
  const format = new Intl.DateTimeFormat(style.lang === "vi" ? "vi-VN" : "en-GB", {
    timeZone: style.timezone,
    day: "numeric",
    month: style.lang === "vi" ? "numeric" : "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(Date.parse(instant));
}
