import type { Family } from "../src/domain/family.ts";
import { type Behaviour, type FamilyBehaviour, behaviourOf } from "./behaviour.ts";
import { ZONE } from "./dns-zone.ts";
import type { Site } from "./site.ts";
import type { AnchorMode } from "./types.ts";
import type { World } from "./world.ts";

/** The hosts by which a vantage point proves its address families. */
export interface AnchorSet {
  /** `host:port`. */
  readonly names: readonly string[];
  /** `address:port`, IPv6 in brackets, of both families. */
  readonly literals: readonly string[];
  readonly set: (family: Family, mode: AnchorMode) => Promise<void>;
}

/** The vantage self-test wants two of three. */
const ANCHORS = 3;

const MODES: Readonly<Record<AnchorMode, Partial<FamilyBehaviour>>> = {
  answering: {},
  refusing: { tcp: "refuse" },
  dead: { tcp: "dead" },
  captive: { certificate: "wrong-host" },
  intercepted: { certificate: "untrusted-root" },
};

/** Opens the anchors, answering over both families. */
export async function openAnchors(world: World): Promise<AnchorSet> {
  const sites: Site[] = [];
  const literals: string[] = [];
  for (let number = 1; number <= ANCHORS; number += 1) {
    const names = { host: `anchor-${number}.${ZONE}`, title: `Mốc thử ${number} (bịa)` };
    const { site, placement } = await world.openSite(names, "anchor", number, behaviourOf({}));
    sites.push(site);
    literals.push(`${placement.served.ip4}:${site.port}`, `[${placement.served.ip6}]:${site.port}`);
  }
  return {
    names: sites.map((site) => `${site.host}:${site.port}`),
    literals,
    async set(family, mode) {
      const part = { ...behaviourOf({})[family], ...MODES[mode] };
      await Promise.all(sites.map((site) => site.behave(withFamily(site.behaviour, family, part))));
    },
  };
}

function withFamily(behaviour: Behaviour, family: Family, part: FamilyBehaviour): Behaviour {
  return { ...behaviour, [family]: part };
}
