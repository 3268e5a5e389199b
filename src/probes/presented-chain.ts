import { X509Certificate } from "node:crypto";
import { TLSSocket } from "node:tls";
import { remember } from "./remember.ts";

/** OpenSSL refuses more than 100 KiB of certificates; no chain that verifies is longer than this. */
const MAX_CHAIN = 10;

/**
 * The certificates in the order in which the server sent them, the leaf first, at most ten. Node 24 takes them out of
 * the connection and frees all but the leaf never: some 5 KB of each handshake are lost for good, so that whoever
 * looks at the same chains again and again must know them by their `certificatePath`, which must be asked for first.
 */
export function presentedChain(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next = socket.getPeerX509Certificate();
  while (next !== undefined && chain.length < MAX_CHAIN) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/** A certificate on the way from a leaf to a root. */
export interface PathCertificate {
  readonly fingerprint256: string;
  /** DER. */
  readonly raw: Buffer;
}

/**
 * The leaf, then each certificate's issuer as far as the server or our roots have it. Two chains of one path differ at
 * most in certificates that lead nowhere, and in whether the root itself was sent. Costs 0.2 ms and loses no memory.
 */
export function certificatePath(socket: TLSSocket): readonly PathCertificate[] {
  const path: PathCertificate[] = [];
  // The socket's own method is put out of use, for Node's sake: see handshake.ts.
  let next = TLSSocket.prototype.getPeerCertificate.call(socket, true) as
    | (PathCertificate & { readonly issuerCertificate?: typeof next })
    | undefined;
  while (next?.raw !== undefined && path.length < MAX_CHAIN && next !== path.at(-1)) {
    path.push(next);
    next = next.issuerCertificate;
  }
  return path;
}

/** The SHA-256 of the leaf alone, undefined if the server presented none. Costs 0.1 ms and loses no memory. */
export function leafFingerprint(socket: TLSSocket): string | undefined {
  const leaf = TLSSocket.prototype.getPeerCertificate.call(socket, false);
  return (leaf as Partial<typeof leaf>).fingerprint256;
}

/** What a path is known by. */
export function pathKey(path: readonly PathCertificate[]): string {
  return path.map(({ fingerprint256 }) => fingerprint256).join();
}

/** Paths remembered: some more than the portals of one prober. */
const REMEMBERED = 32_768;

/** Reads presented chains as `presentedChain` does, but takes those of a known path from the path. */
export function createChainReader(): (socket: TLSSocket) => readonly X509Certificate[] {
  /** For each path, which of its certificates were presented. */
  const seen = new Map<string, readonly number[]>();
  return (socket) => {
    const path = certificatePath(socket);
    const key = pathKey(path);
    const known = seen.get(key);
    if (known !== undefined) return known.map((at) => new X509Certificate(path[at]!.raw));
    const chain = presentedChain(socket);
    const places = chain.map((each) =>
      path.findIndex(({ fingerprint256 }) => fingerprint256 === each.fingerprint256),
    );
    if (chain.length > 0 && !places.includes(-1)) remember(seen, key, places, REMEMBERED);
    return chain;
  };
}
