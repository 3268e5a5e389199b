import type { GateSight } from "../../../../src/domain/audit/gate.ts";
import { addressPolicy, parseNetworks } from "../../../../src/probes/address-policy.ts";
import { createCertificateShelf } from "../../../../src/probes/audit/certificates.ts";
import {
  AuditSession,
  type SessionOptions,
  createTurns,
} from "../../../../src/probes/audit/session.ts";
import { createSlots } from "../../../../src/probes/audit/slots.ts";
import { createTlsOffers } from "../../../../src/probes/audit/tls-offers.ts";
import type { AuditTools } from "../../../../src/probes/audit/tools.ts";
import { createDnsSight } from "../../../../src/probes/dns/index.ts";
import { trustedContext } from "../../../../src/probes/trust.ts";
import { QUICK } from "./lab-audits.ts";

/** A vantage point where everything works. */
export const OPEN: GateSight = {
  families: { ip4: true, ip6: true },
  resolverUsable: true,
  resolverDoubtful: false,
  dns64Prefix: null,
};

/** What may differ from tools on loopback. */
interface Change extends Partial<Omit<AuditTools, "session">> {
  readonly session?: Partial<SessionOptions>;
  readonly allowed?: string;
  readonly roots?: readonly string[];
  readonly dnsServer?: string;
}

/** The tools of one audit on loopback; a fault of ours throws. */
export function toolsOf(change: Change = {}): AuditTools {
  const {
    session: wanted,
    allowed = "127.0.0.0/8,::1/128",
    roots = [],
    dnsServer,
    ...rest
  } = change;
  const networks = parseNetworks(allowed);
  if ("wrong" in networks) throw new Error(networks.wrong);
  const session = new AuditSession({
    policy: addressPolicy(networks.networks),
    trust: trustedContext(roots),
    userAgent: "hatangso test",
    gate: OPEN,
    turns: createTurns(),
    timeoutMs: 30_000,
    tryGapMs: 5,
    clock: Date.now,
    ...wanted,
  });
  const dns = createDnsSight({
    servers: [dnsServer ?? "127.0.0.1:9"],
    rootHints: [],
    authorityPort: 9,
  });
  return {
    session,
    limits: QUICK,
    slots: createSlots(6),
    offers: createTlsOffers(roots),
    certificates: createCertificateShelf(),
    nameOf: (host) => dns.seeName(host, session),
    report: (fault) => {
      throw fault;
    },
    ...rest,
  };
}

/** Where a server of a test listens. */
export function at(port: number, address = "127.0.0.1") {
  return { address, port, family: address.includes(":") ? ("ip6" as const) : ("ip4" as const) };
}
