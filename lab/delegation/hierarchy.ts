import type { Family } from "../../src/domain/family.ts";
import type { PlanZone } from "./zone-plan.ts";

/** How a server treats its askers: `closed` listens not at all, `truncate` cuts every UDP answer to nothing. */
export type ServerMode = "answer" | "silent" | "refuse" | "closed" | "truncate";

/** One name server of a hierarchy, at one address of each family. */
export interface PlanServer {
  readonly ip4: string;
  readonly ip6: string;
  readonly zones: readonly PlanZone[];
  /** What it says over IPv6, where that differs. */
  readonly zones6?: readonly PlanZone[];
  /** Default `answer`. */
  readonly udp?: Partial<Readonly<Record<Family, ServerMode>>>;
  readonly tcp?: Partial<Readonly<Record<Family, ServerMode>>>;
}

/** A root, a top-level domain and a zone with a portal in it, and what is wrong with them. */
export interface Hierarchy {
  /** One sentence. */
  readonly defect: string;
  readonly servers: readonly PlanServer[];
  /** Zones that no resolver reaches over any family. */
  readonly unresolvable: readonly string[];
}

/** The portal of every hierarchy, and the addresses that its name has. */
export const PORTAL = { host: "portal.hn.test", ip4: "127.53.0.80", ip6: "fd53::80" } as const;

/** Every IPv6 address that the hierarchies need, for the namespace that plays them. */
export const IP6_ADDRESSES = Array.from({ length: 9 }, (_, i) => `fd53::${i + 1}`);

/** Root hints that lead to the root server of every hierarchy. */
export const ROOT_HINTS = `.  NS  a.root
a.root  A  127.53.0.1
a.root  AAAA  fd53::1
`;
