import type { HostSight } from "../domain/audit/host.ts";
import type { AuditFacts } from "../domain/audit/observation.ts";
import type { Family } from "../domain/family.ts";

/** The host of the portal's URL; undefined only in an observation that holds no host at all. */
export function entryOf(facts: AuditFacts): HostSight | undefined {
  return facts.hosts.find((host) => host.role === "entry") ?? facts.hosts[0];
}

/** Which family a host is a literal address of, null for a name. */
export function literalFamily(host: string): Family | null {
  if (host.includes(":")) return "ip6";
  return /^\d+(\.\d+){3}$/.test(host) ? "ip4" : null;
}

/** Longest name and label that a DNS message can carry (RFC 1035 section 2.3.4), in text. */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/** Whether any server could hold a name; what no message can carry does not exist, and nobody need be asked. */
export function canExist(host: string): boolean {
  const labels = host.split(".");
  return host.length <= MAX_NAME && labels.every((one) => one !== "" && one.length <= MAX_LABEL);
}

/** Scheme and host of an absolute http(s) URL, IPv6 without brackets; null for anything else. */
export function webOrigin(url: string): { secure: boolean; host: string; port: number } | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === "https:";
  if ((!secure && protocol !== "http:") || hostname === "") return null;
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  // RFC 9110 sections 4.2.1 and 4.2.2: the default ports.
  return { secure, host, port: port === "" ? (secure ? 443 : 80) : Number(port) };
}
