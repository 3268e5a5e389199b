import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HierarchyName } from "../../../lab/delegation/hierarchies.ts";
import { IP6_ADDRESSES } from "../../../lab/delegation/hierarchy.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import type { WalkSight, ZoneSight } from "../../../src/domain/audit/zone.ts";
import { inNamespace, whyNoNamespace } from "../../support/network-namespace.ts";

const why = await whyNoNamespace();

/** What the play saw of each hierarchy. */
let seen: Record<HierarchyName, { ip6: string; zone: ZoneSight }>;

beforeAll(async () => {
  if (why !== null) return;
  const play = fileURLToPath(new URL("hierarchies.play.ts", import.meta.url));
  const { code, stdout, stderr } = await inNamespace(IP6_ADDRESSES, [process.execPath, play]);
  if (code !== 0 || stderr !== "") throw new Error(`the play ended with ${code}: ${stderr}`);
  seen = JSON.parse(stdout);
}, 120_000);

beforeEach((context) => {
  if (why !== null) context.skip(`no network namespace here: ${why}`);
});

function zoneOf(name: HierarchyName): ZoneSight {
  const { zone } = seen[name];
  expect(zone).not.toHaveProperty("unseen");
  return zone;
}

function walkOf(name: HierarchyName): WalkSight {
  const { walk } = zoneOf(name);
  if (isUnseen(walk)) throw new Error(`${name}: the walk was not seen: ${walk.unseen}`);
  return walk;
}

/** Each cut in one line: zone, whether it was crossed, what is wrong, how its glue is. */
function cutsOf(name: HierarchyName): string[] {
  return walkOf(name).cuts.map(
    ({ zone, crossed, fault, glue }) => `${zone} ${crossed ? "crossed" : fault} ${glue}`,
  );
}

const BLOCKED = { outcome: "blocked", addresses: [] };
const REACHED = { outcome: "reached", addresses: ["fd53::80"], blockedAt: null };
const TOP = "test crossed consistent";

describe("the walk from the root over IPv6 alone", () => {
  test("comes through a hierarchy that is whole, and its glue is the zone's own", () => {
    expect(walkOf("whole")).toMatchObject(REACHED);
    expect(cutsOf("whole")).toEqual([TOP, "hn.test crossed consistent"]);
  });

  test.each([
    ["no-glue", "hn.test", "glue_missing"],
    ["out-of-zone-ip4", "hn.test", "out_of_zone_ns_unresolvable"],
    ["lame", "hn.test", "lame"],
    ["lame-everywhere", "hn.test", "lame"],
    ["ns-without-aaaa", "hn.test", "ns_without_aaaa"],
    ["top-without-aaaa", "test", "ns_without_aaaa"],
    ["loop", "hn.test", "loop"],
    ["silent", "hn.test", "no_answer"],
  ] as const)("%s: is blocked at the cut of %s by %s", (name, zone, fault) => {
    expect(walkOf(name)).toMatchObject({ ...BLOCKED, blockedAt: { zone, fault } });
    expect(walkOf(name).cuts.at(-1)).toMatchObject({ zone, fault, crossed: false });
  });

  test.each(["mute", "refusing"] as const)(
    "%s: is unsure where servers that others reach don't answer us over either family",
    (name) => {
      const blockedAt = { zone: "hn.test", fault: "rate_limited" };
      expect(walkOf(name)).toMatchObject({ outcome: "unsure", addresses: [], blockedAt });
    },
  );

  test("one name server of two without AAAA does not block it, and is told", () => {
    expect(walkOf("one-ns-without-aaaa")).toMatchObject(REACHED);
    const servers = walkOf("one-ns-without-aaaa").cuts[1]!.servers;
    expect(servers.map(({ name, addresses6 }) => [name, addresses6])).toEqual([
      ["ns1.hn.test", ["fd53::3"]],
      ["ns2.hn.test", []],
    ]);
  });

  test("a silent name server does not block it, and is told", () => {
    expect(walkOf("one-silent")).toMatchObject(REACHED);
    const outcomes = walkOf("one-silent").cuts[1]!.servers.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["timeout", "answered"]);
  });

  test("name servers named elsewhere are walked to, and need no glue", () => {
    expect(walkOf("out-of-zone")).toMatchObject(REACHED);
    expect(cutsOf("out-of-zone")).toEqual([TOP, "hn.test crossed not_needed"]);
  });

  test("glue that is missing or differs is told though the cut is crossed", () => {
    expect(cutsOf("one-glue-missing")).toEqual([TOP, "hn.test crossed missing"]);
    expect(cutsOf("glue-differs")).toEqual([TOP, "hn.test crossed differs"]);
    expect(walkOf("glue-differs")).toMatchObject(REACHED);
  });

  test("servers that cut their answers over UDP are asked over TCP", () => {
    expect(walkOf("truncating")).toMatchObject(REACHED);
  });

  test("takes few questions", () => {
    for (const name of Object.keys(seen) as HierarchyName[]) {
      expect(walkOf(name).questions).toBeLessThan(20);
    }
  });
});

/** UDP and TCP of each server's first IPv6 address. */
function servicesOf(name: HierarchyName) {
  return zoneOf(name).servers.map(({ ip6 }) => ip6?.map(({ udp, tcp }) => [udp, tcp]) ?? null);
}

const SERVES = { outcome: "answered", rcode: "NOERROR", authoritative: true, holdsZone: true };

describe("name servers over IPv6", () => {
  test("those that serve the zone do so over UDP and TCP, with authority", () => {
    expect(servicesOf("whole")).toMatchObject([[[SERVES, SERVES]], [[SERVES, SERVES]]]);
  });

  test("one without AAAA has no address to ask", () => {
    expect(servicesOf("one-ns-without-aaaa")).toMatchObject([[[SERVES, SERVES]], []]);
  });

  test("closed TCP is told from UDP that answers", () => {
    const closed = { outcome: "refused_connection", rcode: null, failedTries: 3 };
    expect(servicesOf("udp-only")[0]).toMatchObject([[SERVES, closed]]);
  });

  test("a lame one answers without the zone over IPv6 and with it over IPv4", () => {
    const lame = { outcome: "answered", rcode: "REFUSED", authoritative: false, holdsZone: false };
    expect(servicesOf("lame")[0]).toMatchObject([[lame, lame]]);
    expect(zoneOf("lame").servers[0]!.ip4).toMatchObject([{ udp: SERVES }]);
  });

  test("a silent one was tried three times", () => {
    const silent = { outcome: "timeout", rcode: null, failedTries: 3 };
    expect(servicesOf("silent")[0]).toMatchObject([[silent, silent]]);
    expect(servicesOf("one-silent")).toMatchObject([[[silent, silent]], [[SERVES, SERVES]]]);
  });

  test("answers cut to nothing over UDP still show who is the authority", () => {
    expect(servicesOf("truncating")[0]).toMatchObject([[SERVES, SERVES]]);
  });

  test("where the resolver reaches no server, its names come from the parent and its addresses are unknown", () => {
    expect(zoneOf("lame-everywhere")).toMatchObject({
      zone: "hn.test",
      servers: [
        { name: "ns1.hn.test", ip6: null, ip4: null },
        { name: "ns2.hn.test", ip6: null, ip4: null },
      ],
      dnssec: { outcome: "resolver_failed" },
      parity: { unseen: "not_reached" },
    });
    expect(seen["lame-everywhere"].ip6).toBe("servfail");
  });
});

describe("the data of both families", () => {
  test("are equal where the same server says the same", () => {
    const equal = { equal: true, ip4Records: [], ip6Records: [] };
    expect(zoneOf("whole").parity).toMatchObject({ servers: [equal, equal] });
  });

  test("are shown where they differ", () => {
    expect(zoneOf("data-differs").parity).toMatchObject({
      servers: [
        {
          name: "ns1.hn.test",
          equal: false,
          ip4Records: ["A 127.53.0.80", "AAAA fd53::80"],
          ip6Records: ["A 127.53.0.80", "AAAA fd53::81"],
        },
        { name: "ns2.hn.test", equal: true },
      ],
    });
  });

  test("can't be compared where no server has the zone over both", () => {
    expect(zoneOf("ns-without-aaaa").parity).toEqual({ servers: [] });
    expect(zoneOf("lame").parity).toEqual({ servers: [] });
  });
});
