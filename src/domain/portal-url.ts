import { done, refused, type Result } from "./result.ts";

/** RFC 9110 section 4.1 asks for at least 8000 octets; no portal comes near, and indexes want less. */
const MAX_URL_LENGTH = 2000;

/** Why a text is not the URL of a portal. */
export type UrlProblem =
  | "not_a_url"
  | "scheme_not_http"
  | "has_credentials"
  | "has_fragment"
  | "host_not_dns_or_ip"
  | "too_long";

/** The address of a portal in its one normal form; `host` is ASCII, without port, IPv6 in brackets. */
export interface PortalUrl {
  readonly url: string;
  readonly host: string;
}

/** Labels of RFC 1123 with the underscore that some real names have, after conversion to punycode. */
const DNS_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/;

/**
 * Reads the URL of a portal and normalises it as the WHATWG URL standard does: scheme and host in lower case,
 * the host in punycode, no default port, a path. Two texts of the same address give the same `url`.
 */
export function parsePortalUrl(text: string): Result<PortalUrl, UrlProblem> {
  if (text.length > MAX_URL_LENGTH) return refused("too_long");
  // Controls and spaces are dropped silently by the URL parser: what was registered must be what is probed.
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return refused("not_a_url");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused("scheme_not_http");
  if (url.username !== "" || url.password !== "") return refused("has_credentials");
  if (url.hash !== "" || text.includes("#")) return refused("has_fragment");
  if (!url.hostname.startsWith("[") && !DNS_NAME.test(url.hostname)) {
    return refused("host_not_dns_or_ip");
  }
  if (url.href.length > MAX_URL_LENGTH) return refused("too_long");
  return done({ url: url.href, host: url.hostname });
}
