import { getDomain } from "tldts";

/** Suffixes under which anybody can have a name (github.io) divide owners as registries do. */
const LIST = { allowPrivateDomains: true };

/**
 * Tells hosts of the portal's owner from those of third parties: the portal's own host, hosts below it, and hosts
 * that share its registrable domain by the public suffix list. A portal whose host is itself a suffix (`hanoi.vn`)
 * owns what lies below it and nothing beside it.
 */
export function ownHosts(portalHost: string): (host: string) => boolean {
  const below = `.${portalHost}`;
  const domain = getDomain(portalHost, LIST);
  return (host) =>
    host === portalHost ||
    host.endsWith(below) ||
    (domain !== null && getDomain(host, LIST) === domain);
}
