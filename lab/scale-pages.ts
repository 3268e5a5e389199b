import { type Server as HttpsServer, createServer } from "node:https";
import { type SecureContext, createSecureContext } from "node:tls";
import { createAuthority, newKeyPair, privateKeyPem, validity } from "./authority.ts";

/** One server for all hosts of the scale lab; sockets are handed to it. */
export interface ScalePages {
  readonly server: HttpsServer;
  readonly caPem: string;
}

/** Leaves and roots need to outlive a benchmark only. */
const VALID_DAYS = validity(-1, 30);

/**
 * Serves a page of so many octets. All hosts of the zone share a wildcard certificate, but for those of `own`: each of
 * them has one of its own.
 */
export async function openScalePages(
  bytes: number,
  zone: string,
  own: readonly string[],
): Promise<ScalePages> {
  const [authority, keys] = await Promise.all([createAuthority("Scale lab"), newKeyPair()]);
  const key = await privateKeyPem(keys);
  const issue = async (host: string) => {
    const leaf = await authority.issue({ keys, dnsNames: [host], ipAddresses: [], ...VALID_DAYS });
    return { key, cert: leaf + authority.intermediatePem };
  };
  const contexts = new Map<string, SecureContext>();
  for (const host of own) contexts.set(host, createSecureContext(await issue(host)));
  const page = Buffer.alloc(bytes, "Cổng thử (bịa). ");
  const server = createServer(
    {
      ...(await issue(`*.${zone}`)),
      // Undefined: the wildcard's.
      SNICallback: (host, done) => done(null, contexts.get(host)),
    },
    (_request, response) => {
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
      response.end(page);
    },
  );
  return { server, caPem: authority.rootPem };
}
