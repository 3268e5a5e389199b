import type { Hierarchy, PlanServer } from "./hierarchy.ts";
import { PORTAL } from "./hierarchy.ts";
import { type PlanZone, zonePlan } from "./zone-plan.ts";

/** The server at the addresses of this number. */
function at(
  number: number,
  zones: readonly PlanZone[],
  rest: Partial<PlanServer> = {},
): PlanServer {
  return { ip4: `127.53.0.${number}`, ip6: `fd53::${number}`, zones, ...rest };
}

/** Both addresses of a name at this number, as records. */
function both(name: string, number: number): string {
  return `${only4(name, number)}\n${only6(name, number)}`;
}

const only4 = (name: string, number: number) => `${name} A 127.53.0.${number}`;
const only6 = (name: string, number: number) => `${name} AAAA fd53::${number}`;

const ROOT = zonePlan(
  ".",
  `. NS a.root
  ${both("a.root", 1)}
  test NS ns.nic.test
  ${both("ns.nic.test", 2)}
  example NS ns.nic.example
  ${both("ns.nic.example", 5)}`,
);

/** The top-level domain with these lines for what it delegates. */
function tld(lines: string, addresses = both("ns.nic.test", 2)): PlanZone {
  return zonePlan("test", `test NS ns.nic.test\n${addresses}\n${lines}`);
}

/** The portal's zone with these lines for its servers. */
function portalZone(lines: string, ip6: string = PORTAL.ip6): PlanZone {
  const portal = `${PORTAL.host} A ${PORTAL.ip4}\n${PORTAL.host} AAAA ${ip6}`;
  return zonePlan(
    "hn.test",
    `${lines}\n${portal}\nhn.test MX 10 mail.hn.test\nmail.hn.test AAAA fd53::2`,
  );
}

const OWN_NS = `hn.test NS ns1.hn.test
hn.test NS ns2.hn.test`;
const OWN_ADDRESSES = `${both("ns1.hn.test", 3)}\n${both("ns2.hn.test", 4)}`;
const WHOLE = portalZone(`${OWN_NS}\n${OWN_ADDRESSES}`);
const WHOLE_TLD = tld(`${OWN_NS}\n${OWN_ADDRESSES}`);

/** Root, top-level domain, and two servers of the zone, with what is otherwise. */
function hierarchy(
  defect: string,
  {
    top = WHOLE_TLD,
    zone = WHOLE,
    root = ROOT,
    third = {},
    fourth = {},
    more = [],
    unresolvable = [],
  }: Change,
): Hierarchy {
  const servers = [
    at(1, [root]),
    at(2, [top]),
    at(3, [zone], third),
    at(4, [zone], fourth),
    ...more,
  ];
  return { defect, servers, unresolvable };
}

interface Change {
  readonly top?: PlanZone;
  readonly zone?: PlanZone;
  readonly root?: PlanZone;
  readonly third?: Partial<PlanServer>;
  readonly fourth?: Partial<PlanServer>;
  readonly more?: readonly PlanServer[];
  readonly unresolvable?: readonly string[];
}

/** A zone whose servers are named in another top-level domain, by a host whose own zone has these servers. */
function outside(defect: string, hostAddress: string): Hierarchy {
  const ns = `hn.test NS ns1.dns-host.example\nhn.test NS ns2.dns-host.example`;
  const delegation = `dns-host.example NS ns.dns-host.example\n${hostAddress}`;
  const host = zonePlan(
    "dns-host.example",
    `${delegation}\n${both("ns1.dns-host.example", 3)}\n${both("ns2.dns-host.example", 4)}`,
  );
  const example = `example NS ns.nic.example\n${both("ns.nic.example", 5)}\n${delegation}`;
  return hierarchy(defect, {
    top: tld(ns),
    zone: portalZone(ns),
    more: [at(5, [zonePlan("example", example)]), at(6, [host])],
  });
}

const SILENT = { udp: { ip6: "silent" }, tcp: { ip6: "silent" } } as const;
const REFUSING = {
  udp: { ip4: "refuse", ip6: "refuse" },
  tcp: { ip4: "refuse", ip6: "refuse" },
} as const;
const MUTE = {
  udp: { ip4: "silent", ip6: "silent" },
  tcp: { ip4: "silent", ip6: "silent" },
} as const;

/** The hierarchies by name; the first five need nothing but zones, so that a real name server can play them too. */
export const HIERARCHIES = {
  whole: hierarchy("Nothing is wrong.", {}),
  "no-glue": hierarchy("The parent gives A glue alone.", {
    top: tld(`${OWN_NS}\n${only4("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}`),
  }),
  "one-ns-without-aaaa": hierarchy("One of two name servers has no AAAA.", {
    top: tld(`${OWN_NS}\n${both("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}`),
    zone: portalZone(`${OWN_NS}\n${both("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}`),
  }),
  "out-of-zone-ip4": outside(
    "The zone that holds the name servers' names is served over IPv4 alone.",
    only4("ns.dns-host.example", 6),
  ),
  lame: hierarchy(
    "Over IPv6 the name servers' addresses are those of a machine without the zone.",
    {
      top: tld(
        `${OWN_NS}\n${only4("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}\n${only6("ns1.hn.test", 5)}\n${only6("ns2.hn.test", 5)}`,
      ),
      zone: portalZone(
        `${OWN_NS}\n${only4("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}\n${only6("ns1.hn.test", 5)}\n${only6("ns2.hn.test", 5)}`,
      ),
      more: [
        at(5, [zonePlan("example", `example NS ns.nic.example\n${both("ns.nic.example", 5)}`)]),
      ],
    },
  ),
  "out-of-zone": outside(
    "Nothing is wrong: the name servers' names lie elsewhere.",
    both("ns.dns-host.example", 6),
  ),
  "lame-everywhere": hierarchy("No name server has the zone, over either family.", {
    third: { zones: [] },
    fourth: { zones: [] },
    unresolvable: ["hn.test"],
  }),
  "ns-without-aaaa": hierarchy("No name server has an AAAA.", {
    top: tld(`${OWN_NS}\n${only4("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}`),
    zone: portalZone(`${OWN_NS}\n${only4("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}`),
  }),
  "top-without-aaaa": hierarchy("The name server of the top-level domain has no AAAA.", {
    root: zonePlan(
      ".",
      `. NS a.root\n${both("a.root", 1)}\ntest NS ns.nic.test\n${only4("ns.nic.test", 2)}`,
    ),
    top: tld(`${OWN_NS}\n${OWN_ADDRESSES}`, only4("ns.nic.test", 2)),
  }),
  "one-glue-missing": hierarchy("The parent gives AAAA glue for one of two name servers.", {
    top: tld(`${OWN_NS}\n${both("ns1.hn.test", 3)}\n${only4("ns2.hn.test", 4)}`),
  }),
  "glue-differs": hierarchy("The parent's glue is not what the zone says.", {
    top: tld(`${OWN_NS}\n${both("ns1.hn.test", 3)}\n${both("ns2.hn.test", 9)}`),
  }),
  loop: hierarchy("Two zones have each other's names for name servers.", {
    top: tld(`hn.test NS ns.other.test\nother.test NS ns.hn.test`),
    unresolvable: ["hn.test", "other.test"],
  }),
  silent: hierarchy("The name servers are silent over IPv6.", { third: SILENT, fourth: SILENT }),
  "one-silent": hierarchy("One of two name servers is silent over IPv6.", { third: SILENT }),
  mute: hierarchy("The name servers are silent to us over both families.", {
    third: MUTE,
    fourth: MUTE,
  }),
  refusing: hierarchy("The name servers refuse us over both families.", {
    third: REFUSING,
    fourth: REFUSING,
  }),
  "udp-only": hierarchy("The name servers speak no TCP.", {
    third: { tcp: { ip4: "closed", ip6: "closed" } },
    fourth: { tcp: { ip4: "closed", ip6: "closed" } },
  }),
  truncating: hierarchy("The name servers answer over TCP alone.", {
    third: { udp: { ip4: "truncate", ip6: "truncate" } },
    fourth: { udp: { ip4: "truncate", ip6: "truncate" } },
  }),
  "data-differs": hierarchy("One name server has older data over IPv6.", {
    third: { zones6: [portalZone(`${OWN_NS}\n${OWN_ADDRESSES}`, "fd53::81")] },
  }),
} as const satisfies Readonly<Record<string, Hierarchy>>;

export type HierarchyName = keyof typeof HIERARCHIES;
