import type { AddressAnswer, NameSight } from "../../domain/audit/names.ts";
import type { PortSight } from "../../domain/audit/host.ts";
import type { ResourceReach } from "../../domain/audit/page.ts";
import { type Sight, isUnseen } from "../../domain/audit/sight.ts";
import type { Family } from "../../domain/family.ts";
import type { AuditSession } from "../audit/session.ts";

/** How names are resolved and ports tried; both keep the audit's rules of politeness and addresses. */
export interface ResourceTools {
  readonly seeName: (host: string, session: AuditSession) => Promise<NameSight>;
  readonly tryTcp: (
    address: string,
    port: number,
    family: Family,
    session: AuditSession,
  ) => Promise<Sight<PortSight>>;
}

/** What a host of sub-resources came to over IPv6. */
export interface Reached {
  readonly ip6: ResourceReach;
  readonly address: string | null;
}

/** Addresses of one host that are tried: one that works is enough. */
const ADDRESSES = 3;

const UNKNOWN: Reached = { ip6: "unknown", address: null };

/**
 * Whether a host can be had over IPv6 at this port. That it has no address needs a resolver only, and is told even
 * where nothing may be sent over IPv6; what our side or the resolver could not find out is `unknown`.
 */
export async function reachHost(
  host: string,
  port: number,
  session: AuditSession,
  tools: ResourceTools,
): Promise<Reached> {
  if (session.remaining() === 0) return UNKNOWN;
  const { ip4, ip6 } = (await tools.seeName(host, session)).answers;
  if (saysNone(ip6)) {
    // Where records may be withheld or are invented, their absence proves nothing.
    if (session.gate.resolverDoubtful || ip6.invented > 0) return UNKNOWN;
    if (saysNone(ip4)) return { ip6: "no_address_at_all", address: null };
    return ip4.outcome === "addresses" ? { ip6: "no_address", address: null } : UNKNOWN;
  }
  if (ip6.outcome !== "addresses") return UNKNOWN;
  const usable = ip6.addresses.filter((each) => each.usable).map(({ address }) => address);
  if (usable.length === 0) {
    return { ip6: "special_address", address: ip6.addresses[0]?.address ?? null };
  }
  return session.closed("ip6") ? UNKNOWN : tryAddresses(usable, port, session, tools);
}

function saysNone({ outcome }: AddressAnswer): boolean {
  return outcome === "no_data" || outcome === "nxdomain";
}

async function tryAddresses(
  addresses: readonly string[],
  port: number,
  session: AuditSession,
  tools: ResourceTools,
): Promise<Reached> {
  let told: Reached = UNKNOWN;
  for (const address of addresses.slice(0, ADDRESSES)) {
    const sight = await tools.tryTcp(address, port, "ip6", session);
    if (isUnseen(sight)) continue;
    if (sight.outcome === "open") return { ip6: "works", address };
    if (told.address === null) told = { ip6: "unreachable", address };
  }
  return told;
}
