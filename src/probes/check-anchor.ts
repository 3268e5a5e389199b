import type { FailureKind } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import { judgeCertificate } from "../domain/judge-certificate.ts";
import { isEnd } from "../domain/probe-facts.ts";
import { type AddressPolicy, addressClass } from "./address-policy.ts";
import type { Anchor } from "./anchors.ts";
import { startDeadline } from "./deadline.ts";
import type { DnsAnswer, DnsClient } from "./dns-client.ts";
import { usableAddresses } from "./find-addresses.ts";
import { type ConnectionRun, openConnection } from "./open-connection.ts";
import { type ProbeTools, noTime } from "./run.ts";

/**
 * What one anchor came to over one family: `answered` with a verified certificate; an `impostor` answered in its
 * stead, or its name led to an address that no anchor has; `silent` for the kind given; `absent` where the anchor
 * does not have the family.
 */
export type AnchorSight =
  | { readonly saw: "answered"; readonly source: string; readonly sourceFault: string | null }
  | { readonly saw: "impostor" | "silent"; readonly kind: FailureKind }
  | { readonly saw: "absent" };

/** One anchor over one family, with the resolver's answer for its name; null for a literal address. */
export interface AnchorReport {
  readonly anchor: Anchor;
  readonly family: Family;
  readonly lookup: DnsAnswer | null;
  readonly sight: AnchorSight;
}

/** Looks up an anchor and goes there over one family; ends within the tools' time limit. */
export async function checkAnchor(
  anchor: Anchor,
  family: Family,
  dns: DnsClient,
  tools: ProbeTools,
): Promise<AnchorReport> {
  const deadline = startDeadline(tools.timeoutMs);
  try {
    if (anchor.literal !== null) {
      const fits = anchor.literal === family;
      const sight = fits ? await goTo(anchor, [anchor.host], { family, deadline }, tools) : ABSENT;
      return { anchor, family, lookup: null, sight };
    }
    const lookup = await dns.lookup(anchor.host, family, deadline);
    const sight =
      lookup.kind === "addresses"
        ? await goTo(anchor, lookup.addresses, { family, deadline }, tools)
        : unfound(lookup);
    return { anchor, family, lookup, sight };
  } finally {
    deadline.clear();
  }
}

const ABSENT: AnchorSight = { saw: "absent" };

async function goTo(
  anchor: Anchor,
  addresses: readonly string[],
  given: Pick<ConnectionRun, "family" | "deadline">,
  tools: ProbeTools,
): Promise<AnchorSight> {
  const usable = usableAddresses(addresses, tools.policy);
  if (isEnd(usable)) return { saw: "impostor", kind: usable.stop };
  const connection = await openConnection(anchor.url, usable, tools, {
    ...given,
    failedAddresses: [],
    phasesMs: noTime(),
  });
  if (isEnd(connection)) {
    return { saw: "silent", kind: "stop" in connection ? connection.stop : "prober_fault" };
  }
  const { socket, certificate, release } = connection;
  const source = socket.localAddress ?? "";
  socket.destroy();
  release();
  const [fault] = certificate ? judgeCertificate(certificate.sight, tools.clock()) : [];
  if (fault !== undefined) return { saw: "impostor", kind: fault };
  return { saw: "answered", source, sourceFault: sourceFault(source, given.family, tools.policy) };
}

function unfound(lookup: Exclude<DnsAnswer, { kind: "addresses" }>): AnchorSight {
  if (lookup.kind === "failed") return { saw: "silent", kind: lookup.failure };
  if (lookup.kind === "cut") return { saw: "silent", kind: "dns_timeout" };
  // A name that does not exist is a failed anchor; one that lacks the family says nothing about the family.
  return lookup.nameExists ? ABSENT : { saw: "silent", kind: "no_address_at_all" };
}

/** IPv4 source addresses from which nobody beyond this machine or link can be reached. */
const USELESS_SOURCES: ReadonlySet<string> = new Set([
  "loopback",
  "link_local",
  "unspecified",
  "not_an_address",
]);

/**
 * Why a source address proves nothing, as its class, or null if it will do. IPv6 needs a global one: a unique local
 * address can reach a network's own machines and nothing else. IPv4 from private space is the normal case behind
 * address translation, so only what can't leave the link is refused. Allowed networks are good for both.
 */
export function sourceFault(source: string, family: Family, policy: AddressPolicy): string | null {
  const found = policy(source);
  if (found === null || family === "ip6") return found;
  const known = addressClass(source);
  return known !== null && USELESS_SOURCES.has(known) ? known : null;
}
