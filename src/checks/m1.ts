import { isUnseen } from "../domain/audit/sight.ts";
import type { MailServerSight } from "../domain/audit/zone.ts";
import type { Check } from "./check.ts";
import { causes, conclude, firstReason } from "./conclude.ts";

type Reach = "accepts" | "no_aaaa" | "closed" | "unseen";

/**
 * M1: the mail servers of the portal's domain accept mail over IPv6. Information only, so never `fail`; and since many
 * networks block port 25 outwards, a closed port counts only where another server shows that ours does not.
 */
export const m1: Check = {
  id: "M1",
  about: [null],
  transport: ["ip6"],
  resolverReasons: ["no_aaaa", "some_accept"],
  judge: ({ facts: { mail } }) => {
    if (isUnseen(mail)) return [conclude("M1", null, mail.unseen)];
    const { domain, outcome, servers } = mail;
    if (outcome === "null_mx") return [conclude("M1", null, "null_mx", { domain })];
    if (outcome === "none" || servers.length === 0)
      return [conclude("M1", null, "no_mail", { domain })];
    const judged = servers.map((server) => ({ ...reachOf(server), server }));
    const evidence = {
      domain,
      port: 25,
      servers: judged.map(({ server: { name, ip6 }, reach }) => {
        return { name, reach, addresses: (ip6 ?? []).map(({ address }) => address) };
      }),
    };
    const having = (reach: Reach) => judged.filter((one) => one.reach === reach);
    const named = (all: typeof judged) =>
      causes(
        "host",
        all.map(({ server }) => server.name),
      );
    const bare = having("no_aaaa");
    const accepts = having("accepts");
    if (bare.length === judged.length) {
      return [conclude("M1", null, "no_aaaa", evidence, named(bare))];
    }
    if (accepts.length === judged.length) return [conclude("M1", null, "all_accept", evidence)];
    const wrong = accepts.length > 0 ? [...bare, ...having("closed")] : bare;
    if (wrong.length > 0) return [conclude("M1", null, "some_accept", evidence, named(wrong))];
    const why = firstReason(judged.flatMap((one) => (one.why === null ? [] : [one.why])));
    return [conclude("M1", null, why ?? "port_25_unclear", evidence)];
  },
};

function reachOf({ ip6, accepts }: MailServerSight) {
  if (ip6 === null) return { reach: "unseen" as const, why: "resolver_failed" as const };
  if (ip6.every(({ usable }) => !usable)) return { reach: "no_aaaa" as const, why: null };
  if (isUnseen(accepts)) return { reach: "unseen" as const, why: accepts.unseen };
  return { reach: accepts.open ? ("accepts" as const) : ("closed" as const), why: null };
}
