import type { FailureKind } from "../../src/domain/failure.ts";
import type { OwnReason } from "../../src/domain/reasons/index.ts";
import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { ENDED_AT, LEAF, REFUSED, tls } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const DAY_MS = 86_400_000;
const OLD_LEAF = "dd".repeat(32);
const FAULTS: readonly (readonly [FailureKind, OwnReason<"W3">, string])[] = [
  ["tls_expired", "expired", `certificate ${OLD_LEAF}`],
  ["tls_not_yet_valid", "not_yet_valid", `certificate ${OLD_LEAF}`],
  ["tls_self_signed", "self_signed", `certificate ${OLD_LEAF}`],
  ["tls_untrusted", "untrusted", `certificate ${OLD_LEAF}`],
  ["tls_incomplete_chain", "incomplete_chain", "host portal.example.gov.vn"],
  ["tls_hostname", "hostname", "host portal.example.gov.vn"],
];
const certificate = (change: object) => (o: Observation) => {
  const { certificates } = o.facts;
  Object.assign(certificates[LEAF] ?? {}, change);
};

describeCheck("W3", [
  { when: "the certificate is valid everywhere", family: "ip6", gives: ["pass", "valid"] },
  ...FAULTS.map(([fault, reason, cause]) => ({
    when: `one of two addresses has another certificate (${fault})`,
    change: (o: Observation) => {
      one(o, "ip6").tls = { ...tls(), chain: [OLD_LEAF], certificateFaults: [fault] };
    },
    family: "ip6" as const,
    gives: ["fail", reason] as const,
    causes: [cause],
  })),
  ...(["no_certificate", "unreadable_certificate"] as const).map((outcome) => ({
    when: `TLS completes with ${outcome}`,
    change: (o: Observation) => {
      one(o, "ip6").tls = { ...tls(), outcome, chain: [] };
    },
    family: "ip6" as const,
    gives: ["fail", outcome] as const,
  })),
  {
    when: "it ends within 30 days",
    change: certificate({ notAfter: new Date(ENDED_AT + 12 * DAY_MS).toISOString() }),
    family: "ip6",
    gives: ["warn", "ends_soon"],
    causes: [`certificate ${LEAF}`],
  },
  {
    when: "it lives for a week and two thirds of that are left",
    change: certificate({
      notBefore: new Date(ENDED_AT - 2 * DAY_MS).toISOString(),
      notAfter: new Date(ENDED_AT + 5 * DAY_MS).toISOString(),
    }),
    family: "ip6",
    gives: ["pass", "valid"],
  },
  {
    when: "its key is short",
    change: certificate({ keyType: "RSA", keyBits: 1024 }),
    family: "ip6",
    gives: ["warn", "weak_key"],
  },
  {
    when: "it is signed with SHA-1",
    change: certificate({ signatureAlgorithm: "sha1WithRSAEncryption" }),
    family: "ip6",
    gives: ["warn", "weak_signature"],
  },
  {
    when: "one address was not tried",
    change: (o) => void (one(o, "ip6").tls = { unseen: "deadline" }),
    family: "ip6",
    gives: ["unknown", "deadline"],
  },
  {
    when: "TLS fails everywhere",
    change: (o) => {
      for (const address of visited(o, "ip6")) {
        address.tls = { ...tls(), outcome: "timeout", protocol: null, chain: [] };
      }
    },
    family: "ip6",
    gives: ["not_applicable", "no_handshake"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of visited(o, "ip6")) address.https = REFUSED;
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
