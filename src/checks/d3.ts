import { isUnseen, type Sight } from "../domain/audit/sight.ts";
import type { NameServerSight, ServerAnswer, ZoneSight } from "../domain/audit/zone.ts";
import type { Cause, Finding } from "../domain/finding.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude, failedTries, firstReason } from "./conclude.ts";
import { type Doubt, type ServerService, serviceOf } from "./name-servers.ts";
import { onZone } from "./on-zone.ts";

/** Name servers that must answer over IPv6 for a pass (RFC 10001: at least two recommended). */
const ENOUGH = 2;

/** D3: at least two name servers answer for the zone over IPv6, by UDP and TCP, with authority. */
export const d3: Check = {
  id: "D3",
  about: [null],
  transport: ["ip6"],
  resolverReasons: ["no_aaaa", "only_one"],
  judge: onZone("D3", judgeZone),
};

function judgeZone(zone: ZoneSight): Finding {
  const services = zone.servers.map(serviceOf);
  const full = services.filter(({ service }) => service === "full");
  const evidence = evidenceOf(zone, services);
  if (full.length >= ENOUGH) return conclude("D3", null, "two_or_more", evidence);
  const unsure = services.flatMap(({ maybe }) => (maybe === null ? [] : [maybe]));
  const missing = [...unsure, ...Array<Doubt>(zone.beyond).fill("limit")];
  if (zone.servers.length === 0 || full.length + missing.length >= ENOUGH) {
    const unseen = missing.filter((doubt) => doubt !== "rate_limited");
    const reason = firstReason(unseen) ?? (missing.length > 0 ? "rate_limited" : "own_fault");
    return conclude("D3", null, reason, evidence);
  }
  const reason = shortfall(services, full.length, missing.length > 0);
  return conclude("D3", null, reason, evidence, fewest(zone.zone, services, full.length));
}

function shortfall(
  services: readonly ServerService[],
  full: number,
  unsure: boolean,
): OwnReason<"D3"> {
  // Where something is missing, at most one can be in order: certain is only that it is not two.
  if (full > 0 || unsure) return "only_one";
  const any = (service: ServerService["service"]) =>
    services.some((one) => one.service === service);
  if (any("udp")) return "udp_only";
  if (any("lame")) return "lame";
  return any("silent") ? "none_answers" : "no_aaaa";
}

/** The fewest servers that must be mended, the same for every zone on the same servers; the zone if it has too few. */
function fewest(zone: string, services: readonly ServerService[], full: number): readonly Cause[] {
  const broken = services.filter(({ service }) => service !== "full").map(({ name }) => name);
  const chosen = broken.toSorted().slice(0, ENOUGH - full);
  const short = chosen.length + full < ENOUGH;
  return [...causes("name_server", chosen), ...(short ? causes("zone", [zone]) : [])];
}

function evidenceOf({ zone, servers, beyond }: ZoneSight, services: readonly ServerService[]) {
  const answers = servers.flatMap(({ ip6 }) => (ip6 ?? []).flatMap(({ udp, tcp }) => [udp, tcp]));
  const seen = answers.flatMap((answer) => (isUnseen(answer) ? [] : [answer]));
  return {
    zone,
    beyond,
    servers: servers.map((server, index) => ({
      name: server.name,
      service: services[index]?.service ?? "bare",
      addresses: addressesOf(server),
    })),
    ...triesOf(seen),
  };
}

/** Tries count where something failed; records that are not there take none. */
function triesOf(seen: readonly ServerAnswer[]) {
  const failed = seen.filter(({ outcome }) => outcome !== "answered");
  return failed.length === 0 ? {} : failedTries(failed);
}

function addressesOf({ ip6 }: NameServerSight) {
  return (ip6 ?? []).map(({ address, udp, tcp }) => ({
    address: address.address,
    special: address.special,
    port: 53,
    udp: inShort(udp),
    tcp: inShort(tcp),
  }));
}

function inShort(answer: Sight<ServerAnswer>): string {
  if (isUnseen(answer)) return answer.unseen;
  if (answer.outcome !== "answered") return answer.outcome;
  const authority = answer.authoritative ? " AA" : "";
  return `${answer.rcode ?? "?"}${authority}${answer.holdsZone ? " SOA" : ""}`;
}
