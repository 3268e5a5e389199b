import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WalkSight } from "../../../src/domain/audit/zone.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import { createDnsSight } from "../../../src/probes/dns/index.ts";
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

/** Name servers that answer oddly, but well enough: one server on ::1 plays all zones. */
let authority: RawServer;
let resolver: RawServer;
let behave: Behave;

const HOST = "portal.hn.test";
const ADDRESS = record(HOST, "AAAA", "::1");

beforeEach(async () => {
  authority = await rawServer((...asked) => behave(...asked), "::1");
  resolver = await rawServer(
    fromTable("hn.test", {
      "hn.test SOA": [soa("hn.test")],
      "hn.test NS": [record("hn.test", "NS", "ns.hn.test")],
      [`${HOST} AAAA`]: [ADDRESS],
    }),
  );
});
afterEach(async () => void (await Promise.all([authority.close(), resolver.close()])));

async function walk(): Promise<WalkSight> {
  const dns = createDnsSight({
    servers: [resolver.text],
    rootHints: [{ name: "a.root", ip4: [], ip6: ["::1"] }],
    authorityPort: authority.port,
  });
  const audit = session({ tryGapMs: 1 });
  const zone = await dns.seeZone(HOST, await dns.seeName(HOST, audit), audit);
  if (isUnseen(zone) || isUnseen(zone.walk)) throw new Error(JSON.stringify(zone));
  return zone.walk;
}

function refer(asked: Arrived, zone: string, name: string, rest: { bits?: number } = {}): Buffer {
  const additionals = [record(name, "AAAA", "::1")];
  return replyTo(asked, { authorities: [record(zone, "NS", name)], additionals, ...rest });
}

const found = (asked: Arrived) => replyTo(asked, { bits: BITS.aa, answers: [ADDRESS] });
const nothing = (asked: Arrived, zone: string, rcode = 0) =>
  replyTo(asked, { bits: BITS.aa, authorities: [soa(zone)], rcode });

const SERVFAIL = 2;
const REACHED = { outcome: "reached", addresses: ["::1"], blockedAt: null };

/** Zones of a walk, in order. */
const zonesOf = ({ cuts }: WalkSight): string[] => cuts.map(({ zone }) => zone);

describe("a walk comes through", () => {
  test("with shortened names: servers above the zone never see the whole name", async () => {
    let inZone = false;
    const early: string[] = [];
    behave = (asked, send) => {
      if (!inZone) early.push(`${asked.name} ${asked.type}`);
      if (asked.name === "test") return send(refer(asked, "test", "ns.nic.test"));
      if (asked.type === "SOA" || asked.name !== "hn.test") return send(found(asked));
      inZone = true;
      send(refer(asked, "hn.test", "ns.hn.test"));
    };
    expect(await walk()).toMatchObject(REACHED);
    expect(early.filter((question) => !question.endsWith("SOA"))).toEqual([
      "test NS",
      "hn.test NS",
    ]);
    expect(authority.arrived.every(({ packet }) => !packet.flag_rd)).toBe(true);
  });

  test("where one server answers for parent and child", async () => {
    behave = (asked, send) => {
      if (asked.type !== "NS") return send(found(asked));
      const name = `ns.${asked.name}`;
      const answers = [record(asked.name, "NS", name)];
      send(replyTo(asked, { bits: BITS.aa, answers, additionals: [record(name, "AAAA", "::1")] }));
    };
    const seen = await walk();
    expect(seen).toMatchObject(REACHED);
    expect(zonesOf(seen)).toEqual(["test", "hn.test"]);
  });

  test("where one server answers for both, and the child's name server has no AAAA", async () => {
    behave = (asked, send) => {
      if (asked.name === HOST) return send(found(asked));
      if (asked.type !== "NS") return send(nothing(asked, "hn.test"));
      send(
        replyTo(asked, { bits: BITS.aa, answers: [record(asked.name, "NS", `ns.${asked.name}`)] }),
      );
    };
    const seen = await walk();
    expect(seen).toMatchObject(REACHED);
    expect(seen.cuts.map(({ servers }) => servers[0]!.addresses6)).toEqual([[], []]);
  });

  test("where an answer carries the NS of the zone that it comes from", async () => {
    behave = (asked, send) => {
      if (asked.type === "NS") return send(nothing(asked, "."));
      const authorities = [record("hn.test", "NS", "ns.hn.test")];
      send(replyTo(asked, { bits: BITS.aa, answers: [ADDRESS], authorities }));
    };
    const seen = await walk();
    expect(seen).toMatchObject(REACHED);
    expect(zonesOf(seen)).toEqual(["hn.test"]);
  });

  test("where names with nothing but names below them are denied", async () => {
    behave = (asked, send) => send(asked.type === "NS" ? nothing(asked, ".", 3) : found(asked));
    expect(await walk()).toMatchObject(REACHED);
  });

  test.each([4, 5, 2])("where questions for NS are answered with code %i", async (rcode) => {
    behave = (asked, send) => send(asked.type === "NS" ? replyTo(asked, { rcode }) : found(asked));
    expect(await walk()).toMatchObject(REACHED);
  });

  test("where a referral has the AA bit", async () => {
    behave = (asked, send) => {
      const bits = BITS.aa;
      if (asked.name === "test") return send(refer(asked, "test", "ns.nic.test", { bits }));
      if (asked.name === "hn.test" && asked.type === "NS") {
        return send(refer(asked, "hn.test", "ns.hn.test", { bits }));
      }
      send(found(asked));
    };
    const seen = await walk();
    expect(seen).toMatchObject(REACHED);
    expect(zonesOf(seen)).toEqual(["test", "hn.test"]);
  });

  test("where the answer is nothing, without a SOA, and tells that it differs", async () => {
    behave = (asked, send) => send(replyTo(asked, { bits: BITS.aa }));
    expect(await walk()).toMatchObject({ outcome: "differs", addresses: [] });
  });
});

test("a name server's own name is tried for as often as the portal's", async () => {
  let failures = 0;
  behave = (asked, send) => {
    if (asked.type === "NS" && asked.name === "test") return send(refer(asked, "test", "ns.test"));
    if (asked.type === "NS" && asked.name === "other.test")
      return send(refer(asked, "other.test", "ns.other.test"));
    if (asked.type === "NS")
      return send(replyTo(asked, { authorities: [record("hn.test", "NS", "ns.other.test")] }));
    if (asked.name === HOST) return send(found(asked));
    failures += 1;
    if (failures <= 2) return send(replyTo(asked, { rcode: SERVFAIL }));
    send(replyTo(asked, { bits: BITS.aa, answers: [record(asked.name, "AAAA", "::1")] }));
  };
  expect(await walk()).toMatchObject(REACHED);
});

describe("a server is lame", () => {
  /** Answers for `hn.test` like this; the rest refers there. */
  const zoneSays = (say: (asked: Arrived) => Buffer): Behave => {
    return (asked, send) => {
      if (asked.name === "test") send(refer(asked, "test", "ns.nic.test"));
      else if (asked.name === "hn.test" && asked.type === "NS")
        send(refer(asked, "hn.test", "ns.hn.test"));
      else send(say(asked));
    };
  };

  test.each([
    ["refers to the root", (asked: Arrived) => refer(asked, ".", "a.root")],
    ["refers to the zone itself", (asked: Arrived) => refer(asked, "hn.test", "ns.hn.test")],
    [
      "refers to the zone itself with AA",
      (asked: Arrived) => refer(asked, "hn.test", "ns.hn.test", { bits: BITS.aa }),
    ],
    ["denies with the parent's SOA", (asked: Arrived) => nothing(asked, "test", 3)],
    [
      "answers from memory, without AA",
      (asked: Arrived) => replyTo(asked, { answers: [ADDRESS], bits: BITS.ra }),
    ],
  ] as const)("that %s", async (_, say) => {
    behave = zoneSays(say);
    expect(await walk()).toMatchObject({
      outcome: "blocked",
      addresses: [],
      blockedAt: { zone: "hn.test", fault: "lame" },
    });
  });

  test("that refuses us alone is not called lame", async () => {
    behave = zoneSays((asked) => replyTo(asked, { rcode: 5 }));
    const blockedAt = { zone: "hn.test", fault: "rate_limited" };
    expect(await walk()).toMatchObject({ outcome: "unsure", addresses: [], blockedAt });
  });
});
