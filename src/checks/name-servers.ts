import { isUnseen, type Sight, type UnseenReason } from "../domain/audit/sight.ts";
import type { NameServerSight, ServerAddressSight, ServerAnswer } from "../domain/audit/zone.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import { firstReason } from "./conclude.ts";

/**
 * How well one name server serves the zone over IPv6: `full` over UDP and TCP with authority, `udp` over UDP only,
 * `lame` if it answers and has not the zone, `silent` if no address answers, `bare` without a usable AAAA.
 */
export type Service = "full" | "udp" | "lame" | "silent" | "bare";

/** Why better than what a server came to is left possible. */
export type Doubt = UnseenReason | Extract<OwnReason<"D3">, "rate_limited">;

/** One server's service; `maybe` names what is missing where better than `service` is left possible. */
export interface ServerService {
  readonly name: string;
  readonly service: Service;
  readonly maybe: Doubt | null;
}

const BEST_FIRST: readonly Service[] = ["full", "udp", "lame", "silent", "bare"];

/** Judges one name server by the best of its addresses, over IPv6. */
export function serviceOf(server: NameServerSight): ServerService {
  const { name, ip6 } = server;
  if (ip6 === null) return { name, service: "bare", maybe: "resolver_failed" };
  const usable = ip6.filter(({ address }) => address.usable);
  const each = usable.map(addressService);
  const service = BEST_FIRST.find((one) => each.some((at) => at.service === one)) ?? "bare";
  const missing = firstReason(each.flatMap(({ maybe }) => (maybe === null ? [] : [maybe])));
  if (service === "full") return { name, service, maybe: null };
  const turnedAway = service === "silent" || (service === "lame" && usable.every(refusesOnly));
  return { name, service, maybe: missing ?? (turnedAway ? overIp4(server) : null) };
}

/**
 * What IPv4 leaves possible of a server that turns us away over IPv6: nothing where it serves over IPv4 or has no
 * IPv4. One that is as silent over IPv4 may be so to us alone, because it limits our rate, or to all: neither is a
 * matter of IPv6.
 */
function overIp4({ ip4 }: NameServerSight): Doubt | null {
  if (ip4 === null) return "resolver_failed";
  if (ip4.length === 0 || ip4.some(({ udp }) => quality(udp) === "serves")) return null;
  const unseen = ip4.flatMap(({ udp }) => (isUnseen(udp) ? [udp.unseen] : []));
  return firstReason(unseen) ?? "rate_limited";
}

/** Refusals may be meant for us alone; an answer that is not the server's to give is what everybody gets. */
const REFUSALS: ReadonlySet<string | null> = new Set(["REFUSED", "SERVFAIL"]);

function refusesOnly({ udp, tcp }: ServerAddressSight): boolean {
  return [udp, tcp].every((answer) => {
    if (isUnseen(answer) || answer.outcome !== "answered") return true;
    return REFUSALS.has(answer.rcode);
  });
}

function addressService({ udp, tcp }: ServerAddressSight): {
  service: Service;
  maybe: UnseenReason | null;
} {
  const maybe = firstReason([udp, tcp].flatMap((sight) => (isUnseen(sight) ? [sight.unseen] : [])));
  const over = { udp: quality(udp), tcp: quality(tcp) };
  if (over.udp === "serves") return { service: over.tcp === "serves" ? "full" : "udp", maybe };
  const lame = over.udp === "lame" || over.tcp === "lame" || over.tcp === "serves";
  return { service: lame ? "lame" : "silent", maybe };
}

function quality(answer: Sight<ServerAnswer>): "serves" | "lame" | "silent" {
  if (isUnseen(answer) || answer.outcome !== "answered") return "silent";
  const { rcode, authoritative, holdsZone } = answer;
  return rcode === "NOERROR" && authoritative && holdsZone ? "serves" : "lame";
}
