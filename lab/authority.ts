import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** ECDSA on P-256 (FIPS 186-5): accepted by every TLS client, and made in about a millisecond. */
const KEY = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;

const DAY_MS = 86_400_000;

/** Life of the lab's roots and intermediates: they live in memory, so long enough is all that matters. */
const AUTHORITY_DAYS = 3650;

export type KeyPair = webcrypto.CryptoKeyPair;

/** A new P-256 key pair whose private half can be exported. */
export function newKeyPair(): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
}

/** The private key as PKCS #8 PEM (RFC 5958), as node:tls wants it. */
export async function privateKeyPem(keys: KeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return `-----BEGIN PRIVATE KEY-----\n${der.toString("base64")}\n-----END PRIVATE KEY-----\n`;
}

/** What a leaf certificate is to say. */
export interface LeafRequest {
  readonly keys: KeyPair;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A private certification authority: a root, and an intermediate that signs the leaves. PEM throughout. */
export interface Authority {
  readonly rootPem: string;
  readonly intermediatePem: string;
  /** A server certificate signed by the intermediate. */
  readonly issue: (request: LeafRequest) => Promise<string>;
}

/** A new authority, made in memory, whose names contain `name`. */
export async function createAuthority(name: string): Promise<Authority> {
  const [rootKeys, intermediateKeys] = await Promise.all([newKeyPair(), newKeyPair()]);
  const life = validity(-AUTHORITY_DAYS, AUTHORITY_DAYS);
  const rootName = `CN=${name} root (made up), O=Hatangso lab`;
  const intermediateName = `CN=${name} intermediate (made up), O=Hatangso lab`;
  const root = await X509CertificateGenerator.createSelfSigned({
    ...life,
    name: rootName,
    keys: rootKeys,
    signingAlgorithm: SIGNATURE,
    extensions: await authorityExtensions(rootKeys, rootKeys),
  });
  const intermediate = await X509CertificateGenerator.create({
    ...life,
    subject: intermediateName,
    issuer: rootName,
    publicKey: intermediateKeys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: SIGNATURE,
    extensions: await authorityExtensions(intermediateKeys, rootKeys, 0),
  });
  return {
    rootPem: pem(root.toString("pem")),
    intermediatePem: pem(intermediate.toString("pem")),
    async issue(request) {
      const leaf = await X509CertificateGenerator.create({
        subject: `CN=${request.dnsNames[0] ?? request.ipAddresses[0]}`,
        issuer: intermediateName,
        notBefore: request.notBefore,
        notAfter: request.notAfter,
        publicKey: request.keys.publicKey,
        signingKey: intermediateKeys.privateKey,
        signingAlgorithm: SIGNATURE,
        extensions: await leafExtensions(request, intermediateKeys),
      });
      return pem(leaf.toString("pem"));
    },
  };
}

/** A certificate that nobody but its own key vouches for. */
export async function createSelfSigned(request: LeafRequest): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${request.dnsNames[0] ?? request.ipAddresses[0]}`,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    keys: request.keys,
    signingAlgorithm: SIGNATURE,
    extensions: await leafExtensions(request, request.keys),
  });
  return pem(certificate.toString("pem"));
}

/** A validity interval in days relative to now; negative is past. */
export function validity(fromDays: number, toDays: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    notBefore: new Date(now + fromDays * DAY_MS),
    notAfter: new Date(now + toDays * DAY_MS),
  };
}

async function authorityExtensions(
  own: KeyPair,
  issuer: KeyPair,
  pathLength?: number,
): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(true, pathLength, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    await SubjectKeyIdentifierExtension.create(own.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
  ];
}

async function leafExtensions(request: LeafRequest, issuer: KeyPair): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([
      ...request.dnsNames.map((value) => ({ type: "dns" as const, value })),
      ...request.ipAddresses.map((value) => ({ type: "ip" as const, value })),
    ]),
    await SubjectKeyIdentifierExtension.create(request.keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
  ];
}

function pem(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
