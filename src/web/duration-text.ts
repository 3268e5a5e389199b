import type { Lang } from "./lang.ts";

const UNITS = [
  { seconds: 86_400, vi: "ngày", en: "d" },
  { seconds: 3600, vi: "giờ", en: "h" },
  { seconds: 60, vi: "phút", en: "min" },
  { seconds: 1, vi: "giây", en: "s" },
] as const;

/** A length of time in its two greatest units: `2 giờ 5 phút`, `2 h 5 min`. */
export function durationText(seconds: number, lang: Lang): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex((unit) => whole >= unit.seconds);
  if (first === -1) return `0 ${UNITS[3][lang]}`;
  let rest = whole;
  const parts = UNITS.slice(first, first + 2).flatMap((unit) => {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    return count === 0 ? [] : [`${count} ${unit[lang]}`];
  });
  return parts.join(" ");
}
