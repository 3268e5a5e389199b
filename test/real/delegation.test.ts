import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { HierarchyName } from "../../lab/delegation/hierarchies.ts";
import { IP6_ADDRESSES } from "../../lab/delegation/hierarchy.ts";
import type { NameSight } from "../../src/domain/audit/names.ts";
import { isUnseen } from "../../src/domain/audit/sight.ts";
import type { WalkSight, ZoneSight } from "../../src/domain/audit/zone.ts";
import type { Signatures } from "./delegation-sign.ts";
import { inNamespace } from "../support/network-namespace.ts";

/** BIND listens only where an interface has the address, of 127.0.0.0/8 too. */
const WITH_IP4 =
  'for n in 1 2 3 4 5 6 7 8 9; do ip address add "127.53.0.$n/32" dev lo || exit 125; done; exec "$@"';

interface Seen {
  readonly host: NameSight;
  readonly zone: ZoneSight;
  readonly walk: WalkSight;
}

/** What is seen of a hierarchy that BIND plays in a network of its own. */
async function see(name: HierarchyName, signatures: readonly Signatures[] = []): Promise<Seen> {
  const play = fileURLToPath(new URL("delegation.play.ts", import.meta.url));
  const argv = ["sh", "-c", WITH_IP4, "sh", process.execPath, play, name, ...signatures];
  const { code, stdout, stderr } = await inNamespace(IP6_ADDRESSES, argv);
  expect([code, stderr]).toEqual([0, ""]);
  const seen = JSON.parse(stdout) as { host: NameSight; zone: ZoneSight };
  if (isUnseen(seen.zone.walk)) throw new Error(`no walk: ${seen.zone.walk.unseen}`);
  return { ...seen, walk: seen.zone.walk };
}

const REACHED = { outcome: "reached", addresses: ["fd53::80"], blockedAt: null };
const SERVES = { outcome: "answered", rcode: "NOERROR", authoritative: true, holdsZone: true };

function serviceOf({ servers }: ZoneSight): unknown {
  return servers.map(({ ip6 }) => ip6?.map(({ udp, tcp }) => [udp, tcp]));
}

test("a hierarchy of BIND servers that is whole is walked through, and both servers serve the zone", async () => {
  const { zone, walk } = await see("whole");
  expect(walk).toMatchObject(REACHED);
  const cuts = walk.cuts.map(({ zone: name, crossed, glue }) => [name, crossed, glue]);
  expect(cuts).toEqual([
    ["test", true, "consistent"],
    ["hn.test", true, "consistent"],
  ]);
  expect(serviceOf(zone)).toMatchObject([[[SERVES, SERVES]], [[SERVES, SERVES]]]);
  expect(zone.parity).toMatchObject({ servers: [{ equal: true }, { equal: true }] });
});

test.each([
  ["no-glue", "glue_missing"],
  ["out-of-zone-ip4", "out_of_zone_ns_unresolvable"],
  ["lame", "lame"],
] as const)(
  "%s: the cut of the zone is blocked by %s, though BIND resolves the name",
  async (name, fault) => {
    const { host, walk } = await see(name);
    expect(host.answers.ip6).toMatchObject({
      outcome: "addresses",
      addresses: [{ address: "fd53::80" }],
    });
    expect(walk).toMatchObject({ outcome: "blocked", blockedAt: { zone: "hn.test", fault } });
    expect(walk.cuts[0]).toMatchObject({ zone: "test", crossed: true });
  },
);

test("one name server of two without AAAA is told and blocks nothing", async () => {
  const { zone, walk } = await see("one-ns-without-aaaa");
  expect(walk).toMatchObject(REACHED);
  const addresses = walk.cuts[1]!.servers.map(({ name, addresses6 }) => [name, addresses6]);
  expect(addresses).toEqual([
    ["ns1.hn.test", ["fd53::3"]],
    ["ns2.hn.test", []],
  ]);
  expect(serviceOf(zone)).toMatchObject([[[SERVES, SERVES]], []]);
});

test.each([
  ["secure", { checking: "NOERROR", disabled: null }],
  ["insecure", { checking: "NOERROR", disabled: null }],
  ["bogus", { checking: "SERVFAIL", disabled: "NOERROR" }],
] as const)(
  "a validating BIND finds the zone %s, and the walk comes through",
  async (outcome, rcodes) => {
    const { host, zone, walk } = await see("whole", [outcome]);
    expect(zone.dnssec).toMatchObject({ outcome, rcodes });
    expect(host.answers.ip6.outcome).toBe(outcome === "bogus" ? "servfail" : "addresses");
    expect(walk).toMatchObject(REACHED);
  },
);

test("a BIND that does not validate proves nothing", async () => {
  expect((await see("whole")).zone.dnssec).toMatchObject({ outcome: "unproven" });
});
