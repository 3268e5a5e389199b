import type { TlsSight } from "../../src/domain/audit/host.ts";
import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { REFUSED, tls } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const failing = (outcome: TlsSight["outcome"], code: string) => (o: Observation) => {
  const failed = { outcome, code, failedTries: 3, protocol: null, cipher: null, chain: [] };
  one(o, "ip6").tls = { ...tls(), ...failed };
};
const FAULTS = [
  ["timeout", "tls_timeout_after_tcp"],
  ["reset", "tls_reset"],
  ["alert", "tls_alert"],
  ["error", "tls_error"],
  ["unreadable_certificate", "unreadable_certificate"],
] as const;

describeCheck("W2", [
  { when: "TLS completes everywhere", family: "ip6", gives: ["pass", "completed"] },
  {
    when: "the handshake went through with a certificate that W3 judges",
    change: (o) => void (one(o, "ip6").tls = { ...tls(), outcome: "unreadable_certificate" }),
    family: "ip6",
    gives: ["pass", "completed"],
  },
  ...FAULTS.map(([outcome, reason]) => ({
    when: `one of two handshakes ends in ${outcome}`,
    change: failing(outcome, "ECODE"),
    family: "ip6" as const,
    gives: ["fail", reason] as const,
    causes: ["host portal.example.gov.vn"],
  })),
  {
    when: "an address was not tried",
    change: (o) => void (one(o, "ip6").tls = { unseen: "deadline" }),
    family: "ip6",
    gives: ["unknown", "deadline"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of visited(o, "ip6")) {
        Object.assign(address, { https: REFUSED, tls: { unseen: "not_reached" } });
      }
    },
    family: "ip6",
    gives: ["not_applicable", "port_443_closed"],
  },
  {
    when: "the name has no A record",
    change: (o) => withoutFamily(o, "ip4"),
    family: "ip4",
    gives: ["not_applicable", "no_ip4_address"],
  },
]);
