import type { FailureKind } from "../failure.ts";
import type { Family } from "../family.ts";
import type { NameSight, SeenAddress } from "./names.ts";
import type { Sight } from "./sight.ts";

/** How TCP to one port ended after up to three tries. */
export interface PortSight {
  readonly outcome: "open" | "refused" | "timeout" | "reset" | "unreachable";
  readonly code: string | null;
  readonly failedTries: number;
}

/** A TLS handshake without any demand on the certificate, after up to three tries (W2). */
export interface TlsSight {
  /** `no_certificate`: an anonymous suite, or a certificate that no library can read (`unreadable_certificate`). */
  readonly outcome:
    | "completed"
    | "timeout"
    | "reset"
    | "alert"
    | "error"
    | "no_certificate"
    | "unreadable_certificate";
  readonly code: string | null;
  readonly failedTries: number;
  readonly protocol: string | null;
  readonly cipher: string | null;
  /** ALPN choice of the server when offered h2 and http/1.1; null if it chose none. */
  readonly alpn: string | null;
  readonly ocspStapled: boolean;
  /** SHA-256 fingerprints of the presented chain, the leaf first, lower-case hex; at most 10. */
  readonly chain: readonly string[];
  /** Everything that is wrong with the certificate for this host, the fault that decides first; empty if valid (W3). */
  readonly certificateFaults: readonly FailureKind[];
  /** What chain building reported; null for a good chain. */
  readonly chainCode: string | null;
}

export const TLS_VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;

export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** Whether a server accepts one version alone (H4); `unclear`: it neither agreed nor said no. */
export interface VersionSight {
  readonly outcome: "accepted" | "refused" | "unclear";
  readonly code: string | null;
}

/** One answer to one GET, without following anything. */
export interface AnswerSight {
  /** `failed`: no whole header came; `kind` says how. */
  readonly outcome: "answered" | "failed";
  readonly kind: FailureKind | null;
  readonly failedTries: number;
  readonly status: number | null;
  /** Location as sent, at most 2,000 characters. */
  readonly location: string | null;
  /** Where it leads, absolute; null where it can't be followed or nothing is sent. */
  readonly leadsTo: string | null;
  /**
   * The headers that checks read, lower-case names, every field line by itself in order, at most 10 lines of 2,000
   * characters each: strict-transport-security, content-security-policy, x-frame-options, x-content-type-options,
   * referrer-policy, permissions-policy, server, content-type, alt-svc.
   */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** A page that asks for proof of being human, or a wall's page: what was recognised, null if nothing. */
  readonly wall: string | null;
}

/** Everything seen at one address of one host. */
export interface AddressSight {
  readonly family: Family;
  readonly address: SeenAddress;
  /** The port of the portal's URL (443). */
  readonly https: Sight<PortSight>;
  /** AUDIT_HTTP_PORT (80). */
  readonly http: Sight<PortSight>;
  readonly tls: Sight<TlsSight>;
  readonly versions: Readonly<Record<TlsVersion, Sight<VersionSight>>>;
  /** GET of the URL's path over TLS, whatever the certificate (W5, H3). */
  readonly answer: Sight<AnswerSight>;
  /** GET of the root over plain HTTP (H2); for an http URL its own path. */
  readonly plain: Sight<AnswerSight>;
}

/** Why a host is looked at: the entry URL, its apex or www variant (W9), or a hop of a redirect chain (W6). */
export type HostRole = "entry" | "variant" | "hop";

/** One host with every address of both families. */
export interface HostSight {
  readonly host: string;
  readonly role: HostRole;
  /** The port that stands for 443 here. */
  readonly httpsPort: number;
  readonly httpPort: number;
  readonly name: NameSight;
  /** At most eight per family, in the order of `name`. */
  readonly addresses: readonly AddressSight[];
  /** Addresses that were not visited, beyond those. */
  readonly beyond: number;
}

/** One hop of a chain that was followed over one family. */
export interface HopSight {
  readonly url: string;
  readonly address: string | null;
  readonly status: number | null;
  readonly leadsTo: string | null;
}

/** The way from the entry URL to the final page over one family, without leaving it (W6). */
export interface ChainSight {
  readonly hops: readonly HopSight[];
  /** `arrived` at an answer that redirects no further; else what ended it. */
  readonly outcome: "arrived" | "family_gap" | "loop" | "limit" | "invalid" | "failed";
  /** For `failed`: how. */
  readonly kind: FailureKind | null;
  readonly finalUrl: string | null;
}

/** Facts of one certificate, by fingerprint; the DER form is kept beside them. Instants are UTC ISO 8601. */
export interface AuditCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** DNS names and addresses of the SAN extension, at most 100; `namesBeyond` counts the rest. */
  readonly names: readonly string[];
  readonly namesBeyond: number;
  readonly keyType: string;
  readonly keyBits: number | null;
  readonly signatureAlgorithm: string | null;
  readonly selfIssued: boolean;
  /** Base64 of the DER form, at most 64 KiB of DER; null beyond. */
  readonly der: string | null;
}
