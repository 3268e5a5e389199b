import { type Server as HttpsServer, createServer } from "node:https";
import type { Family } from "../src/domain/family.ts";
import { createAuthority, newKeyPair, privateKeyPem, validity } from "./authority.ts";
import { behaviourOf } from "./behaviour.ts";
import { type DnsSubject, ZONE } from "./dns-zone.ts";
import { Endpoint } from "./endpoint.ts";
import { type Loopback, freePort, surveyLoopback } from "./placement.ts";
import { type PortBlock, claimPortBlock } from "./ports.ts";
import { openResolver } from "./resolver.ts";

export interface ScaleOptions {
  /** How many portals. Default 1000. */
  readonly portals?: number | undefined;
  /** Over how many IPv4 addresses (at most 250). Default 50. */
  readonly addresses?: number | undefined;
  /** IPv6 addresses to spread over. Default `::1` alone. */
  readonly ip6Addresses?: readonly string[] | undefined;
  /** Size of each page, octets. Default 4096. */
  readonly bodyBytes?: number | undefined;
}

/** A portal of the scale lab; all are healthy. */
export interface ScalePortal {
  readonly id: string;
  readonly url: string;
  readonly host: string;
}

/** Many healthy portals behind one TLS server, for load and measurement. */
export interface ScaleLab {
  readonly dnsServer: string;
  readonly caPem: string;
  readonly allowedNetworks: string;
  readonly anchors: readonly string[];
  readonly portals: readonly ScalePortal[];
  /** One more, on an IPv4 address of its own: to measure what load elsewhere does to it. */
  readonly control: ScalePortal;
  /** TCP connections accepted and requests answered since the start. */
  readonly counts: () => { readonly connections: number; readonly requests: number };
  readonly stop: () => Promise<void>;
}

/** The largest number of hosts in one group of addresses (the last octet, without 0 and the top). */
const MAX_ADDRESSES = 250;

/** Leaves and roots need to outlive a benchmark only. */
const VALID_DAYS = validity(-1, 30);

/** Starts it; everything listens when this resolves. Needs all of 127.0.0.0/8, as Linux has it. */
export async function startScaleLab(options: ScaleOptions = {}): Promise<ScaleLab> {
  const loopback = await surveyLoopback(options.ip6Addresses);
  const block = await claimPortBlock();
  const closers = [() => block.release()];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await furnish(options, { loopback, block }, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Ground {
  readonly loopback: Loopback;
  readonly block: PortBlock;
}

async function furnish(
  options: ScaleOptions,
  ground: Ground,
  closers: (() => Promise<void>)[],
): Promise<Omit<ScaleLab, "stop">> {
  const { portals = 1000, addresses = 50, bodyBytes = 4096 } = options;
  if (addresses > MAX_ADDRESSES) throw new Error(`at most ${MAX_ADDRESSES} IPv4 addresses`);
  const { server, caPem } = await createPageServer(bodyBytes);
  const counts = { connections: 0, requests: 0 };
  server.on("request", () => (counts.requests += 1));

  // One IPv4 address more than asked for: the control portal's own.
  const ip4 = Array.from({ length: addresses + 1 }, (_, i) => `127.2.0.${i + 1}`);
  const ip6 = ground.loopback.ip6 ? ground.loopback.ip6Addresses : [];
  const port = await freePort(ground.block, ip4.slice(0, 1).concat(ip6));
  for (const address of [...ip4, ...ip6]) {
    const endpoint = new Endpoint(address, port, (socket) => {
      counts.connections += 1;
      server.emit("connection", socket);
    });
    closers.push(() => endpoint.close());
    await endpoint.apply("accept");
  }

  const roster = createRoster(port, ip4, ground.loopback.ip6Addresses);
  const resolver = await openResolver(ground, false, roster.find);
  closers.push(resolver.close);
  return {
    dnsServer: `127.0.0.1:${resolver.port}`,
    caPem,
    allowedNetworks: ["127.0.0.0/8", ...ip6.map((address) => `${address}/128`)].join(","),
    anchors: [1, 2, 3].map((i) => `${roster.add(`anchor-${i}`, i).host}:${port}`),
    portals: Array.from({ length: portals }, (_, i) =>
      roster.add(`p${String(i + 1).padStart(5, "0")}`, i % addresses),
    ),
    control: roster.add("control", addresses),
    counts: () => ({ ...counts }),
  };
}

/** The hosts of the lab with their addresses, all healthy for ever. */
function createRoster(port: number, ip4: readonly string[], ip6: readonly string[]) {
  const hosts = new Map<string, DnsSubject>();
  const behaviour = behaviourOf({});
  return {
    find: (host: string): DnsSubject | undefined => hosts.get(host),
    /** A new portal on the addresses of this number. */
    add(id: string, number: number): ScalePortal {
      const host = `${id}.${SCALE_ZONE}`;
      const at: Record<Family, readonly string[]> = {
        ip4: [ip4[number % ip4.length]!],
        ip6: [ip6[number % ip6.length]!],
      };
      hosts.set(host, { host, behaviour, published: (family) => at[family] });
      return { id, host, url: `https://${host}:${port}/` };
    },
  };
}

const SCALE_ZONE = `scale.${ZONE}`;

/** One HTTPS server for all hosts, under a wildcard certificate; sockets are handed to it. */
async function createPageServer(bytes: number): Promise<{ server: HttpsServer; caPem: string }> {
  const [authority, keys] = await Promise.all([createAuthority("Scale lab"), newKeyPair()]);
  const leaf = await authority.issue({
    keys,
    dnsNames: [`*.${SCALE_ZONE}`],
    ipAddresses: [],
    ...VALID_DAYS,
  });
  const page = Buffer.alloc(bytes, "Cổng thử (bịa). ");
  const server = createServer(
    { key: await privateKeyPem(keys), cert: leaf + authority.intermediatePem },
    (_request, response) => {
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
      response.end(page);
    },
  );
  return { server, caPem: authority.rootPem };
}
