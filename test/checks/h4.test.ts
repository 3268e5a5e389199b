import type { TlsVersion, VersionSight } from "../../src/domain/audit/host.ts";
import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { REFUSED, tls } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const family = "ip4" as const;
const ACCEPTED: VersionSight = { outcome: "accepted", code: null };
const NO: VersionSight = { outcome: "refused", code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" };
const versions = (
  change: Partial<Record<TlsVersion, VersionSight | { unseen: "not_offered" }>>,
) => {
  return (o: Observation) => void Object.assign(one(o, family).versions, change);
};

describeCheck("H4", [
  { when: "only 1.2 and 1.3 are accepted", family, gives: ["pass", "modern_only"] },
  {
    when: "only 1.2 is accepted",
    change: (o) => {
      versions({ "TLSv1.3": NO })(o);
      one(o, family).tls = { ...tls(), protocol: "TLSv1.2" };
    },
    family,
    gives: ["pass", "modern_only"],
  },
  {
    when: "one of two addresses accepts 1.0",
    change: versions({ TLSv1: ACCEPTED }),
    family,
    gives: ["warn", "old_accepted"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "nothing but 1.1 is accepted",
    change: (o) => {
      versions({ "TLSv1.1": ACCEPTED, "TLSv1.2": NO, "TLSv1.3": NO })(o);
      one(o, family).tls = { ...tls(), protocol: "TLSv1.1" };
    },
    family,
    gives: ["fail", "only_old"],
  },
  {
    when: "nothing but 1.0 is accepted, so that the handshake of browsers fails",
    change: (o) => {
      for (const address of visited(o, family)) {
        address.tls = { ...tls(), outcome: "alert", protocol: null };
        Object.assign(address.versions, { TLSv1: ACCEPTED, "TLSv1.2": NO, "TLSv1.3": NO });
      }
    },
    family,
    gives: ["fail", "only_old"],
  },
  {
    when: "whether 1.1 is accepted is unclear",
    change: versions({ "TLSv1.1": { outcome: "unclear", code: "ETIMEDOUT" } }),
    family,
    gives: ["unknown", "versions_unclear"],
  },
  {
    when: "our library can't offer 1.0",
    change: versions({ TLSv1: { unseen: "not_offered" } }),
    family,
    gives: ["unknown", "not_offered"],
  },
  {
    when: "TLS fails everywhere",
    change: (o) => {
      for (const address of visited(o, family)) {
        address.tls = { ...tls(), outcome: "reset", protocol: null };
      }
    },
    family,
    gives: ["not_applicable", "no_handshake"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of visited(o, family)) address.https = REFUSED;
    },
    family,
    gives: ["not_applicable", "port_443_closed"],
  },
  {
    when: "the name has no A record",
    change: (o) => withoutFamily(o, family),
    family,
    gives: ["not_applicable", "no_ip4_address"],
  },
]);
