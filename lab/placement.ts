import type { Family } from "../src/domain/family.ts";
import { type PortBlock, canBindUdp, canListen } from "./ports.ts";
import type { Placement } from "./site.ts";

/** What loopback offers on this machine. */
export interface Loopback {
  /** All of 127.0.0.0/8, as on Linux; elsewhere often 127.0.0.1 alone. */
  readonly wide: boolean;
  readonly ip6: boolean;
  readonly ip6Addresses: readonly string[];
}

/** Looks at what can be bound; throws if an address that was asked for can't. */
export async function surveyLoopback(ip6Addresses?: readonly string[]): Promise<Loopback> {
  const [wide, ip6] = await Promise.all([canListen("127.1.0.10"), canListen("::1")]);
  for (const address of ip6Addresses ?? []) {
    if (!(await canListen(address))) throw new Error(`this machine does not have ${address}`);
  }
  const wanted = ip6Addresses ?? [];
  return {
    wide,
    ip6: ip6 || wanted.length > 0,
    ip6Addresses: wanted.length > 0 ? wanted : ["::1"],
  };
}

/** Groups of IPv4 addresses: `127.1.<group>.<10 + number>`. */
const GROUPS = { portal: 0, spare: 1, anchor: 2 } as const;
const FIRST_HOST = 10;
const LAST_HOST = 254;

function ip4(loopback: Loopback, group: keyof typeof GROUPS, number: number): string {
  if (!loopback.wide) return "127.0.0.1";
  const hosts = LAST_HOST + 1 - FIRST_HOST;
  return `127.1.${GROUPS[group]}.${FIRST_HOST + (number % hosts)}`;
}

/** A place for the site of this number, on a port of the block that is free on all its addresses. */
export async function place(
  loopback: Loopback,
  block: PortBlock,
  group: "portal" | "anchor",
  number: number,
): Promise<Placement> {
  const { ip6Addresses } = loopback;
  const served = {
    ip4: ip4(loopback, group, number),
    ip6: ip6Addresses[number % ip6Addresses.length]!,
  };
  const spare = {
    ip4: loopback.wide ? ip4(loopback, "spare", number) : null,
    ip6: ip6Addresses.length > 1 ? ip6Addresses[(number + 1) % ip6Addresses.length]! : null,
  };
  const families: Family[] = loopback.ip6 ? ["ip4", "ip6"] : ["ip4"];
  const port = await freePort(
    block,
    families.map((family) => served[family]),
  );
  return { port, served, spare, families };
}

/** The next port of the block that nothing uses on any of these addresses. */
export async function freePort(block: PortBlock, addresses: readonly string[]): Promise<number> {
  for (;;) {
    const port = block.next();
    const free = await Promise.all(addresses.map((address) => canListen(address, port)));
    if (free.every(Boolean)) return port;
  }
}

/** The next port of the block that is free for UDP and TCP on these addresses: a resolver needs both. */
export async function freeResolverPort(
  block: PortBlock,
  addresses: readonly string[],
): Promise<number> {
  for (;;) {
    const port = await freePort(block, addresses);
    const free = await Promise.all(addresses.map((address) => canBindUdp(address, port)));
    if (free.every(Boolean)) return port;
  }
}
