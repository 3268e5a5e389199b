import { behaviourOf } from "./behaviour.ts";
import { type DnsSubject, ZONE } from "./dns-zone.ts";
import { Endpoint } from "./endpoint.ts";
import { type Loopback, freePort, surveyLoopback } from "./placement.ts";
import { type PortBlock, claimPortBlock } from "./ports.ts";
import { openResolver } from "./resolver.ts";
import { startScaleControl } from "./scale-control.ts";
import { ScaleFaults } from "./scale-faults.ts";
import { openScalePages } from "./scale-pages.ts";
import type { ScaleLab, ScaleOptions, ScalePortal } from "./scale-types.ts";
import { type ScalePlaces, separatePlaces, sharedPlaces } from "./scale-places.ts";

export type { ScaleLab, ScaleOptions, ScalePortal } from "./scale-types.ts";

/** The vantage self-test wants two of three. */
const ANCHORS = 3;

const SCALE_ZONE = `scale.${ZONE}`;

/** Starts it; everything listens when this resolves. Needs all of 127.0.0.0/8, as Linux has it. */
export async function startScaleLab(options: ScaleOptions = {}): Promise<ScaleLab> {
  const loopback = await surveyLoopback(options.ip6Addresses);
  const block = await claimPortBlock();
  const closers = [() => block.release()];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const lab = { ...(await furnish(options, { loopback, block }, closers)), stop };
    const control = await startScaleControl(() => withControl);
    closers.push(control.close);
    const withControl = { ...lab, controlUrl: control.url };
    return withControl;
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
): Promise<Omit<ScaleLab, "stop" | "controlUrl">> {
  const { portals: count = 1000, addresses = 50, bodyBytes = 4096, apart = false } = options;
  const ip6 = ground.loopback.ip6 ? ground.loopback.ip6Addresses : [];
  const places = apart ? separatePlaces(count + ANCHORS + 1, ip6) : sharedPlaces(addresses, ip6);
  const ids = Array.from({ length: count }, (_, i) => `p${String(i + 1).padStart(5, "0")}`);
  const pages = await openScalePages(bodyBytes, SCALE_ZONE, apart ? ids.map(hostOf) : []);
  const faults = new ScaleFaults();
  const counts = { connections: 0, requests: 0 };
  pages.server.on("request", () => (counts.requests += 1));
  const { endpoints, port } = await openEndpoints(ground, places, closers, (address, socket) => {
    counts.connections += 1;
    if (faults.admits(address, socket)) pages.server.emit("connection", socket);
  });

  const roster = createRoster(port, places);
  const resolver = await openResolver(ground, false, roster.find);
  closers.push(resolver.close);
  // Apart from each other, anchors and control come after the portals.
  const numberOf = (anchor: number) => (apart ? count + anchor - 1 : anchor);
  return {
    dnsServer: `127.0.0.1:${resolver.port}`,
    caPem: pages.caPem,
    allowedNetworks: ["127.0.0.0/8", ...places.ip6.map((address) => `${address}/128`)].join(","),
    anchors: [1, 2, 3].map((i) => `${roster.add(`anchor-${i}`, numberOf(i)).host}:${port}`),
    portals: ids.map((id, i) => roster.add(id, apart ? i : i % addresses)),
    control: roster.add("control", apart ? count + ANCHORS : addresses),
    counts: () => ({ ...counts, dropped: faults.dropped }),
    async setBroken(id, broken) {
      const found = roster.find(hostOf(id));
      const own = [...(found?.published("ip4") ?? []), ...(found?.published("ip6") ?? [])];
      const mode = broken ? "refuse" : "accept";
      for (const address of own) await endpoints.get(address)?.apply(mode);
    },
    setDrops: (drops) => faults.setDrops(drops),
    async setCut(cut) {
      faults.setCut(cut);
      await resolver.setMode(cut ? "timeout" : "ok");
    },
  };
}

type Taken = ConstructorParameters<typeof Endpoint>[2];

/** Every address on one port; sockets go to `take` with the address that they came to. */
async function openEndpoints(
  ground: Ground,
  { ip4, ip6 }: ScalePlaces,
  closers: (() => Promise<void>)[],
  take: (address: string, ...rest: Parameters<Taken>) => void,
) {
  const port = await freePort(ground.block, ip4.slice(0, 1).concat(ip6.slice(0, 1)));
  const endpoints = new Map<string, Endpoint>();
  for (const address of [...ip4, ...ip6]) {
    const endpoint = new Endpoint(address, port, (socket) => take(address, socket));
    closers.push(() => endpoint.close());
    await endpoint.apply("accept");
    endpoints.set(address, endpoint);
  }
  return { endpoints, port };
}

function hostOf(id: string): string {
  return `${id}.${SCALE_ZONE}`;
}

/** The hosts of the lab with their addresses; their names resolve for ever. */
function createRoster(port: number, places: ScalePlaces) {
  const hosts = new Map<string, DnsSubject>();
  const behaviour = behaviourOf({});
  return {
    find: (host: string): DnsSubject | undefined => hosts.get(host),
    /** A new portal on the addresses of this number. */
    add(id: string, number: number): ScalePortal {
      const host = hostOf(id);
      const at = places.of(number);
      hosts.set(host, { host, behaviour, published: (family) => at[family] });
      return { id, host, url: `https://${host}:${port}/` };
    },
  };
}
