import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { LEAF, REFUSED, tls } from "./support/portal.ts";

describeCheck("H1", [
  { when: "TLS and certificate are in order", family: "ip4", gives: ["pass", "valid"] },
  {
    when: "an address that is closed takes no part",
    change: (o) => void (one(o, "ip4").https = REFUSED),
    family: "ip4",
    gives: ["pass", "valid"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of visited(o, "ip4")) address.https = REFUSED;
    },
    family: "ip4",
    gives: ["fail", "port_443_closed"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "TLS fails at one of two addresses",
    change: (o) => {
      one(o, "ip4").tls = { ...tls(), outcome: "alert", protocol: null, chain: [] };
    },
    family: "ip4",
    gives: ["fail", "tls_fails"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "the certificate has expired at one of two addresses",
    change: (o) => void (one(o, "ip4").tls = { ...tls(), certificateFaults: ["tls_expired"] }),
    family: "ip4",
    gives: ["fail", "certificate_faulty"],
    causes: [`certificate ${LEAF}`],
  },
  {
    when: "one of two addresses was not seen",
    change: (o) => void (one(o, "ip4").https = { unseen: "deadline" }),
    family: "ip4",
    gives: ["unknown", "deadline"],
  },
  {
    when: "the name has no AAAA",
    change: (o) => withoutFamily(o, "ip6"),
    family: "ip6",
    gives: ["not_applicable", "no_ip6_address"],
  },
]);
