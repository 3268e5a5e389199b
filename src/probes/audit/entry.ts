import { isIP } from "node:net";
import type { HostRole } from "../../domain/audit/host.ts";
import { hostOf, portOf } from "../location.ts";

/** Longest host name in text (RFC 1035 section 2.3.4). */
const MAX_NAME = 253;

/** One host that is to be looked at, and where its two services stand. */
export interface HostPlan {
  readonly host: string;
  readonly role: HostRole;
  readonly httpsPort: number;
  readonly httpPort: number;
  /** What to get over TLS and over plain HTTP; null: neither, connections only. */
  readonly urls: { readonly https: URL; readonly http: URL } | null;
}

/** A portal's URL, null for text that is no web address. */
export function readPortalUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

/** What stands in an observation for a host that can't be told from the URL. */
export function unreadablePlan(text: string, httpPort: number): HostPlan {
  const host = text.slice(0, MAX_NAME);
  return { host, role: "entry", httpsPort: 443, httpPort, urls: null };
}

/** The plan for the host of a portal's URL: the URL's own port stands for its scheme's, the other one is given. */
export function entryPlan(url: URL, httpPort: number): HostPlan {
  const host = hostOf(url);
  const plain = url.protocol === "http:";
  const ports = plain
    ? { httpsPort: 443, httpPort: portOf(url) }
    : { httpsPort: portOf(url), httpPort };
  const own = withoutHash(url);
  const https = plain ? at(url, "https:", ports.httpsPort) : own;
  // H2 asks what a visitor meets who types the bare name.
  const http = plain ? own : root(at(url, "http:", ports.httpPort));
  return { host, role: "entry", ...ports, urls: { https, http } };
}

const WWW = "www.";

/** The plan for the apex or www variant of a host (W9), null for a literal address. */
export function variantPlan(url: URL, entry: HostPlan): HostPlan | null {
  if (isIP(entry.host) !== 0) return null;
  const { httpsPort, httpPort } = entry;
  const host = entry.host.startsWith(WWW) ? entry.host.slice(WWW.length) : WWW + entry.host;
  if (!host.includes(".") || host.length > MAX_NAME) return null;
  const named = new URL(url);
  named.hostname = host;
  const urls = {
    https: root(at(named, "https:", httpsPort)),
    http: root(at(named, "http:", httpPort)),
  };
  return { host, role: "variant", httpsPort, httpPort, urls };
}

/** The plan for the host of a hop of a redirect chain (W6). */
export function hopPlan(url: URL, httpPort: number): HostPlan {
  const ports =
    url.protocol === "https:"
      ? { httpsPort: portOf(url), httpPort }
      : { httpsPort: 443, httpPort: portOf(url) };
  return { host: hostOf(url), role: "hop", ...ports, urls: null };
}

function at(url: URL, protocol: "http:" | "https:", port: number): URL {
  const moved = withoutHash(url);
  moved.protocol = protocol;
  moved.port = String(port);
  return moved;
}

function root(url: URL): URL {
  const bare = new URL(url);
  bare.pathname = "/";
  bare.search = "";
  return bare;
}

function withoutHash(url: URL): URL {
  const bare = new URL(url);
  bare.hash = "";
  return bare;
}
