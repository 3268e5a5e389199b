import type { StripSpan } from "../../reports/portal-strip.ts";
import type { Lang } from "../lang.ts";

/** The address of a portal's page over time. */
export function timesPath(id: string, lang: Lang, span?: StripSpan): string {
  const query = new URLSearchParams({ lang, ...(span === undefined ? {} : { span }) });
  return `/portals/${encodeURIComponent(id)}/times?${query.toString()}`;
}
