import type { X509Certificate } from "node:crypto";
import { type TLSSocket, checkServerIdentity } from "node:tls";
import type { AuditCertificate, TlsSight } from "../../domain/audit/host.ts";
import { judgeCertificate } from "../../domain/judge-certificate.ts";
import { countAltNames, subjectAltNames } from "../alt-names.ts";
import { chainCodeOf, keyOf, oneLine, validityOf } from "../certificate.ts";
import { createChainReader } from "../presented-chain.ts";
import { codeOf } from "../socket-failure.ts";
import { MAX_CERTIFICATES } from "./limits.ts";

/** What a handshake's certificates come to; `unreadable` where no library can read them. */
export type ReadChain =
  | Pick<TlsSight, "chain" | "certificateFaults" | "chainCode">
  | { readonly unreadable: string };

/** Keeps the facts of every certificate that an audit meets, by fingerprint, at most 64. */
export interface CertificateShelf {
  /** Reads and keeps what the other side presented; an empty chain if that is nothing. */
  read(socket: TLSSocket, host: string, now: number): ReadChain;
  readonly kept: Readonly<Record<string, AuditCertificate>>;
}

/** An empty shelf; `readChain` may be shared by many. */
export function createCertificateShelf(readChain = createChainReader()): CertificateShelf {
  const kept: Record<string, AuditCertificate> = {};
  let count = 0;
  const keep = (certificate: X509Certificate) => {
    const fingerprint = fingerprintOf(certificate);
    if (kept[fingerprint] === undefined && count < MAX_CERTIFICATES) {
      kept[fingerprint] = certificateFacts(certificate);
      count += 1;
    }
    return fingerprint;
  };
  return {
    kept,
    read(socket, host, now) {
      try {
        const certificates = readChain(socket);
        const leaf = certificates[0];
        if (leaf === undefined) return { chain: [], certificateFaults: [], chainCode: null };
        const chain = certificates.map(keep);
        const sight = {
          chainCode: chainCodeOf(socket),
          nameMatches: checkServerIdentity(host, leaf.toLegacyObject()) === undefined,
          ...validityOf(leaf),
          selfIssued: leaf.subject === leaf.issuer,
          chainLength: chain.length,
        };
        const { chainCode } = sight;
        return { chain, certificateFaults: judgeCertificate(sight, now), chainCode };
      } catch (error) {
        return { unreadable: readFault(error) };
      }
    },
  };
}

/** Codes of OpenSSL and of Node's own decoder: the certificate's fault. Anything else that is thrown is ours. */
const UNREADABLE = /^ERR_(?:OSSL|SSL|CRYPTO|TLS|INVALID_ARG)_/;

function readFault(error: unknown): string {
  const code = codeOf(error);
  if (!UNREADABLE.test(code)) throw error;
  return code;
}

function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(":", "").toLowerCase();
}

/** Names that are kept of one certificate. */
const MAX_NAMES = 100;

/** Largest DER form that is kept. */
const MAX_DER = 64 * 1024;

/** Longest serial number that is kept; RFC 5280 section 4.1.2.2 allows 40 hex digits. */
const MAX_SERIAL = 64;

/** The facts of one certificate; whatever of it can't be read is told as unknown, nothing throws for it. */
export function certificateFacts(certificate: X509Certificate): AuditCertificate {
  const { subjectAltName, raw } = certificate;
  const { notBefore, notAfter } = validityOf(certificate);
  const subject = oneLine(certificate.subject);
  const issuer = oneLine(certificate.issuer);
  return {
    subject,
    issuer,
    serial: certificate.serialNumber.slice(0, MAX_SERIAL),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    names: subjectAltNames(subjectAltName),
    namesBeyond: Math.max(0, countAltNames(subjectAltName) - MAX_NAMES),
    ...keyFacts(certificate),
    signatureAlgorithm: certificate.signatureAlgorithm ?? certificate.signatureAlgorithmOid ?? null,
    selfIssued: subject === issuer,
    der: raw.length <= MAX_DER ? raw.toString("base64") : null,
  };
}

function keyFacts(certificate: X509Certificate): Pick<AuditCertificate, "keyType" | "keyBits"> {
  try {
    return keyOf(certificate);
  } catch (error) {
    readFault(error);
    return { keyType: "unknown", keyBits: null };
  }
}
