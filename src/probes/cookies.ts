/** Cookies kept during one run, and the longest one (RFC 6265 section 6.1 asks for at least 50 of 4096 bytes). */
const MAX_COOKIES = 50;
const MAX_LENGTH = 4096;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly secure: boolean;
}

/**
 * The cookies of one run, forgotten with it. Many portals set one and redirect to themselves; without sending it
 * back, their redirect looks like a loop that no visitor meets. Of RFC 6265 only what such a chain needs:
 * domains and `Secure`; paths and expiry are not looked at.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Takes the Set-Cookie headers of one answer. */
  store(headers: readonly string[], url: URL): void {
    for (const header of headers) {
      const cookie = header.length > MAX_LENGTH ? null : parseCookie(header, url);
      if (cookie === null) continue;
      const key = `${cookie.name};${cookie.domain}`;
      if (this.#cookies.size < MAX_COOKIES || this.#cookies.has(key)) {
        this.#cookies.set(key, cookie);
      }
    }
  }

  /** The Cookie header for a request, empty if there is none to send. */
  header(url: URL): string {
    if (this.#cookies.size === 0) return "";
    return [...this.#cookies.values()]
      .filter((cookie) => goesTo(cookie, url))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }
}

function goesTo(cookie: Cookie, url: URL): boolean {
  if (cookie.secure && url.protocol !== "https:") return false;
  return cookie.hostOnly ? url.hostname === cookie.domain : isWithin(url.hostname, cookie.domain);
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** A token, then printable ASCII: what browsers take (RFC 6265 section 5.2), less what could break a header line. */
const PAIR = /^([!#$%&'*+.^_`|~\w-]+)=([\x20-\x3a\x3c-\x7e]*)$/;

function parseCookie(header: string, url: URL): Cookie | null {
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  const [, name, value] = PAIR.exec(pair) ?? [];
  if (name === undefined || value === undefined) return null;
  const given = attributes.map((attribute) => attribute.toLowerCase());
  const domain = given.find((attribute) => attribute.startsWith("domain="))?.slice(7);
  const named = domain?.replace(/^\./, "");
  if (named && named.includes(".") && !isWithin(url.hostname, named)) return null;
  const hostOnly = !named || !named.includes(".");
  return {
    name,
    value,
    domain: hostOnly ? url.hostname : named,
    hostOnly,
    secure: given.includes("secure"),
  };
}
