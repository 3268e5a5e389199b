import { InvalidArgumentError } from "commander";
import { utcDay } from "./domain/calendar.ts";
import { parsePortalUrl } from "./domain/portal-url.ts";

/** A URL as portals have them, in its usual form; throws what commander tells. */
export function url(text: string): string {
  const parsed = parsePortalUrl(text);
  if (!parsed.ok) {
    throw new InvalidArgumentError(
      "Expected a URL such as https://example.gov.vn/, without user, password or fragment.",
    );
  }
  return parsed.value.url;
}

/** A day that exists; throws what commander tells. */
export function day(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at) || utcDay(at) !== text) {
    throw new InvalidArgumentError("Expected a day such as 2026-11-22.");
  }
  return text;
}
