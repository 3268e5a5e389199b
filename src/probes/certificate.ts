import type { X509Certificate } from "node:crypto";
import { type PeerCertificate, type TLSSocket, checkServerIdentity } from "node:tls";
import type { CertificateSight } from "../domain/judge-certificate.ts";
import type { CertificateFacts } from "../domain/observation.ts";
import { subjectAltNames } from "./alt-names.ts";
import { certificatePath, leafFingerprint, pathKey, presentedChain } from "./presented-chain.ts";
import { remember } from "./remember.ts";

/** A presented certificate: facts to store, and what is needed to judge it. */
export interface SeenCertificate {
  readonly facts: CertificateFacts;
  readonly sight: CertificateSight;
}

/**
 * Reads presented certificates; remembers those seen lately, because most portals show the same one every minute. What
 * a server changes behind the same leaf while chain building comes to the same is seen within ten minutes.
 */
export interface CertificateReader {
  /** Null if the server presented none, which only an anonymous cipher suite allows. */
  read(socket: TLSSocket, host: string): SeenCertificate | null;
}

interface Parsed {
  readonly facts: CertificateFacts;
  /** What a host name is compared with. */
  readonly names: PeerCertificate;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Certificates remembered: some more than the portals of one prober, because each that is not costs lost memory. */
const REMEMBERED = 32_768;

/** A leaf whose chain was read, and of which path that chain is. */
interface Known {
  readonly parsed: Parsed;
  readonly path: string;
  /** When the path was looked at last. */
  lookedAt: number;
}

/**
 * How long a leaf with which chain building comes to the same stands for the chain that it came with: looking at the
 * path too costs a fifth of a probe's CPU.
 */
export const CHAIN_STANDS_MS = 600_000;

/** A reader with its own memory; `now` in milliseconds of any clock that only goes on. */
export function createCertificateReader(now = () => performance.now()): CertificateReader {
  const seen = new Map<string, Known>();
  const look = (socket: TLSSocket, before: Known | undefined): Known | null => {
    const path = pathKey(certificatePath(socket));
    if (before?.path === path) return before;
    const chain = presentedChain(socket);
    const leaf = chain[0];
    return leaf === undefined ? null : { parsed: parse(leaf, chain), path, lookedAt: 0 };
  };
  return {
    read: (socket, host) => {
      const key = `${leafFingerprint(socket)} ${chainCodeOf(socket)}`;
      const at = now();
      let known = seen.get(key);
      if (known === undefined || at - known.lookedAt > CHAIN_STANDS_MS) {
        const looked = look(socket, known);
        if (looked === null) return null;
        looked.lookedAt = at;
        remember(seen, key, looked, REMEMBERED);
        known = looked;
      }
      return { facts: known.parsed.facts, sight: sightOf(known.parsed, socket, host) };
    },
  };
}

function sightOf(parsed: Parsed, socket: TLSSocket, host: string): CertificateSight {
  return {
    chainCode: chainCodeOf(socket),
    nameMatches: checkServerIdentity(host, parsed.names) === undefined,
    notBefore: parsed.notBefore,
    notAfter: parsed.notAfter,
    selfIssued: parsed.facts.subject === parsed.facts.issuer,
    chainLength: parsed.facts.chainLength,
  };
}

/** What chain building reported of the certificate that the other side presented; null for a good chain. */
export function chainCodeOf(socket: TLSSocket): string | null {
  return socket.authorized ? null : chainCode(socket.authorizationError);
}

/** Node types it as Error but sets the code of OpenSSL itself. */
function chainCode(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parse(leaf: X509Certificate, chain: readonly X509Certificate[]): Parsed {
  const { notBefore, notAfter } = validityOf(leaf);
  const earliest = Math.min(...chain.map((certificate) => validityOf(certificate).notAfter));
  const facts: CertificateFacts = {
    fingerprint: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
    subject: oneLine(leaf.subject),
    issuer: oneLine(leaf.issuer),
    serial: leaf.serialNumber.slice(0, 64),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    earliestNotAfter: new Date(earliest).toISOString(),
    names: subjectAltNames(leaf.subjectAltName),
    ...keyOf(leaf),
    chainLength: chain.length,
  };
  const { subject, subjectaltname } = leaf.toLegacyObject();
  // All else of a description is ten times as large, and a prober keeps as many as it has portals.
  const names = { subject, subjectaltname } as PeerCertificate;
  return { facts, names, notBefore, notAfter };
}

/**
 * From when and until when a certificate says that it holds, in milliseconds. A date that OpenSSL can't read counts as
 * the epoch: nothing that anybody can rely on. Node's own Date of such a one is any number, but its text is no date.
 */
export function validityOf(certificate: X509Certificate): { notBefore: number; notAfter: number } {
  const { validFrom, validFromDate, validTo, validToDate } = certificate;
  return { notBefore: instant(validFrom, validFromDate), notAfter: instant(validTo, validToDate) };
}

function instant(text: string, date: Date): number {
  return Number.isNaN(Date.parse(text)) ? 0 : date.getTime();
}

/** Longest distinguished name that is kept. */
const NAME_LENGTH = 500;

/** A distinguished name in one line. Node writes one attribute per line; an empty name is empty text. */
export function oneLine(name: string | undefined): string {
  return (name ?? "")
    .split("\n")
    .join(", ")
    .replace(/\p{Cc}/gu, " ")
    .slice(0, NAME_LENGTH);
}

/** Sizes of the named curves in use (RFC 8422 section 5.1.1). */
const CURVE_BITS: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

/** Kind and size of a certificate's key; throws for a key that OpenSSL can't read. */
export function keyOf(leaf: X509Certificate): Pick<CertificateFacts, "keyType" | "keyBits"> {
  const { asymmetricKeyType, asymmetricKeyDetails } = leaf.publicKey;
  const curve = CURVE_BITS[asymmetricKeyDetails?.namedCurve ?? ""];
  const keyBits = asymmetricKeyDetails?.modulusLength ?? curve ?? null;
  return { keyType: asymmetricKeyType ?? "unknown", keyBits };
}
