import { HIERARCHIES } from "../../../lab/delegation/hierarchies.ts";
import { type Hierarchy, IP6_ADDRESSES, PORTAL } from "../../../lab/delegation/hierarchy.ts";
import type { Validation } from "../../../lab/delegation/resolve.ts";
import { type PlanZone, zonePlan } from "../../../lab/delegation/zone-plan.ts";

/** A portal below a made-up root, with what its resolver makes of signatures. */
export interface DelegationScene {
  readonly hierarchy: Hierarchy;
  readonly validation?: Validation;
  /** Of the portal's URL; default the root. */
  readonly path?: string;
}

/** Where the portal's page `path` leads: a host that has two addresses over IPv6, with a web server at one. */
export const HOP = {
  path: "/hop",
  host: "hop.hn.test",
  served: "fd53::81",
  closed: "fd53::82",
} as const;

/** An address of global unicast space; nothing leaves the namespace. */
const GLOBAL = "2400:cb00::80";

/** Where mail is taken, on port 25, and where it is not. */
export const MAIL = { open: "fd53::25", closed: "fd53::26" } as const;

/** Every IPv6 address of the scenes. */
export const ADDRESSES: readonly string[] = [
  ...IP6_ADDRESSES,
  PORTAL.ip6,
  HOP.served,
  HOP.closed,
  GLOBAL,
  MAIL.open,
  MAIL.closed,
];

/** The whole hierarchy, its portal's zone with these lines in place of those about the same names and types. */
function wholeWith(lines: string): Hierarchy {
  const { servers, defect } = HIERARCHIES.whole;
  const added = zonePlan("hn.test", lines).records.filter(({ type }) => type !== "SOA");
  const about = new Set(added.map(({ name, type }) => `${name} ${type}`));
  const change = (zone: PlanZone): PlanZone => {
    if (zone.origin !== "hn.test") return zone;
    const kept = zone.records.filter(({ name, type }) => !about.has(`${name} ${type}`));
    return { ...zone, records: [...kept, ...added] };
  };
  return {
    defect,
    unresolvable: [],
    servers: servers.map((server) => ({ ...server, zones: server.zones.map(change) })),
  };
}

const mail = (host: string, address: string) => `hn.test MX 10 ${host}\n${host} AAAA ${address}`;

const PLAYED = Object.fromEntries(
  Object.entries(HIERARCHIES).map(([name, hierarchy]): [string, DelegationScene] => [
    name,
    { hierarchy },
  ]),
);

/** Every hierarchy of the lab, and what else needs several addresses, a privileged port or a root of its own. */
export const DELEGATION_SCENES: Readonly<Record<string, DelegationScene>> = {
  ...PLAYED,
  insecure: { hierarchy: HIERARCHIES.whole, validation: "insecure" },
  bogus: { hierarchy: HIERARCHIES.whole, validation: "bogus" },
  unproven: { hierarchy: HIERARCHIES.whole, validation: "unproven" },
  "other-addresses-over-ip6": {
    hierarchy: {
      ...HIERARCHIES["data-differs"],
      servers: HIERARCHIES["data-differs"].servers.map((server) => {
        const [older] = HIERARCHIES["data-differs"].servers.flatMap(({ zones6 = [] }) => zones6);
        const own = server.zones.some(({ origin }) => origin === "hn.test");
        return own && older ? { ...server, zones6: [older] } : server;
      }),
    },
  },
  "global-address": { hierarchy: wholeWith(`${PORTAL.host} AAAA ${GLOBAL}`) },
  "mail-everywhere": { hierarchy: wholeWith(mail("mail.hn.test", MAIL.open)) },
  "mail-somewhere": {
    hierarchy: wholeWith(
      `${mail("mail.hn.test", MAIL.open)}\n${mail("mail2.hn.test", MAIL.closed)}`,
    ),
  },
  "hop-at-one-of-two": {
    path: HOP.path,
    hierarchy: wholeWith(`${HOP.host} A ${PORTAL.ip4}
      ${HOP.host} AAAA ${HOP.served}
      ${HOP.host} AAAA ${HOP.closed}`),
  },
};
