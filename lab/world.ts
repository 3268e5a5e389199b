import type { Family } from "../src/domain/family.ts";
import type { Behaviour } from "./behaviour.ts";
import { type CertificateStore, createCertificateStore } from "./certificates.ts";
import { Endpoint } from "./endpoint.ts";
import { type Front, createFront } from "./front.ts";
import { type Loopback, freePort, place, surveyLoopback } from "./placement.ts";
import { type PortBlock, claimPortBlock } from "./ports.ts";
import { type Placement, Site } from "./site.ts";

/** What sites live in: addresses, ports, certificates, and what has been opened so far. */
export interface World {
  readonly loopback: Loopback;
  readonly block: PortBlock;
  readonly store: CertificateStore;
  /** Site of this host, or of the nearest host above it. */
  readonly find: (host: string) => Site | undefined;
  /** Opens a site that plays `behaviour`. */
  readonly openSite: (
    names: { readonly host: string; readonly title: string },
    group: "portal" | "anchor",
    number: number,
    behaviour: Behaviour,
  ) => Promise<PlacedSite>;
  /** Opens one plain-HTTP port on every address that sites were placed on so far. */
  readonly openPlainHttp: (port: number) => Promise<void>;
  /** Registers something to close; the last opened closes first. */
  readonly onClose: (close: () => Promise<void>) => void;
  readonly close: () => Promise<void>;
}

export interface PlacedSite {
  readonly site: Site;
  readonly placement: Placement;
}

/** An empty world; `originOf` gives the origin of a portal's URL, for redirects. */
export async function createWorld(
  ip6Addresses: readonly string[] | undefined,
  originOf: (portalId: string) => string | undefined,
): Promise<World> {
  const loopback = await surveyLoopback(ip6Addresses);
  const [block, store] = [await claimPortBlock(), await createCertificateStore()];
  const sites = new Map<string, Site>();
  const placed = new Map<string, { readonly family: Family; readonly sites: Site[] }>();
  const closers = [() => block.release()];
  const front = createFront((host) => sites.get(host), originOf);

  return {
    loopback,
    block,
    store,
    find: (host) => nearest(sites, host),
    async openSite(names, group, number, behaviour) {
      const placement = await place(loopback, block, group, number);
      const site = new Site(names, placement, store, front.serveTls);
      closers.push(() => site.close());
      await site.behave(behaviour);
      sites.set(names.host, site);
      for (const family of placement.families) {
        const address = placement.served[family];
        const there = placed.get(address) ?? { family, sites: [] };
        there.sites.push(site);
        placed.set(address, there);
      }
      return { site, placement };
    },
    async openPlainHttp(port) {
      const open = [...placed].filter(([, { sites }]) => !sites.every(refusesPlainHttp));
      const endpoints = open.map(([address, { family }]) =>
        plainEndpoint(front, address, port, family),
      );
      closers.push(async () => void (await Promise.all(endpoints.map((each) => each.close()))));
      for (const endpoint of endpoints) await endpoint.apply("accept");
    },
    onClose: (close) => void closers.push(close),
    async close() {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

function refusesPlainHttp({ behaviour }: Site): boolean {
  return behaviour.plainHttp === "refuse";
}

function plainEndpoint(front: Front, address: string, port: number, family: Family) {
  return new Endpoint(address, port, (socket) => front.servePlain(socket, family));
}

function nearest(sites: ReadonlyMap<string, Site>, host: string): Site | undefined {
  const labels = host.split(".");
  for (let i = 0; i < labels.length; i += 1) {
    const site = sites.get(labels.slice(i).join("."));
    if (site !== undefined) return site;
  }
  return undefined;
}

/** A port that is free on 127.0.0.1 and on the lab's IPv6 addresses. */
export function sharedPort({ loopback, block }: World): Promise<number> {
  return freePort(block, ["127.0.0.1", ...(loopback.ip6 ? loopback.ip6Addresses : [])]);
}
