/** Times that single steps of an audit may take, milliseconds. */
export interface AuditLimits {
  readonly tcpMs: number;
  readonly tlsMs: number;
  /** From the request to the end of the body. */
  readonly httpMs: number;
  /** What the end of the audit keeps for the second look at the vantage point. */
  readonly gateMs: number;
}

/**
 * TCP and TLS as other testers wait (two lost SYNs, RFC 6298 section 2.1; 7 s for a handshake), an answer as long as
 * a light probe, a second look as long as two self-tests take: one may be under way that began too early.
 */
export const LIMITS: AuditLimits = { tcpMs: 4000, tlsMs: 7000, httpMs: 10_000, gateMs: 15_000 };

/** The second look never takes more than this share of an audit. */
export const GATE_SHARE = 0.2;

/** Hosts of one audit: entry, variant and the hops of two chains. */
export const MAX_HOSTS = 12;

/** Addresses of one family of one host that are visited. */
export const MAX_ADDRESSES = 8;

/** Certificates that are kept. */
export const MAX_CERTIFICATES = 64;

/** Connections of one audit at once, over all its addresses. */
export const MAX_CONNECTIONS = 6;

/** Redirects followed: as many as Chromium and Firefox do, so that what ends for us ends for visitors too. */
export const MAX_REDIRECTS = 20;

/** Longest URL or header line that is kept, characters. */
export const MAX_TEXT = 2000;
