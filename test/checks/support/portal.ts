import type {
  AddressSight,
  AnswerSight,
  AuditCertificate,
  HostRole,
  HostSight,
  PortSight,
  TlsSight,
} from "../../../src/domain/audit/host.ts";
import type { AddressAnswer, SeenAddress } from "../../../src/domain/audit/names.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import type { PageSight } from "../../../src/domain/audit/page.ts";
import type { NameServerSight, ServerAnswer, ZoneSight } from "../../../src/domain/audit/zone.ts";
import type { Family } from "../../../src/domain/family.ts";

/** A type whose every part may be written to. */
export type Draft<Type> = Type extends readonly (infer Item)[]
  ? Draft<Item>[]
  : Type extends object
    ? { -readonly [Key in keyof Type]: Draft<Type[Key]> }
    : Type;

export const HOST = "portal.example.gov.vn";
export const URL_OF_PORTAL = `https://${HOST}/`;
export const ENDED_AT = Date.UTC(2026, 10, 22, 6);
const DAY_MS = 86_400_000;

/** Addresses of each family: stand-ins for the global ones that a real portal has. */
export const ADDRESSES: Record<Family, string[]> = {
  ip4: ["203.0.113.10", "203.0.113.11"],
  ip6: ["2001:db8:10::1", "2001:db8:10::2"],
};
export const LEAF = "aa".repeat(32);
const ISSUER = "bb".repeat(32);

const OPEN: PortSight = { outcome: "open", code: null, failedTries: 0 };
export const TIMED_OUT: PortSight = { outcome: "timeout", code: "ETIMEDOUT", failedTries: 3 };
export const REFUSED: PortSight = { outcome: "refused", code: "ECONNREFUSED", failedTries: 3 };
const HSTS = "max-age=31536000; includeSubDomains";

const seenAddress = (address: string): SeenAddress => {
  return { address, special: null, usable: true };
};

const ATTEMPTS = ["192.0.2.53:53", "[2001:db8::53]:53"];

/** A good answer with these addresses, or a denial that both attempts agree on. */
function answer(addresses: readonly string[]): AddressAnswer {
  const outcome = addresses.length === 0 ? "no_data" : "addresses";
  return {
    outcome,
    addresses: addresses.map(seenAddress),
    beyond: 0,
    chain: [],
    attempts: ATTEMPTS.map((resolver) => ({ resolver, outcome })),
    invented: 0,
  };
}

export function tls(): Draft<TlsSight> {
  return {
    outcome: "completed",
    code: null,
    failedTries: 0,
    protocol: "TLSv1.3",
    cipher: "TLS_AES_256_GCM_SHA384",
    alpn: "h2",
    ocspStapled: true,
    chain: [LEAF, ISSUER],
    certificateFaults: [],
    chainCode: null,
  };
}

/** An HTTP answer, 200 unless said otherwise. */
export function http(parts: Partial<Draft<AnswerSight>> = {}): Draft<AnswerSight> {
  return {
    outcome: "answered",
    kind: null,
    failedTries: 0,
    status: 200,
    location: null,
    leadsTo: null,
    headers: {},
    wall: null,
    ...parts,
  };
}

/** A redirect to this address. */
export function redirect(location: string, status = 301): Draft<AnswerSight> {
  return http({ status, location, leadsTo: location });
}

const SECURE_HEADERS = {
  "strict-transport-security": [HSTS],
  "content-security-policy": ["default-src 'self'; frame-ancestors 'self'"],
  "x-content-type-options": ["nosniff"],
  "referrer-policy": ["strict-origin-when-cross-origin"],
};

/** An address at which all is well. */
function address(family: Family, text: string, host = HOST): AddressSight {
  return {
    family,
    address: seenAddress(text),
    https: OPEN,
    http: OPEN,
    tls: tls(),
    versions: {
      TLSv1: { outcome: "refused", code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" },
      "TLSv1.1": { outcome: "refused", code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" },
      "TLSv1.2": { outcome: "accepted", code: null },
      "TLSv1.3": { outcome: "accepted", code: null },
    },
    answer: http({ headers: SECURE_HEADERS }),
    plain: redirect(`https://${host}/`),
  };
}

/** A host at which all is well. */
export function host(name: string, role: HostRole, addresses = ADDRESSES): HostSight {
  return {
    host: name,
    role,
    httpsPort: 443,
    httpPort: 80,
    name: { host: name, answers: { ip4: answer(addresses.ip4), ip6: answer(addresses.ip6) } },
    addresses: [
      ...addresses.ip4.map((text) => address("ip4", text, name)),
      ...addresses.ip6.map((text) => address("ip6", text, name)),
    ],
    beyond: 0,
  };
}

const SERVES: ServerAnswer = {
  outcome: "answered",
  rcode: "NOERROR",
  authoritative: true,
  holdsZone: true,
  failedTries: 0,
};

/** A name server that serves over both families. */
export function nameServer(name: string, ip6: string): Draft<NameServerSight> {
  return {
    name,
    ip6: [{ address: seenAddress(ip6), udp: SERVES, tcp: SERVES }],
    ip4: [{ address: seenAddress("198.51.100.53"), udp: SERVES, tcp: { unseen: "not_offered" } }],
  };
}

function zone(): ZoneSight {
  const names = ["ns1.example.gov.vn", "ns2.example.gov.vn"];
  return {
    zone: "example.gov.vn",
    servers: names.map((name, index) => nameServer(name, `2001:db8:53::${index + 1}`)),
    beyond: 0,
    walk: {
      outcome: "reached",
      addresses: ADDRESSES.ip6,
      cuts: ["vn", "gov.vn", "example.gov.vn"].map((cut) => ({
        zone: cut,
        parent: cut === "vn" ? "." : cut.slice(cut.indexOf(".") + 1),
        servers: names.map((name) => ({
          name,
          inZone: true,
          glue6: ["2001:db8:53::1"],
          glue4: ["198.51.100.53"],
          addresses6: ["2001:db8:53::1"],
          outcome: "answered" as const,
        })),
        crossed: true,
        fault: null,
        glue: "consistent" as const,
      })),
      blockedAt: null,
      questions: 8,
    },
    dnssec: {
      outcome: "secure",
      rcodes: { checking: "NOERROR", disabled: null },
      extendedErrors: [],
      resolver: "192.0.2.53:53",
    },
    parity: {
      servers: names.map((name) => ({
        name,
        ip4: "198.51.100.53",
        ip6: "2001:db8:53::1",
        equal: true,
        ip4Records: [],
        ip6Records: [],
      })),
    },
  };
}

const CERTIFICATE: AuditCertificate = {
  subject: `CN=${HOST}`,
  issuer: "CN=Example Public CA, O=Example",
  serial: "04a1",
  notBefore: new Date(ENDED_AT - 30 * DAY_MS).toISOString(),
  notAfter: new Date(ENDED_AT + 60 * DAY_MS).toISOString(),
  names: [HOST, `www.${HOST}`],
  namesBeyond: 0,
  keyType: "EC",
  keyBits: 256,
  signatureAlgorithm: "ecdsa-with-SHA384",
  selfIssued: false,
  der: null,
};

const PAGE: PageSight = {
  finalUrl: URL_OF_PORTAL,
  status: 200,
  title: "Cổng thông tin điện tử",
  textDigest: "cc".repeat(32),
  textLength: 12_000,
  bodyBytes: 90_000,
  cut: false,
  encoding: "utf-8",
  encodingFaults: false,
};

const GATE = {
  families: { ip4: true, ip6: true },
  resolverUsable: true,
  resolverDoubtful: false,
  dns64Prefix: null,
};

const TIMES = { dns: [8], tcp: [20, 22, 21], tls: [44, 40, 42], ttfb: [60, 62, 61], total: [130] };

/** An audit of a portal with which all is well over both families, changed as a test wants it. */
export function portal(
  change: (observation: Draft<AuditObservation>) => void = () => undefined,
): AuditObservation {
  const observation: AuditObservation = {
    url: URL_OF_PORTAL,
    vantage: "test",
    startedAt: ENDED_AT - 40_000,
    endedAt: ENDED_AT,
    facts: {
      gate: { before: GATE, after: GATE },
      hosts: [host(HOST, "entry")],
      chains: {
        ip4: arrived(URL_OF_PORTAL, ADDRESSES.ip4[0]),
        ip6: arrived(URL_OF_PORTAL, ADDRESSES.ip6[0]),
      },
      zone: zone(),
      page: {
        pages: { ip4: PAGE, ip6: PAGE },
        parity: {
          similarity: 1,
          baseline: 1,
          sameTitle: true,
          sameFinalUrl: true,
          difference: "",
        },
        resources: {
          family: "ip6",
          hosts: [resource("static.example.gov.vn", true), resource("fonts.example.net", false)],
          beyondHosts: 0,
          urls: 24,
          cut: false,
          mixed: [],
          mixedCount: 0,
        },
        securityTxt: {
          outcome: "present",
          contact: "mailto:antoan@example.gov.vn",
          expires: new Date(ENDED_AT + 200 * DAY_MS).toISOString(),
        },
      },
      mail: {
        domain: "example.gov.vn",
        outcome: "servers",
        servers: ["mx1", "mx2"].map((name, index) => ({
          name: `${name}.example.gov.vn`,
          preference: 10 * (index + 1),
          ip6: [seenAddress(`2001:db8:25::${index + 1}`)],
          accepts: { open: true },
        })),
      },
      certificates: { [LEAF]: CERTIFICATE },
    },
    timings: { ip4: TIMES, ip6: TIMES },
  };
  const draft = JSON.parse(JSON.stringify(observation)) as Draft<AuditObservation>;
  change(draft);
  return draft;
}

/** A host of sub-resources that works over IPv6. */
export function resource(name: string, own: boolean) {
  const reach = { ip6: "works" as const, address: "2001:db8:80::1" };
  return { host: name, own, urls: 12, kinds: ["img", "script"], ...reach };
}

/** A chain of one page, or of hops, that ends at an answer. */
export function arrived(url: string, at: string | undefined, before: readonly string[] = []) {
  const urls = [...before, url];
  return {
    hops: urls.map((one, index) => ({
      url: one,
      address: at ?? null,
      status: index === urls.length - 1 ? 200 : 302,
      leadsTo: urls[index + 1] ?? null,
    })),
    outcome: "arrived" as const,
    kind: null,
    finalUrl: url,
  };
}
