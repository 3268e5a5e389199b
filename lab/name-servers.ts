import { createDnsServer } from "./dns-server.ts";
import { type DnsSubject, type FixedHost, NAME_SERVERS } from "./dns-zone.ts";
import { type Loopback, freeResolverPort } from "./placement.ts";
import type { PortBlock } from "./ports.ts";

/** The name servers of the lab's zone and of the zones above it, for the walk from the root. */
export interface NameServers {
  readonly port: number;
  /** Text of a root-hints file. */
  readonly rootHints: string;
  readonly close: () => Promise<void>;
}

/** Two name servers; where loopback has one IPv6 address they share it. */
export function nameServersOf({ wide, ip6, ip6Addresses }: Loopback): FixedHost[] {
  return NAME_SERVERS.map((host, number) => ({
    host,
    ip4: [wide ? `127.0.0.${number + 1}` : "127.0.0.1"],
    ip6: ip6 ? [ip6Addresses[number % ip6Addresses.length]!] : [],
  }));
}

/** Opens them on a port of the block, which is the same on all their addresses. */
export async function openNameServers(
  { block, loopback }: { readonly block: PortBlock; readonly loopback: Loopback },
  find: (host: string) => DnsSubject | undefined,
): Promise<NameServers> {
  const nameServers = nameServersOf(loopback);
  const addresses = [...new Set(nameServers.flatMap(({ ip4, ip6 }) => [...ip4, ...ip6]))];
  const port = await freeResolverPort(block, addresses);
  const state = { mode: "ok", dns64: false, nameServers } as const;
  const server = createDnsServer({ addresses, port, role: "authority" }, { ...state }, find);
  await server.open();
  return { port, rootHints: hintsOf(nameServers), close: server.close };
}

function hintsOf(nameServers: readonly FixedHost[]): string {
  const lines = nameServers.flatMap(({ host, ip4, ip6 }) => [
    `.  3600000  NS  ${host}.`,
    ...ip4.map((address) => `${host}.  3600000  A  ${address}`),
    ...ip6.map((address) => `${host}.  3600000  AAAA  ${address}`),
  ]);
  return `; Made-up root servers of the lab\n${lines.join("\n")}\n`;
}
