import type { FailureKind, FailureSource } from "../src/domain/failure.ts";
import type { Family } from "../src/domain/family.ts";
import type { Outcome } from "../src/domain/observation.ts";
import type { Expectation, PortalKind } from "../src/domain/portal.ts";
import type { HttpsGrade, ReadinessLevel } from "../src/domain/readiness.ts";
import type { BehaviourChange } from "./behaviour.ts";

/** What a probe over one family must come to, while the vantage point's gates are open. */
export interface LabExpectation {
  readonly outcome: Outcome;
  readonly failure: FailureKind | null;
  readonly source: FailureSource | null;
}

/** What one audit must conclude by itself, without thirty days of history: at most L3. */
export interface LabAudit {
  readonly level: ReadinessLevel;
  readonly grade: HttpsGrade;
}

/** One made-up portal with a known defect. */
export interface LabPortal {
  readonly id: string;
  /** As a portal is registered: ASCII host under `lab.test`, port ≥ 1024. */
  readonly url: string;
  /** Host name, without the port. */
  readonly host: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly kind: PortalKind;
  /** Name of the made-up agency that answers for it. */
  readonly agency: string;
  /** One sentence: what is wrong with it. */
  readonly defect: string;
  /** What the portal's answer must look like; empty for most. */
  readonly expectation: Expectation;
  readonly expect: Readonly<Record<Family, LabExpectation>>;
  /** What every other run comes to where the portal flaps; null where it is steady. */
  readonly alternate: Readonly<Record<Family, LabExpectation>> | null;
  /** What an audit must come to, while the gates are open and AUDIT_HTTP_PORT is the lab's. */
  readonly audit: LabAudit;
}

/** How the resolver treats all names; `down` closes its sockets. */
export type ResolverMode = "ok" | "servfail" | "timeout" | "refused" | "nxdomain" | "down";

/**
 * What the resolver says of the lab's signatures: `secure` and `insecure` are validated answers with and without
 * AD, `bogus` fails for everything but the anchors, `unproven` is a resolver that does not validate.
 */
export type DnssecMode = "secure" | "insecure" | "bogus" | "unproven";

/**
 * How the anchors behave: `captive` answers with somebody else's valid certificate, `intercepted` with the right
 * name from an unknown authority.
 */
export type AnchorMode = "answering" | "refusing" | "dead" | "captive" | "intercepted";

export interface LabOptions {
  /** Play only these portals; redirect targets of theirs are added. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** IPv6 addresses of this machine to spread over; must be configured on an interface. Default `::1`. */
  readonly ip6Addresses?: readonly string[] | undefined;
  /** Start with a resolver that invents AAAA records (RFC 6147). Default false. */
  readonly dns64?: boolean | undefined;
  /** Port of the control API; 0 or absent: any. */
  readonly controlPort?: number | undefined;
}

/** A running lab; `stop` leaves no socket, timer or thread behind. */
export interface Lab {
  /** `127.0.0.1:port`, UDP and TCP. */
  readonly dnsServer: string;
  /** `[::1]:port`, same port; null where this machine has no IPv6 loopback. */
  readonly dnsServer6: string | null;
  /** Root hints that lead to the lab's own name servers, as a file has them: the content for `DNS_ROOT_HINTS`. */
  readonly rootHints: string;
  /** Port of those name servers: the value for `DNS_AUTHORITY_PORT`. They answer for the root, `test` and `lab.test`. */
  readonly authorityPort: number;
  /** The root certificate that clients must trust. */
  readonly caPem: string;
  /** Prefixes for `PROBE_ALLOWED_NETWORKS`, comma-separated. */
  readonly allowedNetworks: string;
  /** `host:port` of three anchors, each with an A and an AAAA record and a certificate for its name. */
  readonly anchors: readonly string[];
  /** The same anchors as literal addresses (IP SAN), both families: `127.x.y.z:port`, `[::1]:port`. */
  readonly literalAnchors: readonly string[];
  readonly portals: readonly LabPortal[];
  /** Port on which every portal's host speaks plain HTTP: the value for `AUDIT_HTTP_PORT`. */
  readonly httpPort: number;
  /** Base URL of the control API. */
  readonly controlUrl: string;
  /** False where this machine has no IPv6 loopback; then nothing listens over IPv6. */
  readonly ip6: boolean;
  /** The portal of this id; throws if the lab does not play it. */
  readonly portal: (id: string) => LabPortal;
  /**
   * Makes a portal behave otherwise from now on: the id of the lab portal to behave like (`healthy` mends), or
   * what differs from health. Open connections of a changed family are cut. Resolves when it is in force.
   */
  readonly setBehaviour: (portalId: string, behaviour: string | BehaviourChange) => Promise<void>;
  readonly setResolver: (mode: ResolverMode) => Promise<void>;
  readonly setDns64: (on: boolean) => void;
  readonly setDnssec: (mode: DnssecMode) => void;
  readonly setAnchors: (family: Family, mode: AnchorMode) => Promise<void>;
  /** TCP connections that this portal's own port has accepted since the start. */
  readonly connections: (portalId: string) => Readonly<Record<Family, number>>;
  /** DNS questions received for a name since the start, of one type or of all. */
  readonly queries: (name: string, type?: string) => number;
  readonly stop: () => Promise<void>;
}
