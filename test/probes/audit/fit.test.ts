import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AddressSight, AuditCertificate, HostSight } from "../../../src/domain/audit/host.ts";
import type { AuditFacts } from "../../../src/domain/audit/observation.ts";
import { unseen } from "../../../src/domain/audit/sight.ts";
import { newAddress, nameNotAsked } from "../../../src/probes/audit/draft.ts";
import { FACTS_LIMIT, fitted, sizeOf } from "../../../src/probes/audit/fit.ts";
import { KEPT_HEADERS, keptHeaders } from "../../../src/probes/audit/kept-headers.ts";
import { OPEN } from "./support/tools.ts";

/** How much of everything; the greatest of each is what the other bounds of an audit let through. */
interface Amounts {
  readonly hosts: number;
  readonly addresses: number;
  readonly line: number;
  readonly lines: number;
  readonly certificates: number;
  readonly names: number;
}

const amounts = fc.record({
  hosts: fc.integer({ min: 1, max: 12 }),
  addresses: fc.integer({ min: 0, max: 8 }),
  line: fc.integer({ min: 0, max: 3000 }),
  lines: fc.integer({ min: 0, max: 20 }),
  certificates: fc.integer({ min: 0, max: 64 }),
  names: fc.integer({ min: 0, max: 100 }),
});

function factsOf(wanted: Amounts): AuditFacts {
  const none = unseen("not_reached");
  return {
    gate: { before: OPEN, after: OPEN },
    hosts: Array.from({ length: wanted.hosts }, (_, at) => hostOf(at, wanted)),
    chains: { ip4: none, ip6: none },
    zone: none,
    page: { pages: { ip4: none, ip6: none }, parity: none, resources: none, securityTxt: none },
    mail: none,
    certificates: Object.fromEntries(
      Array.from({ length: wanted.certificates }, (_, at) => [
        `f${at}`,
        certificateOf(wanted.names),
      ]),
    ),
  };
}

function hostOf(at: number, { addresses, line, lines }: Amounts): HostSight {
  const host = `host-${at}.test`;
  const headers = keptHeaders(
    Object.fromEntries(KEPT_HEADERS.map((name) => [name, Array(lines).fill("h".repeat(line))])),
  );
  const answer = {
    outcome: "answered",
    kind: null,
    failedTries: 0,
    status: 200,
    location: "l".repeat(2000),
    leadsTo: "l".repeat(2000),
    headers,
    wall: null,
  } as const;
  const addressOf = (family: "ip4" | "ip6"): AddressSight => ({
    ...newAddress(family, { address: "::1", special: null, usable: true }, "limit"),
    // Of hops only connections are looked at.
    ...(at < 2 ? { answer, plain: answer } : {}),
  });
  const seen = Array.from({ length: addresses }, () => [addressOf("ip4"), addressOf("ip6")]).flat();
  const ports = { httpsPort: 443, httpPort: 80 };
  const role = at === 0 ? "entry" : "hop";
  return { host, role, ...ports, name: nameNotAsked(host), addresses: seen, beyond: 0 };
}

function certificateOf(names: number): AuditCertificate {
  return {
    subject: "CN=x",
    issuer: "CN=x",
    serial: "01",
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: "2027-01-01T00:00:00.000Z",
    names: Array(names).fill("n".repeat(253)),
    namesBeyond: 0,
    keyType: "ec",
    keyBits: 256,
    signatureAlgorithm: null,
    selfIssued: false,
    der: "A".repeat(80_000),
  };
}

describe("the facts of an audit", () => {
  test("never exceed half a mebibyte, whatever a portal sends; DER forms are not counted", () => {
    fc.assert(
      fc.property(amounts, (wanted) => {
        const facts = fitted(factsOf(wanted));
        expect(sizeOf(facts)).toBeLessThanOrEqual(FACTS_LIMIT);
        expect(facts.hosts).toHaveLength(wanted.hosts);
      }),
      { numRuns: 60 },
    );
  });

  test("that fit stay as they are, and what is given up is counted", () => {
    const small = factsOf({
      hosts: 2,
      addresses: 2,
      line: 50,
      lines: 2,
      certificates: 2,
      names: 100,
    });
    expect(fitted(small)).toBe(small);
    const large = { hosts: 12, addresses: 8, line: 2000, lines: 10, certificates: 64, names: 100 };
    const cut = fitted(factsOf(large));
    expect(cut.certificates["f0"]).toMatchObject({ namesBeyond: 90, names: { length: 10 } });
    const { addresses, beyond } = cut.hosts[11]!;
    expect(addresses.length + beyond).toBe(16);
    expect(addresses.map(({ family }) => family)).toContain("ip6");
  });
});
