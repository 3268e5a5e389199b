import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  type JsonGeneralName,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

const DAY = 86_400_000;

/** An issuer or a server, with the key that goes with its certificate. */
export interface Made {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly pem: string;
  /** PKCS #8 PEM. */
  readonly keyPem: string;
}

/** What a certificate is to say; days are counted from now. */
export interface Wanted {
  readonly subject: string;
  readonly issuer?: Made;
  readonly names?: readonly JsonGeneralName[];
  readonly fromDay?: number;
  readonly toDay?: number;
  /** Default: P-256. */
  readonly rsaBits?: number;
  /** Signs with this pair instead of a new one. */
  readonly keys?: webcrypto.CryptoKeyPair;
}

/** Makes one certificate; without an issuer it signs itself. */
export async function make(wanted: Wanted): Promise<Made> {
  const keys = wanted.keys ?? (await newKeys(wanted.rsaBits));
  const signer = wanted.issuer?.keys ?? keys;
  const { names } = wanted;
  const certificate = await X509CertificateGenerator.create({
    subject: wanted.subject,
    issuer: wanted.issuer?.certificate.subject ?? wanted.subject,
    notBefore: new Date(Date.now() + (wanted.fromDay ?? -1) * DAY),
    notAfter: new Date(Date.now() + (wanted.toDay ?? 30) * DAY),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: { ...signer.privateKey.algorithm, hash: "SHA-256" },
    extensions: names
      ? [new SubjectAlternativeNameExtension([...names])]
      : [new BasicConstraintsExtension(true, undefined, true)],
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const key = der.toString("base64");
  return {
    certificate,
    keys,
    pem: `${certificate.toString("pem")}\n`,
    keyPem: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
  };
}

function newKeys(rsaBits?: number): Promise<webcrypto.CryptoKeyPair> {
  const algorithm =
    rsaBits === undefined
      ? { name: "ECDSA", namedCurve: "P-256" }
      : {
          name: "RSASSA-PKCS1-v1_5",
          hash: "SHA-256",
          modulusLength: rsaBits,
          publicExponent: new Uint8Array([1, 0, 1]),
        };
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}
