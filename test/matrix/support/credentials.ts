import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { TlsOptions } from "node:tls";
import { createAuthority, newKeyPair, privateKeyPem, validity } from "../../../lab/authority.ts";

/** A private authority and what servers on loopback present. */
export interface Credentials {
  readonly rootPem: string;
  /** Valid for these names and addresses. */
  readonly valid: (names: readonly string[], addresses?: readonly string[]) => Promise<TlsOptions>;
  /** Vouches for itself, by a key or a hash that nobody uses any more; its own root. */
  readonly weak: (what: "key" | "signature") => Promise<TlsOptions & { readonly rootPem: string }>;
}

const LOOPBACK = ["127.0.0.1", "::1"];

/** Server sides must take the lowest level to show what clients no longer take. */
const LOWEST = { ciphers: "DEFAULT@SECLEVEL=0" } as const;

/** Makes a new authority. */
export async function createCredentials(): Promise<Credentials> {
  const [authority, keys] = await Promise.all([createAuthority("Matrix"), newKeyPair()]);
  const key = await privateKeyPem(keys);
  return {
    rootPem: authority.rootPem,
    async valid(dnsNames, ipAddresses = LOOPBACK) {
      const leaf = await authority.issue({ keys, dnsNames, ipAddresses, ...validity(-1, 89) });
      return { key, cert: leaf + authority.intermediatePem };
    },
    weak: async (what) => selfVouching(what === "key" ? SHORT : OLD_HASH),
  };
}

const SHORT = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 1024,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

const OLD_HASH = { ...SHORT, hash: "SHA-1", modulusLength: 2048 } as const;

/** A root of its own and a leaf for loopback that it signs, both by this algorithm. */
async function selfVouching(algorithm: typeof SHORT | typeof OLD_HASH) {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const common = { ...validity(-1, 89), signingAlgorithm: algorithm };
  const root = await X509CertificateGenerator.createSelfSigned({
    ...common,
    name: "CN=Weak",
    keys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const leaf = await X509CertificateGenerator.create({
    ...common,
    subject: "CN=127.0.0.1",
    issuer: "CN=Weak",
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [
      new SubjectAlternativeNameExtension(LOOPBACK.map((value) => ({ type: "ip", value }))),
    ],
  });
  return {
    ...LOWEST,
    key: await privateKeyPem(keys),
    cert: leaf.toString("pem"),
    rootPem: root.toString("pem"),
  };
}
