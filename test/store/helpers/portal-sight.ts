import type { AddressSight, AnswerSight, HostSight } from "../../../src/domain/audit/host.ts";
import type { AddressAnswer } from "../../../src/domain/audit/names.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import type { Family } from "../../../src/domain/family.ts";
import { certificate, observation } from "./audits.ts";

const OPEN = { outcome: "open", code: null, failedTries: 0 } as const;
const FINGERPRINT = "a".repeat(64);

function answer(change: Partial<AnswerSight>): AnswerSight {
  return {
    outcome: "answered",
    kind: null,
    failedTries: 0,
    status: 200,
    location: null,
    leadsTo: null,
    headers: {},
    wall: null,
    ...change,
  };
}

function address(family: Family, literal: string, hsts: string | null): AddressSight {
  const accepted = { outcome: "accepted", code: null } as const;
  const refused = { outcome: "refused", code: "alert" } as const;
  return {
    family,
    address: { address: literal, special: null, usable: true },
    https: OPEN,
    http: OPEN,
    tls: {
      outcome: "completed",
      code: null,
      failedTries: 0,
      protocol: "TLSv1.3",
      cipher: "TLS_AES_128_GCM_SHA256",
      alpn: "h2",
      ocspStapled: false,
      chain: [FINGERPRINT],
      certificateFaults: [],
      chainCode: null,
    },
    versions: { TLSv1: refused, "TLSv1.1": refused, "TLSv1.2": accepted, "TLSv1.3": accepted },
    answer: answer({ headers: hsts === null ? {} : { "strict-transport-security": [hsts] } }),
    plain: answer({ status: 301, leadsTo: "https://p1.example.gov.vn/" }),
  };
}

/** What an audit sees of a portal with one IPv4 address and this HSTS field, or none. */
export function seePortal(at: number, hsts: string | null): AuditObservation {
  const host = "p1.example.gov.vn";
  const nothing: AddressAnswer = {
    outcome: "no_data",
    addresses: [],
    beyond: 0,
    chain: [],
    attempts: [
      { resolver: "192.0.2.53:53", outcome: "no_data" },
      { resolver: "192.0.2.54:53", outcome: "no_data" },
    ],
    invented: 0,
  };
  const ip4 = address("ip4", "203.0.113.1", hsts);
  const entry: HostSight = {
    host,
    role: "entry",
    httpsPort: 443,
    httpPort: 80,
    name: {
      host,
      answers: {
        ip4: { ...nothing, outcome: "addresses", addresses: [ip4.address], attempts: [] },
        ip6: nothing,
      },
    },
    addresses: [ip4],
    beyond: 0,
  };
  return observation(at, {
    hosts: [entry],
    certificates: { [FINGERPRINT]: certificate({ notAfter: "2027-11-01T00:00:00.000Z" }) },
  });
}
