/** Slugs have at most 100 characters; this leaves room for a number behind a host name. */
const HOST_SLUG_LENGTH = 90;

/** Slugs for a portal of this host, the best first: `dichvucong-gov-vn`, `dichvucong-gov-vn-2`, …; it never ends. */
export function* slugsForHost(host: string): Generator<string, never> {
  const letters = host.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const base = letters.slice(0, HOST_SLUG_LENGTH).replaceAll(/^-+|-+$/g, "") || "portal";
  yield base;
  for (let number = 2; ; number += 1) yield `${base}-${number}`;
}
