import type { ChainSight, HostSight } from "../domain/audit/host.ts";
import type { AuditFacts } from "../domain/audit/observation.ts";
import { isUnseen } from "../domain/audit/sight.ts";
import { entryOf, webOrigin } from "./host-name.ts";

/** A host other than the entry's that a redirect chain goes through. */
export interface HopHost {
  readonly host: string;
  /** Whether visitors reach it over TLS. */
  readonly secure: boolean;
  /** Null where the audit did not look at it. */
  readonly sight: HostSight | null;
}

/** Every host that visitors over IPv6 are led through, the entry's own left out, in order of appearance. */
export function hopHosts(facts: AuditFacts): readonly HopHost[] {
  const entry = entryOf(facts)?.host;
  const found = new Map<string, HopHost>();
  for (const chain of chainsOf(facts)) {
    for (const url of urlsOf(chain)) {
      const origin = webOrigin(url);
      if (origin === null || origin.host === entry) continue;
      const { host, secure } = origin;
      found.set(`${secure} ${host}`, { host, secure, sight: sightOf(facts, origin) });
    }
  }
  return [...found.values()];
}

/** The way over IPv4 says where IPv6 was meant to go on where that came to no end. */
function chainsOf({ chains: { ip4, ip6 } }: AuditFacts): readonly ChainSight[] {
  if (isUnseen(ip6)) return [];
  return ip6.outcome === "arrived" || isUnseen(ip4) ? [ip6] : [ip6, ip4];
}

function urlsOf({ hops }: ChainSight): readonly string[] {
  return hops.flatMap(({ url, leadsTo }) => (leadsTo === null ? [url] : [url, leadsTo]));
}

function sightOf(facts: AuditFacts, { host, port }: { host: string; port: number }) {
  const named = facts.hosts.filter((one) => one.host === host);
  return named.find(({ httpsPort }) => httpsPort === port) ?? named[0] ?? null;
}
