import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import type { Sight } from "../../../src/domain/audit/sight.ts";
import type { ZoneSight } from "../../../src/domain/audit/zone.ts";
import { createDnsSight, parseRootHints } from "../../../src/probes/dns/index.ts";
import {
  type Behave,
  type RawServer,
  BITS,
  fromTable,
  rawServer,
  record,
  replyTo,
  soa,
} from "./support/raw-server.ts";
import { type SessionChange, session } from "./support/sessions.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ only: ["healthy", "ipv4-only", "cname-chain", "dns-nxdomain"] });
});
afterAll(() => lab.stop());

const open: RawServer[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

function hintsOf(text: string) {
  const parsed = parseRootHints(text);
  if ("wrong" in parsed) throw new Error(parsed.wrong);
  return parsed.hints;
}

/** The zone of a host of the lab, seen from its own root hints. */
async function see(host: string, change: SessionChange = {}, resolver = lab.dnsServer) {
  const dns = createDnsSight({
    servers: [resolver],
    rootHints: hintsOf(lab.rootHints),
    authorityPort: lab.authorityPort,
  });
  const audit = session(change);
  return dns.seeZone(host, await dns.seeName(host, audit), audit);
}

function seen(sight: Sight<ZoneSight>): ZoneSight {
  expect(sight).not.toHaveProperty("unseen");
  return sight as ZoneSight;
}

const SERVES = { outcome: "answered", rcode: "NOERROR", authoritative: true, holdsZone: true };

describe("the zone of a lab portal on plain loopback", () => {
  test("has two name servers that serve it over IPv6, UDP and TCP", async () => {
    const { zone, servers, beyond } = seen(await see("healthy.lab.test"));
    expect([zone, beyond]).toEqual(["lab.test", 0]);
    expect(servers).toMatchObject([
      { name: "ns.lab.test", ip6: [{ udp: SERVES, tcp: SERVES }], ip4: [{ udp: SERVES }] },
      { name: "ns2.lab.test", ip6: [{ udp: SERVES, tcp: SERVES }], ip4: [{ udp: SERVES }] },
    ]);
  });

  test("is reached from the root over IPv6 alone", async () => {
    const { walk } = seen(await see("healthy.lab.test"));
    expect(walk).toMatchObject({
      outcome: "reached",
      addresses: ["::1"],
      cuts: [
        { zone: "test", parent: ".", crossed: true, fault: null, glue: "not_needed" },
        { zone: "lab.test", parent: "test", crossed: true, fault: null, glue: "not_needed" },
      ],
      blockedAt: null,
    });
  });

  test("is reached for aliases and for names without AAAA too", async () => {
    expect(seen(await see("cname-chain.lab.test")).walk).toMatchObject({ outcome: "reached" });
    const bare = seen(await see("ipv4-only.lab.test")).walk;
    expect(bare).toMatchObject({ outcome: "reached", addresses: [] });
  });

  test("has the same data over both families", async () => {
    const { parity } = seen(await see("healthy.lab.test"));
    expect(parity).toMatchObject({ servers: [{ equal: true }, { equal: true }] });
  });

  test.each([
    ["secure", "secure", "NOERROR", null, []],
    ["insecure", "insecure", "NOERROR", null, []],
    ["bogus", "bogus", "SERVFAIL", "NOERROR", [6]],
    ["unproven", "unproven", null, null, []],
  ] as const)(
    "with signatures that are %s is %s",
    async (mode, outcome, checking, disabled, extendedErrors) => {
      lab.setDnssec(mode);
      const { dnssec } = seen(await see("healthy.lab.test"));
      lab.setDnssec("secure");
      const rcodes = { checking, disabled };
      expect(dnssec).toEqual({ outcome, rcodes, extendedErrors, resolver: lab.dnsServer });
    },
  );
});

describe("what can't be seen of a zone", () => {
  test.each([
    ["127.0.0.1", {}, "not_reached"],
    ["::1", {}, "not_reached"],
    ["dns-nxdomain.lab.test", {}, "not_reached"],
    ["healthy.lab.test", { gate: { resolverUsable: false } }, "resolver_unusable"],
    ["healthy.lab.test", { signal: AbortSignal.abort() }, "deadline"],
  ] as const)("%s %j: %s", async (host, change, reason) => {
    expect(await see(host, change)).toEqual({ unseen: reason });
  });

  test("without IPv6 here nothing is sent over it, and what needs it is unseen", async () => {
    const gate = { families: { ip4: true, ip6: false } };
    const { servers, walk, parity, dnssec } = seen(await see("healthy.lab.test", { gate }));
    const closed = { unseen: "vantage_no_ipv6" };
    expect([walk, parity]).toEqual([closed, closed]);
    expect(servers[0]).toMatchObject({
      ip6: [{ udp: closed, tcp: closed }],
      ip4: [{ udp: SERVES }],
    });
    expect(dnssec).toMatchObject({ outcome: "secure" });
  });

  test("without IPv4 here the rest is seen", async () => {
    const gate = { families: { ip4: false, ip6: true } };
    const { servers, walk, parity } = seen(await see("healthy.lab.test", { gate }));
    const closed = { unseen: "vantage_no_ipv4" };
    expect(parity).toEqual(closed);
    expect(servers[0]).toMatchObject({ ip6: [{ udp: SERVES }], ip4: [{ udp: closed }] });
    expect(walk).toMatchObject({ outcome: "reached" });
  });

  test("addresses that the rule refuses are not asked, the root's neither", async () => {
    const { servers, walk, parity } = seen(
      await see("healthy.lab.test", { allowed: "127.0.0.0/8" }),
    );
    const refused = { unseen: "refused_here" };
    expect(servers[0]).toMatchObject({ ip6: [{ udp: refused, tcp: refused }] });
    expect(walk).toMatchObject({ outcome: "unsure", addresses: [], blockedAt: { zone: "." } });
    expect(parity).toEqual({ unseen: "not_reached" });
  });

  test("root hints without IPv6 can't be walked from", async () => {
    const dns = createDnsSight({
      servers: [lab.dnsServer],
      rootHints: [{ name: "a.root", ip4: ["127.0.0.1"], ip6: [] }],
      authorityPort: lab.authorityPort,
    });
    const audit = session();
    const name = await dns.seeName("healthy.lab.test", audit);
    const { walk } = seen(await dns.seeZone("healthy.lab.test", name, audit));
    expect(walk).toEqual({ unseen: "not_offered" });
  });

  test("a resolver that answers for names but fails for the zone leaves the zone to the walk", async () => {
    const resolver = await rawServer((asked, send) => send(replyTo(asked, { rcode: 2 })));
    open.push(resolver);
    const zone = seen(await see("healthy.lab.test", {}, resolver.text));
    expect(zone).toMatchObject({
      zone: "lab.test",
      servers: [{ name: "ns.lab.test", ip6: null, ip4: null }, { name: "ns2.lab.test" }],
      walk: { outcome: "reached" },
      dnssec: { outcome: "resolver_failed" },
    });
  });

  test("with a resolver that fails and no IPv6 here nothing is known of the zone", async () => {
    const resolver = await rawServer((asked, send) => send(replyTo(asked, { rcode: 2 })));
    open.push(resolver);
    const gate = { families: { ip4: true, ip6: false } };
    expect(await see("healthy.lab.test", { gate }, resolver.text)).toEqual({
      unseen: "resolver_failed",
    });
  });
});

describe("signatures as a resolver tells them", () => {
  /** A resolver that validates the root and does this with the zone. */
  async function dnssecWith(zone: Behave): Promise<unknown> {
    const resolver = await rawServer((asked, send) => {
      if (asked.name === ".") send(replyTo(asked, { answers: [soa(".")], bits: BITS.ad }));
      else if (asked.type === "SOA" && asked.packet.flag_ad) zone(asked, send);
      else zoneTable(asked, send);
    });
    open.push(resolver);
    return seen(await see("healthy.lab.test", {}, resolver.text)).dnssec;
  }
  const zoneTable = fromTable("lab.test", {
    "healthy.lab.test AAAA": [record("healthy.lab.test", "AAAA", "::1")],
    "lab.test SOA": [soa("lab.test")],
    "lab.test NS": [record("lab.test", "NS", "ns.lab.test")],
    "ns.lab.test AAAA": [record("ns.lab.test", "AAAA", "::1")],
  });
  const unless =
    (cd: Behave, rest: Behave): Behave =>
    (asked, send) =>
      (asked.packet.flag_cd ? cd : rest)(asked, send);
  const failing =
    (code?: number): Behave =>
    (asked, send) => {
      const data = Buffer.from([0, code ?? 0]);
      const options = code === undefined ? [] : [{ code: 15, data }];
      const opt = { type: "OPT", name: ".", udpPayloadSize: 1232, options };
      send(replyTo(asked, { rcode: 2, additionals: [opt as never] }));
    };

  test.each([
    ["fails with and without checking", failing(), failing(), "resolver_failed"],
    [
      "fails for want of servers, says the extended error",
      zoneTable,
      failing(22),
      "resolver_failed",
    ],
    ["fails while checking, without reason", zoneTable, failing(), "bogus"],
    ["fails while checking, because a signature expired", zoneTable, failing(7), "bogus"],
  ] as const)("a zone that %s", async (_, disabled, checking, outcome) => {
    expect(await dnssecWith(unless(disabled, checking))).toMatchObject({ outcome });
  });

  test("a failure that passes is none", async () => {
    let failures = 2;
    const dnssec = await dnssecWith((asked, send) => {
      if (failures > 0) failing()(asked, send);
      else send(replyTo(asked, { answers: [soa("lab.test")], bits: BITS.ad }));
      failures -= 1;
    });
    expect(dnssec).toMatchObject({ outcome: "secure" });
  });
});
