import type { Lang } from "../../catalogue/index.ts";

const UNITS = [
  { minutes: 1440, vi: "ngày", en: ["day", "days"] },
  { minutes: 60, vi: "giờ", en: ["hour", "hours"] },
  { minutes: 1, vi: "phút", en: ["minute", "minutes"] },
] as const;

/** A length of time (milliseconds) in words, its two greatest units; less than a minute is said as such. */
export function durationWords(ms: number, lang: Lang): string {
  let rest = Math.floor(Math.max(0, ms) / 60_000);
  if (rest === 0) return lang === "vi" ? "chưa đến 1 phút" : "less than a minute";
  const first = UNITS.findIndex(({ minutes }) => rest >= minutes);
  const parts = UNITS.slice(first, first + 2).flatMap(({ minutes, vi, en }) => {
    const count = Math.floor(rest / minutes);
    rest -= count * minutes;
    return count === 0 ? [] : [`${count} ${lang === "vi" ? vi : en[count === 1 ? 0 : 1]}`];
  });
  return parts.join(" ");
}

/** An instant on the clocks of a time zone, to the minute: `14:03 22/11/2026 (GMT+7)`, `22 Nov 2026, 14:03 (GMT+7)`. */
export function instantWords(instant: string | number, lang: Lang, timezone: string): string {
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = {
    day: "2-digit",
    month: lang === "vi" ? "2-digit" : "short",
    year: "numeric",
  } as const;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    timeZoneName: "short",
    ...time,
    ...day,
  });
  const parts = new Map(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const clock = `${of("hour")}:${of("minute")}`;
  const zone = `(${of("timeZoneName")})`;
  return lang === "vi"
    ? `${clock} ${of("day")}/${of("month")}/${of("year")} ${zone}`
    : `${of("day")} ${of("month")} ${of("year")}, ${clock} ${zone}`;
}
