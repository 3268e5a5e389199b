import type { HostSight } from "../../src/domain/audit/host.ts";
import { describeCheck } from "./support/describe-check.ts";
import { entry, removeFamily } from "./support/parts.ts";
import { type Draft, host, HOST, REFUSED, tls } from "./support/portal.ts";

type Observation = Parameters<typeof entry>[0];
const WWW = `www.${HOST}`;
const variant =
  (change: (host: Draft<HostSight>) => void = () => undefined) =>
  (o: Observation) => {
    const other = host(WWW, "variant") as Draft<HostSight>;
    change(other);
    o.facts.hosts.push(other);
  };
const httpOnly = (other: Draft<HostSight>) => {
  for (const address of other.addresses) address.https = REFUSED;
};

describeCheck("W9", [
  { when: "the variant works too", change: variant(), gives: ["pass", "variants_work"] },
  {
    when: "the variant serves port 80 only, over both families",
    change: variant(httpOnly),
    gives: ["pass", "variants_work"],
  },
  {
    when: "the variant has IPv4 only",
    change: variant((other) => removeFamily(other, "ip6")),
    gives: ["warn", "variant_without_aaaa"],
    causes: [`host ${WWW}`],
  },
  {
    when: "the variant's certificate is for another name",
    change: variant((other) => {
      for (const address of other.addresses) {
        address.tls = { ...tls(), certificateFaults: ["tls_hostname"] };
      }
    }),
    gives: ["warn", "variant_broken"],
    causes: [`host ${WWW}`],
  },
  {
    when: "the variant is closed over IPv6",
    change: variant((other) => {
      for (const address of other.addresses) {
        if (address.family === "ip6") Object.assign(address, { https: REFUSED, http: REFUSED });
      }
    }),
    gives: ["warn", "variant_broken"],
  },
  { when: "there is no variant", gives: ["not_applicable", "no_variants"] },
  {
    when: "the variant has no address at all",
    change: variant((other) => {
      removeFamily(other, "ip4");
      removeFamily(other, "ip6");
    }),
    gives: ["not_applicable", "no_variants"],
  },
  {
    when: "the variant has no AAAA and whether it has an A is not known",
    change: variant((other) => {
      removeFamily(other, "ip6");
      other.name.answers.ip4.outcome = "servfail";
    }),
    gives: ["unknown", "resolver_failed"],
  },
  {
    when: "the declared address is broken and the variant works",
    change: (o) => {
      variant()(o);
      httpOnly(entry(o));
    },
    gives: ["pass", "variants_work"],
  },
]);
