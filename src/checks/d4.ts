import { isUnseen } from "../domain/audit/sight.ts";
import type { Cut, CutFault, WalkSight, ZoneSight } from "../domain/audit/zone.ts";
import type { Cause, Finding } from "../domain/finding.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { type ServerService, serviceOf } from "./name-servers.ts";
import { onZone } from "./on-zone.ts";

/** D4: the name can be resolved from the root over IPv6 alone, and what is found is what others find. */
export const d4: Check = {
  id: "D4",
  about: [null],
  transport: ["ip6"],
  judge: onZone("D4", judgeZone),
};

const BLOCKED: Readonly<Record<CutFault, ReasonOf<"D4">>> = {
  ns_without_aaaa: "ns_without_aaaa",
  glue_missing: "required_glue_missing",
  out_of_zone_ns_unresolvable: "out_of_zone_ns",
  no_answer: "no_answer",
  lame: "lame",
  rate_limited: "rate_limited",
  loop: "loop",
  limit: "limit",
};

function judgeZone(zone: ZoneSight): Finding {
  const { walk } = zone;
  if (isUnseen(walk)) return conclude("D4", null, walk.unseen);
  const evidence = evidenceOf(walk);
  if (walk.outcome === "unsure") {
    const limited = walk.blockedAt?.fault === "rate_limited";
    return conclude("D4", null, limited ? "rate_limited" : "unsure", evidence);
  }
  if (walk.outcome === "blocked") {
    return disproved(zone, walk)
      ? conclude("D4", null, "unsure", evidence)
      : blocked(walk, evidence);
  }
  const uneven = walk.cuts.filter(({ glue }) => glue === "missing" || glue === "differs");
  const missing = uneven.some(({ glue }) => glue === "missing");
  if (walk.outcome === "differs") {
    const byFamily = differsByFamily(zone, walk);
    if (byFamily === null) return conclude("D4", null, untold(zone), evidence);
    const last = zones(walk.cuts.slice(-1));
    if (byFamily) return conclude("D4", null, "addresses_differ", evidence, last);
  }
  if (uneven.length === 0) return conclude("D4", null, "reached", evidence);
  return conclude("D4", null, missing ? "glue_missing" : "glue_differs", evidence, zones(uneven));
}

/**
 * Whether it is over IPv6 that other addresses are found than the resolver finds; null where that can't be told.
 * Whoever answers by place tells the resolver and us different addresses over either family: servers that say the same
 * over both (D6) give IPv6 visitors what they give everybody here.
 */
function differsByFamily({ parity }: ZoneSight, { addresses }: WalkSight): boolean | null {
  if (addresses.length === 0) return true;
  if (isUnseen(parity) || parity.servers.length === 0) return null;
  return parity.servers.some(({ equal }) => !equal);
}

/** Why both families could not be compared. */
function untold({ parity }: ZoneSight): ReasonOf<"D4"> {
  return isUnseen(parity) ? parity.unseen : "unsure";
}

/**
 * Whether the same audit shows that the zone's servers do answer for it over IPv6, or leaves that possible: then what
 * failed may be this one name, over whatever family, and neither the servers' silence nor their want of authority.
 */
function disproved({ zone, servers, beyond }: ZoneSight, { blockedAt }: WalkSight): boolean {
  const { fault } = blockedAt ?? {};
  if (blockedAt?.zone !== zone || (fault !== "lame" && fault !== "no_answer")) return false;
  const serves = ({ service, maybe }: ServerService) =>
    service === "full" || service === "udp" || maybe !== null;
  return beyond > 0 || servers.map(serviceOf).some(serves);
}

function blocked(walk: WalkSight, evidence: Finding["evidence"]): Finding {
  const { blockedAt } = walk;
  if (blockedAt === null) return conclude("D4", null, "unsure", evidence);
  const cut = walk.cuts.find(({ zone }) => zone === blockedAt.zone);
  return conclude("D4", null, BLOCKED[blockedAt.fault], evidence, toMend(blockedAt, cut));
}

/** One server that works is enough to cross a cut: the first by name, the same for every zone on the same servers. */
function toMend(
  { zone, fault }: NonNullable<WalkSight["blockedAt"]>,
  cut: Cut | undefined,
): readonly Cause[] {
  const inZone = fault === "glue_missing" || fault === "loop";
  const server = (cut?.servers ?? []).map(({ name }) => name).toSorted()[0];
  return inZone || server === undefined ? causes("zone", [zone]) : causes("name_server", [server]);
}

function zones(cuts: readonly Cut[]): readonly Cause[] {
  return causes(
    "zone",
    cuts.map(({ zone }) => zone),
  );
}

function evidenceOf({ outcome, addresses, blockedAt, cuts }: WalkSight): Finding["evidence"] {
  const path = cuts.map(({ zone, crossed, fault, glue }) => ({ zone, crossed, fault, glue }));
  const cut = cuts.find(({ zone }) => zone === blockedAt?.zone);
  return { outcome, addresses, blocked_at: blockedAt, path, servers: cut?.servers ?? [] };
}
