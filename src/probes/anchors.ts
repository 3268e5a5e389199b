import { isIP } from "node:net";
import type { Family } from "../domain/family.ts";

/**
 * Anchors for places that name none: resolvers and an encyclopaedia, run by four organisations on networks of their
 * own, each with both families and a certificate for its name.
 */
export const DEFAULT_ANCHORS: readonly string[] = [
  "one.one.one.one:443",
  "dns.google:443",
  "dns.quad9.net:443",
  "www.wikipedia.org:443",
];

/** A server elsewhere whose answer, with a verified certificate, proves that a family works from here. */
export interface Anchor {
  /** As it was written: `host:port`. */
  readonly text: string;
  readonly url: URL;
  /** Name or literal address, without brackets. */
  readonly host: string;
  /** The only family that a literal address can prove; null for a name. */
  readonly literal: Family | null;
}

/** Reads `host:port`, IPv6 in brackets; null if it is anything else. */
export function parseAnchor(text: string): Anchor | null {
  const match = /^(\[[^\]]+\]|[^:\s[\]/@?#]+):(\d{1,5})$/.exec(text.trim());
  const url = match ? URL.parse(`https://${match[1]}:${match[2]}/`) : null;
  if (url === null || url.port === "0") return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const version = isIP(host);
  const literal = version === 0 ? null : version === 4 ? "ip4" : "ip6";
  return { text: text.trim(), url, host, literal };
}
