/** Where a redirect leads, or why it can't be followed. */
export type Leads = { readonly url: URL } | { readonly refused: LocationFault };

/** Why a Location was not followed. */
export type LocationFault =
  | "missing"
  | "too_long"
  | "not_a_url"
  | "scheme"
  | "credentials"
  | "port_zero";

/** RFC 9110 section 4.1: senders and recipients should support at least 8000 octets. */
const MAX_LENGTH = 8000;

/** Reads a Location header (RFC 9110 section 10.2.2) relative to the URL that sent it; the fragment is dropped. */
export function readLocation(location: string | null, from: URL): Leads {
  if (location === null) return { refused: "missing" };
  if (location.length > MAX_LENGTH) return { refused: "too_long" };
  const url = URL.parse(location, from.href);
  if (url === null || url.href.length > MAX_LENGTH) return { refused: "not_a_url" };
  if (url.protocol !== "http:" && url.protocol !== "https:") return { refused: "scheme" };
  if (url.username !== "" || url.password !== "") return { refused: "credentials" };
  if (url.port === "0") return { refused: "port_zero" };
  url.hash = "";
  return { url };
}

/** The host of a URL as DNS and TLS want it: no brackets around a literal, no trailing dot. */
export function hostOf(url: URL): string {
  const host = url.hostname;
  if (host.startsWith("[")) return host.slice(1, -1);
  return host.endsWith(".") ? host.slice(0, -1) : host;
}

/** The port of a URL, its scheme's own where none is written. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
