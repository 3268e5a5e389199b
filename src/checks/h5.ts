import type { Finding } from "../domain/finding.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { h1 } from "./h1.ts";
import { h2 } from "./h2.ts";
import { h3 } from "./h3.ts";
import { h4 } from "./h4.ts";
import { entryOf } from "./host-name.ts";

const COMPARED: readonly Check[] = [h1, h2, h3, h4];

/**
 * H5: HTTPS is as good over one family as over the other. H1 to H4 are told per family already; this names what
 * passes over one and not over the other, the usual trace of a second front door that was set up for IPv6 and forgotten.
 */
export const h5: Check = {
  id: "H5",
  about: [null],
  transport: ["ip4", "ip6"],
  judge: (observation, context) => {
    const entry = entryOf(observation.facts);
    if (entry === undefined) return [conclude("H5", null, "own_fault")];
    const pairs = COMPARED.map((check) => {
      const [ip4, ip6] = check.judge(observation, context);
      return { check: check.id, ip4: sideOf(ip4), ip6: sideOf(ip6) };
    });
    const unequal = pairs.filter(({ ip4, ip6 }) => isPair(ip4, ip6, "well", "not_well"));
    const evidence = { compared: pairs.filter(({ ip4, ip6 }) => ip4 !== "none" && ip6 !== "none") };
    if (unequal.length > 0) {
      const which = { ...evidence, differ: unequal.map(({ check }) => check) };
      return [conclude("H5", null, "differs", which, causes("host", [entry.host]))];
    }
    if (evidence.compared.length === 0) return [conclude("H5", null, "nothing_to_compare")];
    const sides = new Set(evidence.compared.flatMap(({ ip4, ip6 }) => [ip4, ip6]));
    return [conclude("H5", null, sides.has("unsure") ? "not_reached" : "same", evidence)];
  },
};

type Side = "well" | "not_well" | "unsure" | "none";

function sideOf(finding: Finding | undefined): Side {
  const verdict = finding?.verdict;
  if (verdict === "pass") return "well";
  if (verdict === "warn" || verdict === "fail") return "not_well";
  return verdict === "not_applicable" ? "none" : "unsure";
}

function isPair(a: Side, b: Side, one: Side, other: Side): boolean {
  return (a === one && b === other) || (a === other && b === one);
}
