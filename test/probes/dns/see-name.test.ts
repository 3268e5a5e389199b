import type { Answer } from "dns-packet";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import type { AnswerOutcome } from "../../../src/domain/audit/names.ts";
import { type DnsSight, createDnsSight } from "../../../src/probes/dns/index.ts";
import {
  BITS,
  type Behave,
  type RawServer,
  fromTable,
  rawServer,
  record,
  replyTo,
} from "./support/raw-server.ts";
import { session } from "./support/sessions.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

const open: RawServer[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

async function resolver(behave: Behave): Promise<RawServer> {
  const server = await rawServer(behave);
  open.push(server);
  return server;
}

function sight(...servers: readonly string[]): DnsSight {
  return createDnsSight({ servers, rootHints: [], authorityPort: 53 });
}

const HOST = "portal.hn.test";
const AAAA = record(HOST, "AAAA", "fd53::80");

/** What one resolver that has these answers comes to. */
async function seeWith(behave: Behave, host = HOST) {
  const server = await resolver(behave);
  const name = await sight(server.text).seeName(host, session());
  return { server, ...name.answers };
}

describe("a name of the lab", () => {
  test.each([
    ["healthy", "addresses", "addresses"],
    ["cname-chain", "addresses", "addresses"],
    ["dns-big", "addresses", "addresses"],
    ["ipv4-only", "addresses", "no_data"],
    ["dns-nodata", "no_data", "no_data"],
    ["dns-nxdomain", "nxdomain", "nxdomain"],
    ["dns-servfail", "servfail", "servfail"],
    ["dns-refused", "refused", "refused"],
    ["dns-malformed", "malformed", "malformed"],
    ["aaaa-servfail", "addresses", "servfail"],
    ["aaaa-nxdomain", "addresses", "nxdomain"],
    ["cname-nowhere", "no_data", "no_data"],
    ["cname-dangling", "nxdomain", "nxdomain"],
    ["cname-loop", "cname_loop", "cname_loop"],
  ] satisfies [string, AnswerOutcome, AnswerOutcome][])(
    "%s: A is %s, AAAA is %s",
    async (id, ip4, ip6) => {
      const { host } = lab.portal(id);
      const { answers } = await sight(lab.dnsServer).seeName(host, session());
      expect([answers.ip4.outcome, answers.ip6.outcome]).toEqual([ip4, ip6]);
      for (const { outcome, addresses } of [answers.ip4, answers.ip6]) {
        expect(addresses.length > 0).toBe(outcome === "addresses");
      }
    },
  );

  test("a resolver that never answers is a timeout after all tries", async () => {
    const { host } = lab.portal("aaaa-timeout");
    const audit = session({ timeoutMs: 8000, tryGapMs: 60_000 });
    const { ip6 } = (await sight(lab.dnsServer).seeName(host, audit)).answers;
    expect(ip6.outcome).toBe("timeout");
    expect(ip6.attempts.map(({ outcome }) => outcome)).toEqual(["timeout", "timeout"]);
  });

  test("aliases are recorded in order", async () => {
    const { ip6 } = (await sight(lab.dnsServer).seeName("cname-chain.lab.test", session())).answers;
    expect(ip6.chain).toEqual(["edge.cname-chain.lab.test", "cdn.cname-chain.lab.test"]);
  });

  test("is found by its Vietnamese spelling", async () => {
    const { ip6 } = (await sight(lab.dnsServer).seeName("cổng-thử.lab.test", session())).answers;
    expect(ip6.outcome).toBe("addresses");
  });

  test("invented addresses are left out and counted", async () => {
    lab.setDns64(true);
    const audit = session({ gate: { dns64Prefix: "64:ff9b::/96" } });
    const { ip6 } = (await sight(lab.dnsServer).seeName("ipv4-only.lab.test", audit)).answers;
    lab.setDns64(false);
    expect(ip6).toMatchObject({ outcome: "no_data", addresses: [], invented: 1 });
  });

  test("is asked for once in an audit, and again in the next", async () => {
    const dns = sight(lab.dnsServer);
    const before = lab.queries("idn.lab.test");
    const audit = session();
    await Promise.all([dns.seeName("idn.lab.test", audit), dns.seeName("idn.lab.test", audit)]);
    expect(lab.queries("idn.lab.test") - before).toBe(4);
    await dns.seeName("idn.lab.test", session());
    expect(lab.queries("idn.lab.test") - before).toBe(8);
  });
});

describe("what needs no question", () => {
  test("a literal address is its own answer", async () => {
    const dns = sight("127.0.0.1:9");
    const [ip4, ip6] = [
      await dns.seeName("127.0.0.1", session()),
      await dns.seeName("[::1]", session()),
    ];
    expect(ip4.answers.ip4.addresses).toMatchObject([{ address: "127.0.0.1" }]);
    expect(ip4.answers.ip6).toMatchObject({ outcome: "no_data", attempts: [] });
    expect(ip6.answers.ip6.addresses).toMatchObject([{ address: "::1" }]);
  });

  test.each(["a..test", `${"a".repeat(64)}.test`, `${"a.".repeat(130)}test`, " .test"])(
    "%j can be no name",
    async (host) => {
      const { ip6 } = (await sight("127.0.0.1:9").seeName(host, session())).answers;
      expect(ip6).toMatchObject({ outcome: "nxdomain", attempts: [] });
    },
  );

  test("nothing is asked of a resolver that is not usable", async () => {
    const server = await resolver(fromTable("hn.test", {}));
    const audit = session({ gate: { resolverUsable: false } });
    const { ip4, ip6 } = (await sight(server.text).seeName(HOST, audit)).answers;
    expect([ip4.outcome, ip6.outcome, server.arrived.length]).toEqual([
      "not_asked",
      "not_asked",
      0,
    ]);
  });
});

describe("two attempts", () => {
  const none = fromTable("hn.test", { [`${HOST} A`]: [] });
  const some = fromTable("hn.test", { [`${HOST} AAAA`]: [AAAA] });
  const failing: Behave = (asked, send) => send(replyTo(asked, { rcode: 2 }));
  const denying = fromTable("hn.test", {});

  async function seeFrom(...behaviours: readonly Behave[]) {
    const servers = await Promise.all(behaviours.map(resolver));
    const { answers } = await sight(...servers.map(({ text }) => text)).seeName(HOST, session());
    return answers.ip6;
  }

  test.each([
    ["both find it", [some, some], "addresses", 2],
    ["one finds it, one says none", [none, some], "addresses", 2],
    ["one finds it, one fails", [failing, some], "addresses", 2],
    ["both say none", [none, none], "no_data", 2],
    ["none and not existing", [denying, none], "no_data", 2],
    ["one says none, one fails each time", [none, failing], "servfail", 6],
    ["both fail each time", [failing, failing], "servfail", 6],
    ["the first two fail, others find it", [failing, failing, some, none], "addresses", 4],
  ] as const)("%s: %#", async (_, behaviours, outcome, attempts) => {
    const ip6 = await seeFrom(...behaviours);
    expect(ip6.outcome).toBe(outcome);
    expect(ip6.attempts).toHaveLength(attempts);
  });

  test("name their resolvers", async () => {
    const [first, second] = [await resolver(some), await resolver(none)];
    const { ip6 } = (await sight(first.text, second.text).seeName(HOST, session())).answers;
    expect(ip6.attempts).toEqual([
      { resolver: first.text, outcome: "addresses" },
      { resolver: second.text, outcome: "no_data" },
    ]);
  });

  test("of a resolver that is not there find it down", async () => {
    const gone = await rawServer(none);
    await gone.close();
    const { ip6 } = (await sight(gone.text).seeName(HOST, session())).answers;
    expect(ip6.outcome).toBe("resolver_down");
  });
});

describe("what an answer holds", () => {
  test("special-purpose addresses carry their class, and whether they may be used here", async () => {
    const addresses = ["2001:db8::1", "fd53::1", "2001:ee0::1"];
    const answers = addresses.map((address) => record(HOST, "AAAA", address));
    const { ip6 } = await seeWith(fromTable("hn.test", { [`${HOST} AAAA`]: answers }));
    expect(ip6.addresses).toEqual([
      { address: "2001:db8::1", special: "documentation_2001_db8", usable: false },
      { address: "2001:ee0::1", special: null, usable: true },
      { address: "fd53::1", special: "unique_local", usable: true },
    ]);
  });

  test("of thousands of addresses 32 are kept and the rest is counted", async () => {
    const answers = Array.from({ length: 2000 }, (_, i) =>
      record("a.b", "AAAA", `fd53::${(i + 1).toString(16)}`),
    );
    const { ip6 } = await seeWith(fromTable("b", { "a.b AAAA": answers }), "a.b");
    expect([ip6.outcome, ip6.addresses.length, ip6.beyond]).toEqual(["addresses", 32, 1968]);
  });

  test("eight aliases are followed, nine are too many", async () => {
    const chain = (length: number): Answer[] =>
      Array.from({ length }, (_, i) => record(name(i), "CNAME", name(i + 1)));
    const name = (i: number) => (i === 0 ? HOST : `alias${i}.hn.test`);
    const table = (length: number) =>
      fromTable("hn.test", {
        [`${HOST} AAAA`]: [...chain(length), record(name(length), "AAAA", "fd53::80")],
      });
    const [eight, nine] = [await seeWith(table(8)), await seeWith(table(9))];
    expect([eight.ip6.outcome, eight.ip6.chain.length]).toEqual(["addresses", 8]);
    expect([nine.ip6.outcome, nine.ip6.chain.length]).toEqual(["cname_limit", 9]);
  });

  test("a resolver that leaves aliases to the asker is asked on", async () => {
    const behave: Behave = (asked, send) => {
      const alias = record(HOST, "CNAME", "edge.hn.test");
      const found = record(
        "edge.hn.test",
        asked.type as "A",
        asked.type === "A" ? "127.0.0.1" : "::1",
      );
      send(replyTo(asked, { answers: asked.name === HOST ? [alias] : [found] }));
    };
    const { ip4, ip6 } = await seeWith(behave);
    expect([ip4.outcome, ip6.outcome, ip6.chain]).toEqual([
      "addresses",
      "addresses",
      ["edge.hn.test"],
    ]);
  });

  test("a circle of aliases that the resolver reports as its own failure is found", async () => {
    const behave: Behave = (asked, send) => {
      if (asked.type !== "CNAME") return send(replyTo(asked, { rcode: 2 }));
      const target = asked.name === HOST ? "again.hn.test" : HOST;
      send(replyTo(asked, { answers: [record(asked.name, "CNAME", target)], bits: BITS.ra }));
    };
    const { ip6 } = await seeWith(behave);
    expect([ip6.outcome, ip6.chain]).toEqual(["cname_loop", ["again.hn.test"]]);
  });

  test("a name that is its own alias is a circle", async () => {
    const self = [record(HOST, "CNAME", HOST)];
    const { ip6 } = await seeWith(
      fromTable("hn.test", { [`${HOST} AAAA`]: self, [`${HOST} A`]: self }),
    );
    expect([ip6.outcome, ip6.chain]).toEqual(["cname_loop", []]);
  });

  test("addresses of other names are not the host's", async () => {
    const other = [record("other.hn.test", "AAAA", "fd53::1")];
    const { ip6 } = await seeWith(fromTable("hn.test", { [`${HOST} AAAA`]: other }));
    expect([ip6.outcome, ip6.addresses]).toEqual(["no_data", []]);
  });
});

test("a resolver that is no address is refused at the start", () => {
  for (const text of ["dns.test", "127.0.0.1:0", "127.0.0.1:99999", "[::1", "::1]:53", ""]) {
    expect(() => sight(text)).toThrow(RangeError);
  }
  expect(() => sight()).toThrow(RangeError);
  for (const text of ["127.0.0.1", "127.0.0.1:5353", "::1", "[::1]:5353", "[::1]"]) {
    expect(() => sight(text)).not.toThrow();
  }
});
