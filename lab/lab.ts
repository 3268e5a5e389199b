import { type AnchorSet, openAnchors } from "./anchors.ts";
import { type BehaviourChange, behaviourOf } from "./behaviour.ts";
import { planOf, plansFor } from "./catalogue/all.ts";
import type { PortalPlan } from "./catalogue/plan.ts";
import { startControl } from "./control.ts";
import { openNameServers } from "./name-servers.ts";
import { hostOf, nameViOf, portalOf } from "./portal.ts";
import { type Resolver, openResolver } from "./resolver.ts";
import type { Site } from "./site.ts";
import type { Lab, LabOptions, LabPortal } from "./types.ts";
import { type World, createWorld, sharedPort } from "./world.ts";

/** A portal with the site that plays it. */
interface Played {
  readonly portal: LabPortal;
  readonly site: Site;
}

type PlayedPortals = Map<string, Played>;

/** Starts the lab; when it resolves, everything listens. A start that fails leaves nothing behind. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const played: PlayedPortals = new Map();
  const originOf = (id: string): string | undefined => {
    const portal = played.get(id)?.portal;
    return portal === undefined ? undefined : new URL(portal.url).origin;
  };
  const plans = plansFor(options.only);
  const world = await createWorld(options.ip6Addresses, originOf);
  try {
    return await furnish(world, played, plans, options);
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function furnish(
  world: World,
  played: PlayedPortals,
  plans: readonly PortalPlan[],
  options: LabOptions,
): Promise<Lab> {
  const httpPort = await sharedPort(world);
  await openPortals(world, played, plans, httpPort);
  const anchors = await openAnchors(world);
  await world.openPlainHttp(httpPort);
  const resolver = await openResolver(world, options.dns64 ?? false, world.find);
  world.onClose(resolver.close);
  const authority = await openNameServers(world, world.find);
  world.onClose(authority.close);
  const control = await startControl(options.controlPort ?? 0, () => lab);
  world.onClose(control.close);
  const { rootHints, port: authorityPort } = authority;
  const urls = { httpPort, controlUrl: control.url, rootHints, authorityPort };
  const lab = labOf(world, played, anchors, resolver, urls);
  return lab;
}

async function openPortals(
  world: World,
  played: PlayedPortals,
  plans: readonly PortalPlan[],
  httpPort: number,
): Promise<void> {
  const manyIp6 = world.loopback.ip6Addresses.length > 1;
  const opened = await Promise.all(
    plans.map((plan, number) => {
      const names = { host: hostOf(plan), title: nameViOf(plan) };
      return world.openSite(names, "portal", number, behaviourOf(plan.behaviour));
    }),
  );
  for (const [number, plan] of plans.entries()) {
    const { site } = opened[number]!;
    const port = plan.scheme === "http" ? httpPort : site.port;
    played.set(plan.id, { site, portal: portalOf(plan, number, port, manyIp6) });
  }
}

function labOf(
  world: World,
  played: PlayedPortals,
  anchors: AnchorSet,
  resolver: Resolver,
  urls: Pick<Lab, "httpPort" | "controlUrl" | "rootHints" | "authorityPort">,
): Lab {
  const { ip6, ip6Addresses } = world.loopback;
  const get = (id: string): Played => {
    const found = played.get(id);
    if (found === undefined) throw new Error(`this lab plays no portal "${id}"`);
    return found;
  };
  return {
    ...urls,
    ip6,
    dnsServer: `127.0.0.1:${resolver.port}`,
    dnsServer6: ip6 ? `[::1]:${resolver.port}` : null,
    caPem: world.store.rootPem,
    allowedNetworks: ["127.0.0.0/8", ...ip6Addresses.map((address) => `${address}/128`)].join(","),
    anchors: anchors.names,
    literalAnchors: anchors.literals,
    portals: Array.from(played.values(), ({ portal }) => portal),
    portal: (id) => get(id).portal,
    async setBehaviour(id, behaviour) {
      await get(id).site.behave(behaviourOf(changeOf(behaviour)));
    },
    setResolver: resolver.setMode,
    setDns64: resolver.setDns64,
    setDnssec: resolver.setDnssec,
    setAnchors: anchors.set,
    connections: (id) => ({ ...get(id).site.connections }),
    queries: resolver.queries,
    stop: world.close,
  };
}

function changeOf(behaviour: string | BehaviourChange): BehaviourChange {
  return typeof behaviour === "string" ? planOf(behaviour).behaviour : behaviour;
}
