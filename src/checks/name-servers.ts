import { isUnseen, type Sight, type UnseenReason } from "../domain/audit/sight.ts";
import type { NameServerSight, ServerAddressSight, ServerAnswer } from "../domain/audit/zone.ts";
import { firstReason } from "./conclude.ts";

/**
 * How well one name server serves the zone over IPv6: `full` over UDP and TCP with authority, `udp` over UDP only,
 * `lame` if it answers and has not the zone, `silent` if no address answers, `bare` without a usable AAAA.
 */
export type Service = "full" | "udp" | "lame" | "silent" | "bare";

/** One server's service; `maybe` names what is missing where better than `service` is left possible. */
export interface ServerService {
  readonly name: string;
  readonly service: Service;
  readonly maybe: UnseenReason | null;
}

const BEST_FIRST: readonly Service[] = ["full", "udp", "lame", "silent", "bare"];

/** Judges one name server by the best of its addresses, over IPv6. */
export function serviceOf({ name, ip6 }: NameServerSight): ServerService {
  if (ip6 === null) return { name, service: "bare", maybe: "resolver_failed" };
  const usable = ip6.filter(({ address }) => address.usable);
  const each = usable.map(addressService);
  const service = BEST_FIRST.find((one) => each.some((at) => at.service === one)) ?? "bare";
  const missing = firstReason(each.flatMap(({ maybe }) => (maybe === null ? [] : [maybe])));
  return { name, service, maybe: service === "full" ? null : missing };
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
