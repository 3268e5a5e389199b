import type { SeenAddress } from "../domain/audit/names.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude, noAddress } from "./conclude.ts";
import { entryOf } from "./host-name.ts";
import { presenceOf } from "./name-answer.ts";

type SpecialReason = Exclude<OwnReason<"D2">, "all_global" | "allowed_here">;

/** Address classes of the registries (IANA special-purpose addresses) by the reason that speaks of them. */
const CLASSES: Readonly<Record<string, SpecialReason>> = {
  unspecified: "special_unspecified",
  loopback: "special_loopback",
  link_local: "special_link_local",
  deprecated_site_local: "special_site_local",
  unique_local: "special_unique_local",
  multicast: "special_multicast",
  ipv4_mapped: "special_ipv4_mapped",
  ipv4_translated: "special_ipv4_translated",
  nat64: "special_nat64",
  discard: "special_discard",
  teredo: "special_teredo",
  "6to4": "special_6to4",
  documentation_2001_db8: "special_documentation",
  documentation_3fff: "special_documentation",
  benchmarking: "special_benchmarking",
  amt: "special_protocol",
  as112v6: "special_protocol",
  deprecated_orchid: "special_protocol",
  orchid2: "special_protocol",
  drone_remote_id_protocol_entity_tags: "special_protocol",
  ietf_protocol_assignment: "special_protocol",
  segment_routing: "special_segment_routing",
  not_global_unicast: "special_not_global_unicast",
};

/** D2: every IPv6 address of the portal's name is global unicast, or allowed by the configuration. */
export const d2: Check = {
  id: "D2",
  about: [null],
  transport: [],
  resolverReasons: Object.values(CLASSES).concat("special_other"),
  judge: ({ facts }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("D2", null, "own_fault")];
    const answer = entry.name.answers.ip6;
    const presence = presenceOf(entry.host, answer);
    if (presence.is === "none") return [conclude("D2", null, noAddress("ip6"))];
    if (presence.is === "unsure") return [conclude("D2", null, presence.why)];
    if (presence.is === "one_answer_only") return [conclude("D2", null, "resolver_failed")];
    const evidence = { addresses: answer.addresses, beyond: answer.beyond };
    const wrong = answer.addresses.filter(({ usable }) => !usable);
    if (wrong.length > 0) {
      // The record has to change, not the address, which others may publish by a mistake of their own.
      const named = causes("host", [entry.host]);
      return [conclude("D2", null, worst(wrong), evidence, named)];
    }
    if (answer.beyond > 0) return [conclude("D2", null, "limit", evidence)];
    const allowed = answer.addresses.some(({ special }) => special !== null);
    return [conclude("D2", null, allowed ? "allowed_here" : "all_global", evidence)];
  },
};

function worst(wrong: readonly SeenAddress[]): SpecialReason {
  const reasons = wrong.map(({ special }) => CLASSES[special ?? ""] ?? "special_other");
  return reasons.toSorted()[0] ?? "special_other";
}
