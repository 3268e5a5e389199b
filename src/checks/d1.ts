import type { NameSight } from "../domain/audit/names.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { entryOf, literalFamily } from "./host-name.ts";
import { presenceOf } from "./name-answer.ts";

/** D1: the portal's name leads to at least one IPv6 address, or two attempts agree that it does not. */
export const d1: Check = {
  id: "D1",
  about: [null],
  transport: [],
  resolverReasons: ["no_data", "nxdomain", "cname_loop"],
  judge: ({ facts }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("D1", null, "own_fault")];
    const { host, name } = entry;
    const presence = presenceOf(host, name.answers.ip6);
    const literal = literalFamily(host);
    const evidence = evidenceOf(name);
    const cause = causes("host", [host]);
    if (presence.is === "unsure") {
      const { outcome } = name.answers.ip6;
      const why = outcome === "cname_limit" ? outcome : presence.why;
      return [conclude("D1", null, why, evidence)];
    }
    if (presence.is === "one_answer_only") return [conclude("D1", null, presence.is, evidence)];
    if (presence.is === "some") {
      return [conclude("D1", null, literal === null ? "aaaa" : "literal_ip6", evidence)];
    }
    const reason = literal === null ? presence.outcome : "literal_ip4";
    return [conclude("D1", null, reason, evidence, cause)];
  },
};

function evidenceOf({ host, answers: { ip4, ip6 } }: NameSight) {
  return {
    host,
    outcome: ip6.outcome,
    addresses: ip6.addresses.map(({ address }) => address),
    beyond: ip6.beyond,
    chain: ip6.chain,
    attempts: ip6.attempts,
    invented: ip6.invented,
    ip4: ip4.outcome,
  };
}
