import { constants } from "node:crypto";
import { Duplex } from "node:stream";
import { type SecureContext, connect, createSecureContext } from "node:tls";
import { TLS_VERSIONS, type TlsVersion } from "../../domain/audit/host.ts";
import { trustedContext } from "../trust.ts";

/**
 * What lowers our own demands to those that any server may meet: short keys, old signatures, renegotiation of before
 * RFC 5746. A browser takes a good part of that; OpenSSL at its default level refuses and it looks like the server.
 */
const LENIENT = {
  ciphers: "DEFAULT@SECLEVEL=0",
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const;

/** With what an audit greets servers; made once, because each set of roots costs milliseconds. */
export interface TlsOffers {
  /** Trusts as `session.trust` does, at the lowest security level, with the versions that browsers take. */
  readonly lenient: SecureContext;
  /** One version alone, at the lowest security level; trusts nobody. */
  readonly alone: Readonly<Record<TlsVersion, SecureContext>>;
  /** Whether our own library really offers this version when told to. */
  readonly canOffer: (version: TlsVersion) => Promise<boolean>;
}

/** Offers that trust Node's roots and these (PEM). */
export function createTlsOffers(extraRoots: readonly string[]): TlsOffers {
  const alone = Object.fromEntries(
    TLS_VERSIONS.map((version) => [version, aloneContext(version)]),
  ) as Record<TlsVersion, SecureContext>;
  const offered = new Map<TlsVersion, Promise<boolean>>();
  return {
    lenient: trustedContext(extraRoots, { ...LENIENT, minVersion: "TLSv1.2" }),
    alone,
    canOffer(version) {
      let known = offered.get(version);
      if (known === undefined) {
        known = offers(version, alone[version]);
        offered.set(version, known);
      }
      return known;
    },
  };
}

function aloneContext(version: TlsVersion): SecureContext {
  return createSecureContext({ ...LENIENT, minVersion: version, maxVersion: version, ca: [] });
}

/** The version as ClientHello.legacy_version or, for 1.3, in supported_versions (RFC 8446 sections 4.1.2, 4.2.1). */
const HELLO: Readonly<Record<TlsVersion, string>> = {
  TLSv1: "0301",
  "TLSv1.1": "0302",
  "TLSv1.2": "0303",
  "TLSv1.3": "002b0003020304",
};

/** Where legacy_version stands: behind the headers of record (5 octets) and handshake message (4). */
const VERSION_AT = 9;

/** Whether a context makes our library send a ClientHello of this version; nothing leaves the process. */
export async function offers(version: TlsVersion, context: SecureContext): Promise<boolean> {
  const hello = await firstWords(context);
  const hex = hello?.toString("hex") ?? "";
  const offers13 = hex.includes(HELLO["TLSv1.3"]);
  if (version === "TLSv1.3" || offers13) return offers13 && version === "TLSv1.3";
  return hex.slice(VERSION_AT * 2, VERSION_AT * 2 + 4) === HELLO[version];
}

/** What a client of this context says first, null if it refuses to speak. */
function firstWords(context: SecureContext): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        resolve(chunk);
        done();
        setImmediate(() => wire.destroy());
      },
    });
    const client = connect({ socket: wire, secureContext: context, rejectUnauthorized: false });
    client.on("error", () => resolve(null));
    client.once("close", () => resolve(null));
  });
}
