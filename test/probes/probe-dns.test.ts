import { afterEach, describe, expect, test } from "vitest";
import { createProbe } from "../../src/probes/index.ts";
import { loopbackOptions, order, target, vantage, verdict } from "./support/runs.ts";
import {
  type Said,
  type ServedDns,
  addressRecord,
  answerWith,
  httpAnswer,
  serveDns,
  serveTcp,
} from "./support/servers.ts";

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const NXDOMAIN = 3;
const SERVFAIL = 2;

async function resolver(say: Parameters<typeof serveDns>[0]): Promise<ServedDns> {
  const dns = await serveDns(say);
  open.push(dns);
  return dns;
}

function probeOf(dns: ServedDns, timeoutMs = 2000) {
  const probe = createProbe(loopbackOptions(dns.server, { timeoutMs }));
  open.push(probe);
  return probe;
}

const PORTAL = target("http://portal.test:9/");

/** What a run comes to where the resolver says this for A and AAAA. */
async function told(a: Said, aaaa: Said, family: "ip4" | "ip6") {
  const dns = await resolver((_name, type) => (type === "A" ? a : aaaa));
  const result = await probeOf(dns, 1000).run(PORTAL, order(family));
  return { verdict: verdict(result), asked: dns.asked, result };
}

const A = [addressRecord("portal.test", "127.0.0.1")];
const AAAA = [addressRecord("portal.test", "::1")];
const many = (...addresses: string[]) =>
  addresses.map((data) => addressRecord("portal.test", data));

/** The number in a name like `n3.test`. */
const step = (name: string) => Number(name.split(".")[0]?.slice(1));

const ALIAS = [{ name: "portal.test", type: "CNAME", ttl: 60, data: "end.test" }] as const;

describe("a family without records", () => {
  test("is no_address where the other family has some, whichever way the absence is told", async () => {
    for (const nothing of [[], NXDOMAIN, ALIAS] satisfies Said[]) {
      expect((await told(A, nothing, "ip6")).verdict).toBe("no_address");
      expect((await told(nothing, AAAA, "ip4")).verdict).toBe("no_address");
    }
  });

  test("fails where the other family has none either", async () => {
    for (const family of ["ip4", "ip6"] as const) {
      const { verdict: came } = await told([], NXDOMAIN, family);
      expect(came).toBe("fail no_address_at_all target");
    }
  });

  test("is unknown where nobody can say what the other family has", async () => {
    expect((await told(SERVFAIL, [], "ip6")).verdict).toBe("unknown dns_servfail resolver");
    expect((await told("silence", [], "ip6")).verdict).toBe("unknown dns_timeout resolver");
  });

  test("of a literal address is the family that it is not of", async () => {
    const dns = await resolver(() => NXDOMAIN);
    const probe = probeOf(dns);
    expect(verdict(await probe.run(target("http://127.0.0.1:9/"), order("ip6")))).toBe(
      "no_address",
    );
    expect(verdict(await probe.run(target("http://[::1]:9/"), order("ip4")))).toBe("no_address");
    expect(dns.asked).toEqual([]);
  });

  test("of a name that can't be asked for is absence too", async () => {
    const dns = await resolver(() => NXDOMAIN);
    const tooLong = target(`http://${"a".repeat(64)}.test/`);
    const result = await probeOf(dns).run(tooLong, order("ip4"));
    expect(verdict(result)).toBe("fail no_address_at_all target");
  });
});

describe("the happy path", () => {
  test("costs one question, and the other family is not asked for", async () => {
    const server = await serveTcp(answerWith(httpAnswer("hello")));
    open.push(server);
    const dns = await resolver(() => A);
    const result = await probeOf(dns).run(
      target(`http://portal.test:${server.port}/`),
      order("ip4"),
    );
    expect(verdict(result)).toBe("ok");
    expect(dns.asked).toEqual(["A portal.test"]);
  });
});

describe("evidence of a name", () => {
  test("holds the aliases it leads through, at most eight, ending where they repeat", async () => {
    const chain = await resolver((name, type) =>
      type === "CNAME" ? [{ name, type, ttl: 1, data: `n${step(name) + 1}.test` }] : [],
    );
    const long = await probeOf(chain).run(target("http://n0.test/"), order("ip4"));
    expect(long.evidence?.cnames).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `n${n}.test`));

    const circle = await resolver((name, type) =>
      type === "CNAME"
        ? [{ name, type, ttl: 1, data: name === "a.test" ? "b.test" : "a.test" }]
        : [],
    );
    const round = await probeOf(circle).run(target("http://a.test/"), order("ip4"));
    expect(round.evidence?.cnames).toEqual(["b.test"]);
  });

  test("holds all addresses and the refused ones' classes", async () => {
    const inside = ["10.0.0.2", "10.0.0.1", "192.168.1.1"];
    const { verdict: came, result } = await told(
      inside.map((data) => addressRecord("portal.test", data)),
      [],
      "ip4",
    );
    expect(came).toBe("fail address_special target");
    expect(result.evidence).toMatchObject({
      addresses: inside.toSorted(),
      detail: { classes: ["private"] },
    });
  });
});

describe("several addresses", () => {
  test("are tried in turn, and the ones that failed before another answered degrade the run", async () => {
    const server = await serveTcp(answerWith(httpAnswer("hello")), "127.0.0.3");
    open.push(server);
    const dns = await resolver(() => many("127.0.0.2", "127.0.0.1", "127.0.0.3"));
    const result = await probeOf(dns).run(
      target(`http://portal.test:${server.port}/`),
      order("ip4"),
    );
    expect(verdict(result)).toBe("degraded partial_address_set target");
    expect(result.address).toBe("127.0.0.3");
    expect(result.evidence?.failedAddresses).toEqual([
      { address: "127.0.0.1", kind: "connect_refused" },
      { address: "127.0.0.2", kind: "connect_refused" },
    ]);
  });

  test("beyond the third are not tried, and more than 32 not even kept", async () => {
    const all = Array.from({ length: 40 }, (_, index) => `127.0.1.${index}`);
    const dns = await resolver(() => many(...all));
    const result = await probeOf(dns).run(PORTAL, order("ip4"));
    expect(verdict(result)).toBe("fail connect_refused target");
    expect(result.evidence?.failedAddresses).toHaveLength(3);
    expect(result.addresses).toHaveLength(32);
  });

  test("that are special-purpose are passed over where another one is not", async () => {
    const server = await serveTcp(answerWith(httpAnswer("hello")));
    open.push(server);
    const dns = await resolver(() => many("10.0.0.1", "127.0.0.1"));
    const result = await probeOf(dns).run(
      target(`http://portal.test:${server.port}/`),
      order("ip4"),
    );
    expect(verdict(result)).toBe("ok");
  });
});

describe("one name's malformed answer", () => {
  test("fails nobody else's question that is open at the same time", async () => {
    let asked = 0;
    const dns = await resolver((name, _type, { id = 0 }) => {
      if (name === "broken.test")
        return Buffer.from([id >> 8, id & 255, 0x81, 0x80, 0, 1, 0, 1, 0]);
      // The first question stays open until the broken answer has hit the socket that both share.
      return (asked += 1) === 1 ? "silence" : A;
    });
    const probe = probeOf(dns, 5000);
    const [good, broken] = await Promise.all([
      probe.run(PORTAL, order("ip4")),
      probe.run(target("http://broken.test:9/"), order("ip4")),
    ]);
    expect(verdict(good)).toBe("fail connect_refused target");
    expect(verdict(broken)).toBe("unknown dns_malformed resolver");
  });
});

describe("a confirmation", () => {
  test("asks the next resolver first, the scheduled run the first one", async () => {
    const [first, second] = [await resolver(() => []), await resolver(() => A)];
    const probe = createProbe(
      loopbackOptions(first.server, { dnsServers: [first.server, second.server] }),
    );
    open.push(probe);
    const ran = [];
    for (const attempt of [0, 1, 2]) ran.push(await probe.run(PORTAL, order("ip4", { attempt })));
    expect(ran.map(verdict)).toEqual([
      "fail no_address_at_all target",
      "fail connect_refused target",
      "fail no_address_at_all target",
    ]);
  });
});

describe("a resolver that invents AAAA records", () => {
  const dns64Prefix = "64:ff9b:1:fffe::/96";
  const invented = addressRecord("portal.test", "64:ff9b:1:fffe::7f00:1");
  const gate = vantage({ dns64Prefix });

  test("leaves a portal that has only those unknown", async () => {
    const dns = await resolver((_name, type) => (type === "A" ? A : [invented]));
    const result = await probeOf(dns).run(PORTAL, order("ip6", { gate }));
    expect(verdict(result)).toBe("unknown vantage_dns64 internal");
  });

  test("does not keep a portal's own from being probed", async () => {
    const dns = await resolver(() => [invented, ...AAAA]);
    const result = await probeOf(dns).run(PORTAL, order("ip6", { gate }));
    expect(result.addresses).toEqual(["::1"]);
    expect(result.failure?.kind).toMatch(/^connect_refused$|^own_sockets$/);
  });

  test("does not make up the other family of a portal without IPv4", async () => {
    const dns = await resolver((_name, type) => (type === "A" ? [] : [invented]));
    const result = await probeOf(dns).run(PORTAL, order("ip4", { gate }));
    expect(verdict(result)).toBe("unknown vantage_dns64 internal");
  });
});
