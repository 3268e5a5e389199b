import { isToken } from "./stable-words.ts";

/** Names of query parameters that carry a session, a token or the time. */
const VOLATILE_NAME =
  /^(?:_|t|ts|time|timestamp|v|ver|rnd|rand|random|nocache|nonce|state|ticket|sid|.*sess(?:ion)?_?(?:id)?|.*token|.*csrf.*)$/i;

/** Parameters within a path, as servlets have them (`;jsessionid=…`). */
const PATH_PARAMETER = /;([\w.-]{1,64})=[^/;]*/g;

/** The cookieless sessions of ASP.NET (`/(S(…))`). */
const COOKIELESS = /\/\([A-Z]\([^()/]*\)\)/g;

/** The URL without its fragment and without the parts that carry a session, a token or the time; as it is if it is none. */
export function stableUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  url.hash = "";
  url.username = "";
  url.password = "";
  url.pathname = url.pathname
    .replaceAll(COOKIELESS, "")
    .replaceAll(PATH_PARAMETER, (whole, name: string) => (VOLATILE_NAME.test(name) ? "" : whole));
  url.search = new URLSearchParams(
    Array.from(url.searchParams).filter(([name, value]) => isStable(name, value)),
  ).toString();
  return url.href;
}

function isStable(name: string, value: string): boolean {
  return value !== MASK && !VOLATILE_NAME.test(name) && !isToken(value);
}

/** What stands in place of a value that is not kept. */
const MASK = "*";

/** A query or path parameter as it stands in a text, which need not be a whole URL. */
const PARAMETER = /([?&;])([^=&?#;/]{1,64})=([^&?#;]+)/g;

/**
 * The text of a URL, whole or relative, with `*` in place of whatever carries a session, a token or the time: what
 * is kept of it is the same at every visit, and no session of ours is kept at all.
 */
export function maskedUrl(text: string): string {
  return text
    .replaceAll(COOKIELESS, `/(${MASK})`)
    .replaceAll(PARAMETER, (whole, mark: string, name: string, value: string) =>
      isStable(name, value.replaceAll(ENCODED, "-")) ? whole : `${mark}${name}=${MASK}`,
    );
}

/** One octet in its percent-encoded form. */
const ENCODED = /%[\da-f]{2}/gi;
