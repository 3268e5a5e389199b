import type { TlsSight } from "../domain/audit/host.ts";
import type { UnseenReason } from "../domain/audit/sight.ts";
import type { Family } from "../domain/family.ts";
import type { Check } from "./check.ts";
import { causes, conclude, firstReason, noAddress } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { entryOf } from "./host-name.ts";
import { certificateTold } from "./stages.ts";
import { type Tally, tally } from "./told.ts";
import type { Cause } from "../domain/finding.ts";

/** W4: the certificate over IPv6 is no worse than over IPv4; two different valid ones are in order. */
export const w4: Check = {
  id: "W4",
  about: [null],
  transport: ["ip4", "ip6"],
  judge: ({ facts }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("W4", null, "own_fault")];
    const sides: Partial<Record<Family, Tally<TlsSight>>> = {};
    const unsure: UnseenReason[] = [];
    for (const family of ["ip4", "ip6"] as const) {
      const view = familyView(entry, family);
      if (view.presence === "none") return [conclude("W4", null, noAddress(family))];
      if (view.presence === "unsure") unsure.push(view.why);
      else sides[family] = tally(view.addresses.map(certificateTold));
    }
    const { ip4, ip6 } = sides;
    if (!ip4 || !ip6) return [conclude("W4", null, firstReason(unsure) ?? "own_fault")];
    return [compare(ip4, ip6, causes("host", [entry.host]))];
  },
};

function compare(ip4: Tally<TlsSight>, ip6: Tally<TlsSight>, host: readonly Cause[]) {
  const evidence = { ip4: leaves(ip4), ip6: leaves(ip6) };
  const sound = (side: Tally<TlsSight>) => side.bad.length === 0 && side.good.length > 0;
  if (ip6.bad.length > 0 && sound(ip4) && ip4.missing === null) {
    return conclude("W4", null, "worse_over_ip6", evidence, host);
  }
  if (ip4.bad.length > 0 && sound(ip6) && ip6.missing === null) {
    return conclude("W4", null, "worse_over_ip4", evidence, host);
  }
  const missing = firstReason([ip4.missing, ip6.missing].filter((one) => one !== null));
  if (missing !== null) return conclude("W4", null, missing, evidence);
  if (ip4.bad.length > 0 && ip6.bad.length > 0) {
    return conclude("W4", null, "faulty_over_both", evidence);
  }
  if (!sound(ip4) || !sound(ip6)) return conclude("W4", null, "no_handshake", evidence);
  const same = evidence.ip4.join() === evidence.ip6.join();
  return conclude("W4", null, same ? "same" : "differs_both_valid", evidence);
}

function leaves({ good, bad }: Tally<TlsSight>): readonly string[] {
  const named = causes(
    "certificate",
    [...good, ...bad].map(({ fact }) => fact.chain[0] ?? ""),
  );
  return named.map(({ name }) => name).toSorted();
}
