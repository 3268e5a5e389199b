import type { Lang } from "./text.ts";

/** The dashboards, in the order in which an operator goes through them. */
export const BOARD_NAMES = [
  "overview",
  "province",
  "agency",
  "portal",
  "ipv6",
  "https",
  "coverage",
  "slo",
  "prober",
] as const;

/** The dashboards that ask PostgreSQL for what metrics can't hold. */
export const SQL_BOARD_NAMES = ["compliance", "gaps", "releases"] as const;

export type BoardName = (typeof BOARD_NAMES)[number] | (typeof SQL_BOARD_NAMES)[number];

/** At most 40 characters, as Grafana takes them; the Vietnamese edition is the first one. */
export function uidOf(name: BoardName, lang: Lang): string {
  return lang === "vi" ? `hatangso-${name}` : `hatangso-${name}-${lang}`;
}
