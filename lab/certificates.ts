import { type SecureContext, type SecureContextOptions, createSecureContext } from "node:tls";
import type { CertificateName, VersionRange } from "./behaviour.ts";
import {
  type Authority,
  type KeyPair,
  createAuthority,
  createSelfSigned,
  newKeyPair,
  privateKeyPem,
  validity,
} from "./authority.ts";

/** Whom a certificate is for. */
export interface CertificateSubject {
  readonly host: string;
  readonly addresses: readonly string[];
}

/** Makes and keeps the TLS contexts that lab servers present. */
export interface CertificateStore {
  readonly rootPem: string;
  /** The context of one certificate and range of versions for one subject; the same one for the same question. */
  readonly context: (
    subject: CertificateSubject,
    name: CertificateName,
    versions?: VersionRange,
  ) => Promise<SecureContext>;
}

/** Names that the `wrong-host` certificate is for. */
const SOMEBODY_ELSE = { host: "somebody-else.lab.test", addresses: ["127.255.255.254"] };

/**
 * Validity in days relative to now. 90 days is what the common public authority issues; 5 is below every warning
 * threshold; the others lie a day beyond the border, so that no clock skew undoes the defect.
 */
const CURRENT = [-1, 89] as const;
const VALIDITY_DAYS: Partial<Record<CertificateName, readonly [number, number]>> = {
  "expires-soon": [-85, 5],
  expired: [-91, -1],
  "not-yet-valid": [1, 91],
};

/** Old versions need signatures that OpenSSL makes at the lowest level only. */
const RANGES: Readonly<Record<VersionRange, SecureContextOptions>> = {
  "1.2-1.3": {},
  "1.0-1.3": { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" },
  "1.0-1.1": { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
  "1.2": { maxVersion: "TLSv1.2" },
  "1.3": { minVersion: "TLSv1.3" },
};

interface Authorities {
  readonly trusted: Authority;
  readonly unknown: Authority;
  readonly keys: KeyPair;
}

/** A store with a trusted authority and an unknown one; all leaves share one key to keep the start fast. */
export async function createCertificateStore(): Promise<CertificateStore> {
  const [trusted, unknown, keys] = await Promise.all([
    createAuthority("Lab"),
    createAuthority("Unknown"),
    newKeyPair(),
  ]);
  const key = await privateKeyPem(keys);
  const contexts = new Map<string, Promise<SecureContext>>();
  return {
    rootPem: trusted.rootPem,
    context(subject, name, versions = "1.2-1.3") {
      const id = `${name} ${versions} ${subject.host}`;
      let context = contexts.get(id);
      if (context === undefined) {
        context = chain({ trusted, unknown, keys }, subject, name).then((cert) =>
          createSecureContext({ key, cert, ...RANGES[versions] }),
        );
        contexts.set(id, context);
      }
      return context;
    },
  };
}

/** The PEM chain, leaf first, that plays `name`. */
async function chain(
  { trusted, unknown, keys }: Authorities,
  subject: CertificateSubject,
  name: CertificateName,
): Promise<string> {
  const { host, addresses } = name === "wrong-host" ? SOMEBODY_ELSE : subject;
  const [from, to] = VALIDITY_DAYS[name] ?? CURRENT;
  const request = { keys, dnsNames: [host], ipAddresses: addresses, ...validity(from, to) };
  switch (name) {
    case "self-signed":
      return createSelfSigned(request);
    case "incomplete-chain":
      return trusted.issue(request);
    case "untrusted-issuer":
      return (await unknown.issue(request)) + unknown.intermediatePem;
    case "untrusted-root":
      return (await unknown.issue(request)) + unknown.intermediatePem + unknown.rootPem;
    default:
      return (await trusted.issue(request)) + trusted.intermediatePem;
  }
}
