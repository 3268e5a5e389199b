import { type DnsServer, createDnsServer } from "./dns-server.ts";
import { nameServersOf } from "./name-servers.ts";
import type { DnsSubject, ResolverState } from "./dns-zone.ts";
import { type Loopback, freeResolverPort } from "./placement.ts";
import type { PortBlock } from "./ports.ts";
import type { DnssecMode, ResolverMode } from "./types.ts";

/** The lab's resolver with its switches. */
export interface Resolver {
  readonly port: number;
  readonly queries: DnsServer["queries"];
  readonly setMode: (mode: ResolverMode) => Promise<void>;
  readonly setDns64: (on: boolean) => void;
  readonly setDnssec: (mode: DnssecMode) => void;
  readonly close: () => Promise<void>;
}

/** Opens the resolver on a port of the block, on 127.0.0.1 and, where there is one, on ::1. */
export async function openResolver(
  { block, loopback }: { readonly block: PortBlock; readonly loopback: Loopback },
  dns64: boolean,
  find: (host: string) => DnsSubject | undefined,
): Promise<Resolver> {
  const addresses = loopback.ip6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
  const port = await freeResolverPort(block, addresses);
  const nameServers = nameServersOf(loopback);
  const state: ResolverState = { mode: "ok", dns64, dnssec: "secure", nameServers };
  const server = createDnsServer({ addresses, port, role: "resolver" }, state, find);
  await server.open();
  return {
    port,
    queries: server.queries,
    async setMode(mode) {
      const before = server.state.mode;
      server.state.mode = mode;
      if (mode === "down" && before !== "down") await server.close();
      if (mode !== "down" && before === "down") await server.open();
    },
    setDns64(on) {
      server.state.dns64 = on;
    },
    setDnssec(mode) {
      server.state.dnssec = mode;
    },
    close: server.close,
  };
}
