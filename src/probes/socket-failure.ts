import type { FailureKind } from "../domain/failure.ts";

/** Codes that mean that we, not the portal, ran out of something. */
const OWN: ReadonlySet<string> = new Set([
  "EMFILE",
  "ENFILE",
  "ENOBUFS",
  "ENOMEM",
  "EADDRNOTAVAIL",
  "EADDRINUSE",
  "ENETDOWN",
  // A packet filter of this machine refused to let the packet out.
  "EPERM",
]);

const CONNECT: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "connect_refused",
  ETIMEDOUT: "connect_timeout",
  ECONNRESET: "connect_reset",
  ECONNABORTED: "connect_reset",
  EPIPE: "connect_reset",
  // While the gate of the family holds, a missing route is missing on the portal's side.
  ENETUNREACH: "network_unreachable",
  EHOSTUNREACH: "network_unreachable",
  EHOSTDOWN: "network_unreachable",
  // ICMPv6 "administratively prohibited" (RFC 4443 3.1) arrives as EACCES.
  EACCES: "network_unreachable",
};

/** What an error code of `connect` stands for; a code on no list accuses nobody. */
export function connectFailure(code: string): FailureKind {
  if (OWN.has(code)) return "own_sockets";
  return CONNECT[code] ?? "prober_fault";
}

const LOST: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

/** What an error code during the TLS handshake stands for. */
export function tlsFailure(code: string): FailureKind {
  if (LOST.has(code)) return "tls_reset";
  if (isTlsCode(code)) return "tls_handshake";
  if (code === "ETIMEDOUT") return "tls_timeout";
  return connectFailure(code);
}

/** OpenSSL reports as `ERR_SSL_…` and, below that, as EPROTO. */
function isTlsCode(code: string): boolean {
  return code.startsWith("ERR_SSL_") || code.startsWith("ERR_OSSL_") || code === "EPROTO";
}

const HTTP: Readonly<Record<string, FailureKind>> = {
  ECONNRESET: "http_closed",
  EPIPE: "http_closed",
  ECONNABORTED: "http_closed",
  // The other side closed before or in the middle of its answer.
  UND_ERR_SOCKET: "http_closed",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "http_closed",
  HPE_INVALID_EOF_STATE: "http_closed",
  UND_ERR_HEADERS_OVERFLOW: "http_header_overflow",
  HPE_HEADER_OVERFLOW: "http_header_overflow",
  // The parser's error class; it has a code for most faults, but not for all.
  HTTPParserError: "http_protocol",
};

/**
 * What an error code during the HTTP exchange stands for. With TLS 1.3 a server may refuse the client only after
 * the handshake has ended here (RFC 8446 4.4.2.4), so that TLS codes arrive in this phase too.
 */
export function httpFailure(code: string): FailureKind {
  const known = HTTP[code];
  if (known !== undefined) return known;
  if (code.startsWith("HPE_")) return "http_protocol";
  if (isTlsCode(code)) return "tls_handshake";
  return connectFailure(code);
}

/** The code of an error, or its class where it has none; never its message. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "NOT_AN_ERROR";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
