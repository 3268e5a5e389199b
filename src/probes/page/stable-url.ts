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
  return !VOLATILE_NAME.test(name) && !isToken(value);
}
