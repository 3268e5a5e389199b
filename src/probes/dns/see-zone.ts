import type { NameSight } from "../../domain/audit/names.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import type { WalkSight, ZoneSight } from "../../domain/audit/zone.ts";
import { isIP } from "node:net";
import { dnsName } from "./dns-name.ts";
import { type FoundZone, findZone } from "./find-zone.ts";
import type { Resolver } from "./resolvers.ts";
import { seeDnssec } from "./see-dnssec.ts";
import { seeParity } from "./see-parity.ts";
import { MAX_SERVERS, seeServers } from "./see-servers.ts";
import { type WalkOptions, seeWalk } from "./see-walk.ts";

/** What is needed to look at a zone. */
export interface ZoneTools extends WalkOptions {
  readonly resolvers: readonly Resolver[];
}

/**
 * Everything of the zone that holds a host: servers, walk, signatures, both families' data (D3 to D6).
 * A literal address or a name that does not exist has none: `not_reached`.
 */
export async function seeZone(
  host: string,
  sight: NameSight,
  tools: ZoneTools,
): Promise<Sight<ZoneSight>> {
  const { session, resolvers } = tools;
  const name = isIP(host) === 0 ? dnsName(host) : null;
  const { ip4, ip6 } = sight.answers;
  const absent = ip4.outcome === "nxdomain" && ip6.outcome === "nxdomain";
  if (name === null || absent) return unseen("not_reached");
  if (!session.gate.resolverUsable) return unseen("resolver_unusable");
  const walking = seeWalk(name, sight, tools);
  const found = (await findZone(name, resolvers, session)) ?? fromWalk(await walking);
  if (found === null) return unseen(session.remaining() === 0 ? "deadline" : "resolver_failed");
  const [servers, dnssec] = await Promise.all([
    seeServers(found.zone, found.servers, tools.lookUp, tools),
    seeDnssec(found.zone, resolvers, session),
  ]);
  return {
    zone: found.zone,
    servers,
    beyond: Math.max(0, found.servers.length - MAX_SERVERS),
    walk: await walking,
    dnssec,
    parity: await seeParity(name, servers, tools),
  };
}

/** The last delegation of the walk: where the resolver can't reach a zone's servers, its parent still names them. */
function fromWalk(walk: Sight<WalkSight>): FoundZone | null {
  const last = isUnseen(walk) ? undefined : walk.cuts.at(-1);
  return last ? { zone: last.zone, servers: last.servers.map(({ name }) => name) } : null;
}
