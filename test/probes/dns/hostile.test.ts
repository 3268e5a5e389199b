import type { Answer } from "dns-packet";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Sight, isUnseen } from "../../../src/domain/audit/sight.ts";
import type { WalkSight, ZoneSight } from "../../../src/domain/audit/zone.ts";
import { type DnsSight, createDnsSight } from "../../../src/probes/dns/index.ts";
import {
  type Arrived,
  BITS,
  type Behave,
  type RawServer,
  fromTable,
  rawServer,
  record,
  replyTo,
  soa,
} from "./support/raw-server.ts";
import { session } from "./support/sessions.ts";

/** Questions that one walk may send. */
const MAX_QUESTIONS = 200;

const open: RawServer[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

/** The only name server there is, on ::1, and the resolver. */
let authority: RawServer;
let resolver: RawServer;
let behave: Behave;
let resolve: Behave;

beforeEach(async () => {
  behave = () => {};
  resolve = () => {};
  authority = await rawServer((...asked) => behave(...asked), "::1");
  resolver = await rawServer((...asked) => resolve(...asked));
  open.push(authority, resolver);
});

function sight(): DnsSight {
  return createDnsSight({
    servers: [resolver.text],
    rootHints: [{ name: "a.root", ip4: [], ip6: ["::1"] }],
    authorityPort: authority.port,
  });
}

async function see(host: string, dns = sight()): Promise<ZoneSight> {
  const audit = session({ tryGapMs: 1 });
  const zone: Sight<ZoneSight> = await dns.seeZone(host, await dns.seeName(host, audit), audit);
  if (isUnseen(zone)) throw new Error(zone.unseen);
  return zone;
}

async function walkTo(host: string): Promise<WalkSight> {
  const { walk } = await see(host);
  if (isUnseen(walk)) throw new Error(walk.unseen);
  return walk;
}

/** A referral to `zone`, whose servers have these names; sent over TCP where it is too big. */
function refer(
  asked: Arrived,
  send: (bytes: Buffer) => void,
  zone: string,
  names: readonly string[],
  glue = "",
) {
  const authorities = names.map((name) => record(zone, "NS", name));
  const additionals = glue === "" ? [] : names.map((name) => record(name, "AAAA", glue));
  const whole = replyTo(asked, { authorities, additionals });
  const fits = asked.transport === "tcp" || whole.length <= 1232;
  send(fits ? whole : replyTo(asked, { bits: BITS.tc }));
}

/** What the resolver knows of the zone `hn.test`: these servers, and the portal. */
function zoneOf(
  servers: readonly string[],
  addresses: Readonly<Record<string, readonly Answer[]>> = {},
): Behave {
  return fromTable("hn.test", {
    "hn.test SOA": [soa("hn.test")],
    "hn.test NS": servers.map((name) => record("hn.test", "NS", name)),
    "portal.hn.test AAAA": [record("portal.hn.test", "AAAA", "::1")],
    ...addresses,
  });
}

describe("a walk among hostile zones ends within its bounds, unsure", () => {
  test("where each label is a delegation of its own", async () => {
    const host = `${"a.".repeat(100)}hn.test`;
    resolve = zoneOf([], { [`${host} AAAA`]: [record(host, "AAAA", "::1")] });
    let depth = 0;
    behave = (asked, send) => {
      const zone = host
        .split(".")
        .slice(-(depth += 1))
        .join(".");
      refer(asked, send, zone, [`ns.${zone}`], "::1");
    };
    const walk = await walkTo(host);
    expect(walk).toMatchObject({ outcome: "unsure", blockedAt: { fault: "limit" } });
    expect(walk.cuts.length).toBeLessThanOrEqual(31);
    expect(walk.questions).toBeLessThanOrEqual(MAX_QUESTIONS);
  });

  test("where each zone's server is named in a zone whose server is named in another", async () => {
    resolve = zoneOf([]);
    behave = (asked, send) => {
      const [top, next] = asked.name.split(".").slice(-2).toReversed();
      const number = Number(/^x(\d+)$/.exec(next ?? "")?.[1] ?? 0);
      const zone = next === undefined ? asked.name : `${next}.${top}`;
      refer(asked, send, zone, [`ns.x${number + 1}.test`], next === undefined ? "::1" : "");
    };
    const walk = await walkTo("portal.hn.test");
    expect(walk).toMatchObject({
      outcome: "unsure",
      blockedAt: { zone: "hn.test", fault: "limit" },
    });
    expect(walk.questions).toBeLessThanOrEqual(MAX_QUESTIONS);
  });

  test("where a zone has thousands of name servers elsewhere", async () => {
    resolve = zoneOf([]);
    const names = Array.from({ length: 1500 }, (_, i) => `ns.y${i}.example`);
    behave = (asked, send) => {
      const labels = asked.name.split(".");
      if (labels.length === 1) refer(asked, send, asked.name, ["a.nic.test"], "::1");
      else refer(asked, send, labels.slice(-2).join("."), names);
    };
    const walk = await walkTo("portal.hn.test");
    expect(walk.outcome).not.toBe("reached");
    expect(walk.cuts.at(-1)!.servers).toHaveLength(16);
    expect(walk.questions).toBeLessThanOrEqual(MAX_QUESTIONS);
  });

  test("where aliases lead on for ever", async () => {
    resolve = zoneOf([]);
    let number = 0;
    behave = (asked, send) => {
      if (asked.type === "NS")
        return send(replyTo(asked, { bits: BITS.aa, authorities: [soa(".")] }));
      const alias = record(asked.name, "CNAME", `z${(number += 1)}.test`);
      send(replyTo(asked, { bits: BITS.aa, answers: [alias] }));
    };
    const walk = await walkTo("portal.hn.test");
    expect(walk).toMatchObject({ outcome: "unsure", blockedAt: { fault: "limit" } });
  });
});

test("aliases in a circle end without addresses over IPv6 as over IPv4, and no delegation is blamed", async () => {
  resolve = zoneOf([]);
  behave = (asked, send) => {
    if (asked.type === "NS" && asked.name === "test")
      return refer(asked, send, "test", ["a.nic.test"], "::1");
    const alias = record(asked.name, "CNAME", asked.name === "hn.test" ? "b.test" : "hn.test");
    send(replyTo(asked, { bits: BITS.aa, answers: [alias] }));
  };
  expect(await walkTo("hn.test")).toMatchObject({
    outcome: "reached",
    addresses: [],
    blockedAt: null,
  });
});

test("what a server says of names outside its zone is not believed", async () => {
  resolve = zoneOf([]);
  behave = (asked, send) => {
    if (asked.name.endsWith("example")) {
      return send(replyTo(asked, { bits: BITS.aa, authorities: [soa(".")], rcode: 3 }));
    }
    if (asked.name === "test") return refer(asked, send, "test", ["a.nic.test"], "::1");
    // Glue for a name in another top-level domain.
    refer(asked, send, "hn.test", ["ns.elsewhere.example"], "fd53::bad");
  };
  const walk = await walkTo("portal.hn.test");
  expect(walk.cuts.at(-1)).toMatchObject({
    zone: "hn.test",
    servers: [{ name: "ns.elsewhere.example", glue6: [], addresses6: [] }],
    fault: "ns_without_aaaa",
  });
});

describe("a zone with too much of everything", () => {
  const SERVERS = Array.from({ length: 2000 }, (_, i) => `n${String(i).padStart(4, "0")}.t`);

  test("of thousands of name servers sixteen are looked at, and the rest is counted", async () => {
    resolve = zoneOf(SERVERS);
    behave = (asked, send) => send(replyTo(asked, { rcode: 5 }));
    const zone = await see("portal.hn.test");
    expect(zone.servers.map(({ name }) => name)).toEqual(SERVERS.slice(0, 16));
    // As many as a message of 64 KiB holds of those that are read.
    expect(zone.beyond).toBe(1024 - 16);
  });

  test("of thousands of addresses eight of each server and 32 in all are asked", async () => {
    const names = SERVERS.slice(0, 16);
    const many = (name: string, server: number) =>
      Array.from({ length: 1000 }, (_, i) =>
        record(name, "AAAA", `2001:db8:${server}::${i.toString(16)}`),
      );
    const addresses = names.map((name, i) => [`${name} AAAA`, many(name, i)] as const);
    resolve = zoneOf(names, Object.fromEntries(addresses));
    behave = (asked, send) => send(replyTo(asked, { rcode: 5 }));
    const { servers } = await see("portal.hn.test");
    const sights = servers.flatMap(({ ip6 }) => ip6 ?? []);
    expect(sights).toHaveLength(16 * 8);
    const reasons = sights.map(({ udp }) => (isUnseen(udp) ? udp.unseen : "asked"));
    // None of the first 32 is asked either: documentation addresses are refused.
    expect(reasons.filter((reason) => reason === "refused_here")).toHaveLength(32);
    expect(reasons.filter((reason) => reason === "limit")).toHaveLength(16 * 8 - 32);
  });

  test("one address that many names share is asked once over each transport", async () => {
    const names = SERVERS.slice(0, 16);
    const addresses = names.map((name) => [`${name} AAAA`, [record(name, "AAAA", "::1")]] as const);
    resolve = zoneOf(names, Object.fromEntries(addresses));
    behave = (asked, send) => send(replyTo(asked, { bits: BITS.aa, answers: [soa("hn.test")] }));
    await see("portal.hn.test");
    const soas = authority.arrived.filter(({ type }) => type === "SOA");
    expect(soas.map(({ transport }) => transport).sort()).toEqual(["tcp", "udp"]);
    expect(soas.every(({ packet }) => !packet.flag_rd)).toBe(true);
  });
});

describe("a neighbour's lookup", () => {
  const neighbour = record("good.test", "AAAA", "::1");

  test.each([
    ["silent servers", () => {}],
    [
      "servers whose answers are broken",
      (asked, send) => send(replyTo(asked, { answers: [neighbour] }).subarray(0, -2)),
    ],
    [
      "servers that refer to thousands of others",
      (asked, send) => {
        refer(
          asked,
          send,
          asked.name,
          Array.from({ length: 1200 }, (_, i) => `n${i}.${asked.name}`.slice(-60)),
        );
      },
    ],
  ] as readonly (readonly [string, Behave])[])(
    "beside %s takes its four questions and comes first",
    async (_, hostile) => {
      const known = fromTable("test", { "good.test AAAA": [neighbour] });
      resolve = (asked, send) => {
        if (asked.name === "good.test") known(asked, send);
        else hostile(asked, send);
      };
      behave = hostile;
      const dns = sight();
      const order: string[] = [];
      const ended = new AbortController();
      const ill = session({ tryGapMs: 1, signal: ended.signal });
      const slow = dns
        .seeName("portal.hn.test", ill)
        .then((name) => dns.seeZone("portal.hn.test", name, ill))
        .then(() => order.push("hostile"));
      const { answers } = await dns.seeName("good.test", session());
      order.push("neighbour");
      ended.abort();
      await slow;
      expect(answers.ip6.outcome).toBe("addresses");
      expect(order).toEqual(["neighbour", "hostile"]);
      expect(resolver.arrived.filter(({ name }) => name === "good.test")).toHaveLength(4);
    },
  );
});
