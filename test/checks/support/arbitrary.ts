import * as fc from "fast-check";
import {
  ANSWER_OUTCOMES,
  type NameSight,
  type SeenAddress,
} from "../../../src/domain/audit/names.ts";
import type {
  AddressSight,
  AnswerSight,
  AuditCertificate,
  ChainSight,
  HostSight,
  PortSight,
  TlsSight,
  VersionSight,
} from "../../../src/domain/audit/host.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import type { PageFacts, ResourceHost } from "../../../src/domain/audit/page.ts";
import { UNSEEN_REASONS, type Unseen } from "../../../src/domain/audit/sight.ts";
import {
  CUT_FAULTS,
  type MailSight,
  SERVER_OUTCOMES,
  type ServerAnswer,
  type WalkSight,
  type ZoneSight,
} from "../../../src/domain/audit/zone.ts";
import { FAILURES, type FailureKind } from "../../../src/domain/failure.ts";
import type { Family } from "../../../src/domain/family.ts";
import { LEAF } from "./portal.ts";

const { boolean, constant, constantFrom, nat, oneof, option, record } = fc;

const unseen: fc.Arbitrary<Unseen> = record({ unseen: constantFrom(...UNSEEN_REASONS) });
const sight = <Fact extends object>(fact: fc.Arbitrary<Fact>) =>
  oneof({ weight: 4, arbitrary: fact }, { weight: 1, arbitrary: unseen });
const few = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 2 });
const both = <Value>(value: fc.Arbitrary<Value>) => record({ ip4: value, ip6: value });
const tries = nat({ max: 3 });
const kind = constantFrom(...(Object.keys(FAILURES) as FailureKind[]));
const host = constantFrom("a.gov.vn", "b.gov.vn", "c.example.net", "2001:db8::9", "192.0.2.9");
const url = oneof(
  fc
    .tuple(constantFrom("http", "https"), host)
    .map(([scheme, name]) =>
      name.includes(":") ? `${scheme}://[${name}]/` : `${scheme}://${name}/`,
    ),
  constant("not a url"),
);
const fingerprint = constantFrom(LEAF, "01".repeat(32), "02".repeat(32));

const ADDRESSES: Record<Family, string[]> = {
  ip4: ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
  ip6: ["2001:db8::1", "2001:db8::2", "2001:db8::3"],
};
const seenAddress = (family: Family): fc.Arbitrary<SeenAddress> =>
  record({
    address: constantFrom(...ADDRESSES[family]),
    special: option(constantFrom("unique_local", "teredo", "new_class")),
    usable: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  });
const answerOf = (family: Family) =>
  record({
    outcome: oneof(constant("addresses" as const), constantFrom(...ANSWER_OUTCOMES)),
    addresses: fc.uniqueArray(seenAddress(family), {
      maxLength: 3,
      selector: (one) => one.address,
    }),
    beyond: constantFrom(0, 0, 0, 2),
    chain: few(host),
    attempts: few(record({ resolver: host, outcome: constantFrom(...ANSWER_OUTCOMES) })),
    invented: nat({ max: 1 }),
  });
const name: fc.Arbitrary<NameSight> = record({
  host,
  answers: record({ ip4: answerOf("ip4"), ip6: answerOf("ip6") }),
});

const port: fc.Arbitrary<PortSight> = record({
  outcome: oneof(
    constant("open" as const),
    constantFrom("refused", "timeout", "reset", "unreachable"),
  ),
  code: option(constant("ECODE")),
  failedTries: tries,
});
const tls: fc.Arbitrary<TlsSight> = record({
  outcome: oneof(
    constant("completed" as const),
    constantFrom("timeout", "reset", "alert", "error", "no_certificate", "unreadable_certificate"),
  ),
  code: option(constant("ECODE")),
  failedTries: tries,
  protocol: option(constantFrom("TLSv1", "TLSv1.2", "TLSv1.3")),
  cipher: option(constant("AES")),
  alpn: option(constant("h2")),
  ocspStapled: boolean(),
  chain: few(fingerprint),
  certificateFaults: oneof(constant([]), few(kind)),
  chainCode: option(constant("CERT_HAS_EXPIRED")),
});
const version: fc.Arbitrary<VersionSight> = record({
  outcome: constantFrom("accepted", "refused", "unclear"),
  code: constant(null),
});
const http: fc.Arbitrary<AnswerSight> = record({
  outcome: constantFrom("answered", "answered", "failed"),
  kind: option(kind),
  failedTries: tries,
  status: option(constantFrom(200, 301, 303, 403, 404, 429, 500)),
  location: option(url),
  leadsTo: option(url),
  headers: fc.dictionary(
    constantFrom("strict-transport-security", "content-security-policy", "__proto__"),
    few(constantFrom("max-age=31536000", "max-age=1", "junk;")),
  ),
  wall: option(constant("captcha"), { freq: 5 }),
});
const addressOf = (family: Family): fc.Arbitrary<AddressSight> =>
  record({
    family: constant(family),
    address: seenAddress(family),
    https: sight(port),
    http: sight(port),
    tls: sight(tls),
    versions: record({
      TLSv1: sight(version),
      "TLSv1.1": sight(version),
      "TLSv1.2": sight(version),
      "TLSv1.3": sight(version),
    }),
    answer: sight(http),
    plain: sight(http),
  });
const hostSight: fc.Arbitrary<HostSight> = record({
  host,
  role: constantFrom("entry", "variant", "hop"),
  httpsPort: constant(443),
  httpPort: constant(80),
  name,
  addresses: fc.uniqueArray(oneof(addressOf("ip4"), addressOf("ip6")), {
    maxLength: 4,
    selector: (one) => one.address.address,
  }),
  beyond: constantFrom(0, 1),
});
const chain: fc.Arbitrary<ChainSight> = record({
  hops: few(
    record({ url, address: option(host), status: option(constant(302)), leadsTo: option(url) }),
  ),
  outcome: constantFrom("arrived", "family_gap", "loop", "limit", "invalid", "failed"),
  kind: option(kind),
  finalUrl: option(url),
});

const server: fc.Arbitrary<ServerAnswer> = record({
  outcome: constantFrom("answered", ...SERVER_OUTCOMES),
  rcode: option(constantFrom("NOERROR", "REFUSED")),
  authoritative: boolean(),
  holdsZone: boolean(),
  failedTries: tries,
});
const serverAddress = record({
  address: seenAddress("ip6"),
  udp: sight(server),
  tcp: sight(server),
});
const cutServer = record({
  name: host,
  inZone: boolean(),
  glue6: few(host),
  glue4: few(host),
  addresses6: few(host),
  outcome: option(constantFrom("answered", "lame", "rate_limited", "refused_here")),
});
const cut = record({
  zone: constantFrom("vn", "gov.vn"),
  parent: constantFrom(".", "vn"),
  servers: few(cutServer),
  crossed: boolean(),
  fault: option(constantFrom(...CUT_FAULTS)),
  glue: constantFrom("consistent", "missing", "differs", "not_needed", "unknown"),
});
const walk = record({
  outcome: constantFrom("reached", "blocked", "differs", "unsure"),
  addresses: few(host),
  cuts: few(cut),
  blockedAt: option(
    record({ zone: constantFrom("vn", "gov.vn"), fault: constantFrom(...CUT_FAULTS) }),
  ),
  questions: nat({ max: 9 }),
}) as fc.Arbitrary<WalkSight>;
const zone: fc.Arbitrary<ZoneSight> = record({
  zone: constant("gov.vn"),
  servers: few(
    record({ name: host, ip6: option(few(serverAddress)), ip4: option(few(serverAddress)) }),
  ),
  beyond: constantFrom(0, 0, 3),
  walk: sight(walk),
  dnssec: sight(
    record({
      outcome: constantFrom("secure", "insecure", "bogus", "unproven", "resolver_failed"),
      rcodes: constant({ checking: "NOERROR", disabled: null }),
      extendedErrors: few(nat()),
      resolver: host,
    }),
  ),
  parity: sight(
    record({
      servers: few(
        record({
          name: host,
          ip4: host,
          ip6: host,
          equal: boolean(),
          ip4Records: few(host),
          ip6Records: few(host),
        }),
      ),
    }),
  ),
});

const resource: fc.Arbitrary<ResourceHost> = record({
  host,
  own: boolean(),
  urls: nat({ max: 50 }),
  kinds: constant(["img"]),
  ip6: constantFrom("works", "no_address", "special_address", "unreachable", "unknown"),
  address: option(host),
});
const page: fc.Arbitrary<PageFacts> = record({
  pages: both(unseen),
  parity: sight(
    record({
      similarity: fc.double({ min: 0, max: 1, noNaN: true }),
      baseline: fc.double({ min: 0, max: 1, noNaN: true }),
      sameTitle: boolean(),
      sameFinalUrl: boolean(),
      difference: constant("- a"),
    }),
  ),
  resources: sight(
    record({
      family: constantFrom("ip4", "ip6"),
      hosts: few(resource),
      beyondHosts: constantFrom(0, 0, 1),
      urls: nat({ max: 99 }),
      cut: boolean(),
      mixed: few(url),
      mixedCount: constantFrom(0, 1),
    }),
  ),
  securityTxt: sight(
    record({
      outcome: constantFrom("present", "absent", "invalid"),
      contact: option(url),
      expires: option(constantFrom("2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z", "junk")),
    }),
  ),
});
const mail: fc.Arbitrary<MailSight> = record({
  domain: host,
  outcome: constantFrom("servers", "servers", "none", "null_mx"),
  servers: few(
    record({
      name: host,
      preference: nat({ max: 9 }),
      ip6: option(few(seenAddress("ip6"))),
      accepts: sight(record({ open: boolean() })),
    }),
  ),
});
const certificate: fc.Arbitrary<AuditCertificate> = record({
  subject: constant("CN=a"),
  issuer: constant("CN=b"),
  serial: constant("1"),
  notBefore: constantFrom("2026-01-01T00:00:00Z", "junk"),
  notAfter: constantFrom("2027-01-01T00:00:00Z", "2026-12-01T00:00:00Z", "junk"),
  names: few(host),
  namesBeyond: nat({ max: 1 }),
  keyType: constantFrom("RSA", "EC", "Ed25519"),
  keyBits: option(constantFrom(256, 1024, 4096)),
  signatureAlgorithm: option(constantFrom("sha1WithRSAEncryption", "ecdsa-with-SHA384")),
  selfIssued: boolean(),
  der: constant(null),
});
const gate = record({
  families: both(fc.integer({ min: 0, max: 5 }).map((n) => n > 0)),
  resolverUsable: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  resolverDoubtful: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  dns64Prefix: option(constant("64:ff9b::/96"), { freq: 1 }),
});
const times = few(fc.double({ min: 0, max: 5000, noNaN: true }));
const stages = record({ dns: times, tcp: times, tls: times, ttfb: times, total: times });

/** Any observation that the types allow, however little sense it makes. */
export const anyObservation: fc.Arbitrary<AuditObservation> = record({
  url,
  vantage: constant("test"),
  startedAt: constant(0),
  endedAt: constant(Date.UTC(2026, 10, 22)),
  facts: record({
    gate: record({ before: gate, after: gate }),
    hosts: fc.uniqueArray(hostSight, { maxLength: 3, selector: (one) => one.host }),
    chains: both(sight(chain)),
    zone: sight(zone),
    page,
    mail: sight(mail),
    certificates: fc.dictionary(fingerprint, certificate, { maxKeys: 2 }),
  }),
  timings: both(stages),
});
