import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import type { AnchorMode } from "../../lab/types.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { VantageState } from "../../src/domain/vantage.ts";
import {
  DEFAULT_ANCHORS,
  type SelfTestOptions,
  createSelfTest,
  parseAnchor,
} from "../../src/probes/index.ts";
import { addressRecord, serveDns } from "./support/servers.ts";

const NOW = Date.now();

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ only: ["healthy"] });
});
afterEach(async () => {
  await lab.setResolver("ok");
  lab.setDns64(false);
  for (const family of FAMILIES) await lab.setAnchors(family, "answering");
});
afterAll(() => lab.stop());

async function check(change: Partial<SelfTestOptions> = {}): Promise<VantageState> {
  const selfTest = createSelfTest({
    name: "test",
    country: "VN",
    anchors: lab.anchors,
    dnsServers: [lab.dnsServer],
    allowedNetworks: lab.allowedNetworks.split(","),
    extraRoots: [lab.caPem],
    timeoutMs: 2000,
    clock: () => NOW,
    ...change,
  });
  try {
    return await selfTest.check();
  } finally {
    selfTest.close();
  }
}

const summary = ({ families, resolver }: VantageState) => ({
  ip4: families.ip4.healthy,
  ip6: families.ip6.healthy,
  resolver: resolver.usable,
});

/** The same host at a port where nothing listens. */
const dead = (anchor: string) => anchor.replace(/:\d+$/, ":1");

const ALL_WELL = { ip4: true, ip6: true, resolver: true };

const setBoth = async (mode: AnchorMode) => {
  for (const family of FAMILIES) await lab.setAnchors(family, mode);
};

describe("where everything works", () => {
  test("both families and the resolver are healthy, and it says by what", async () => {
    const state = await check();
    expect(summary(state)).toEqual(ALL_WELL);
    expect(state).toMatchObject({
      name: "test",
      country: "VN",
      checkedAt: NOW,
      dns64Prefix: null,
    });
    expect(state.families.ip4).toMatchObject({ anchorsAnswered: 3, anchorsTried: 3 });
    expect(state.families.ip4.sourceAddress).toMatch(/^127\./);
    expect(state.families.ip6.sourceAddress).toBe("::1");
    expect(state.families.ip6.why).toBe(
      "Works: 3 of 3 anchors answered with a verified certificate.",
    );
    expect(state.resolver.doubtful).not.toBe(true);
  });

  test("literal anchors are verified by their IP addresses and prove only their own family", async () => {
    const state = await check({ anchors: lab.literalAnchors });
    expect(summary(state)).toEqual(ALL_WELL);
    expect(state.families.ip4.anchorsTried).toBe(3);
    expect(state.families.ip6.anchorsTried).toBe(3);
    const four = lab.literalAnchors.filter((anchor) => !anchor.startsWith("["));
    const only4 = await check({ anchors: four });
    expect(summary(only4)).toEqual({ ...ALL_WELL, ip6: false });
    expect(only4.families.ip6.why).toBe("Not usable: no anchor has an IPv6 address.");
  });

  test("where fewer than two anchors apply, all of them must answer", async () => {
    const [one = ""] = lab.anchors;
    expect(summary(await check({ anchors: [one] }))).toEqual(ALL_WELL);
    const closed = "anchor-1.lab.test:1";
    expect(summary(await check({ anchors: [closed] }))).toMatchObject({ ip4: false, ip6: false });
  });

  test("two of three are enough, one is not", async () => {
    const [first = "", second = "", third = ""] = lab.anchors;
    const two = await check({ anchors: [dead(first), second, third] });
    expect(summary(two)).toEqual(ALL_WELL);
    expect(two.families.ip4).toMatchObject({ anchorsAnswered: 2, anchorsTried: 3 });
    const one = await check({ anchors: [dead(first), dead(second), third] });
    expect(summary(one)).toEqual({ ip4: false, ip6: false, resolver: true });
    expect(one.families.ip4.why).toContain("1 of 3 anchors answered");
    expect(one.families.ip4.why).toContain("refused the connection");
  });
});

describe("an anchor counts only with a verified certificate", () => {
  test.each<[Family, AnchorMode]>([
    ["ip6", "captive"],
    ["ip6", "intercepted"],
    ["ip4", "captive"],
    ["ip4", "refusing"],
    ["ip6", "dead"],
  ])("over %s none that is %s does, and the other family is not touched", async (family, mode) => {
    await lab.setAnchors(family, mode);
    const state = await check();
    expect(summary(state)).toEqual({ ...ALL_WELL, [family]: false });
    expect(state.families[family].anchorsAnswered).toBe(0);
    expect(state.resolver.doubtful).not.toBe(true);
  });

  test("a place where somebody else answers for everybody closes both gates and doubts absence", async () => {
    for (const mode of ["captive", "intercepted"] as const) {
      await setBoth(mode);
      const state = await check();
      expect(summary(state)).toEqual({ ip4: false, ip6: false, resolver: true });
      expect(state.resolver.doubtful).toBe(true);
      expect(state.families.ip4.why).toContain("was answered by somebody else");
    }
  });

  test("a resolver that sends everybody to one inside address does the same", async () => {
    const dns = await serveDns((name, type) =>
      type === "A" ? [addressRecord(name, "10.1.1.1")] : [],
    );
    const state = await check({ anchors: null, dnsServers: [dns.server] });
    await dns.close();
    expect(summary(state)).toEqual({ ip4: false, ip6: false, resolver: true });
    expect(state.resolver.doubtful).toBe(true);
    expect(state.families.ip4.why).toContain("leads to an address that is not public");
  });

  test("anchors that only stay silent leave the resolver's answers their worth", async () => {
    await setBoth("refusing");
    const state = await check();
    expect(summary(state)).toEqual({ ip4: false, ip6: false, resolver: true });
    expect(state.resolver.doubtful).not.toBe(true);
  });
});

describe("the source address", () => {
  test("must not be loopback unless that is an allowed network", async () => {
    const state = await check({ allowedNetworks: [] });
    // The anchors' own addresses are refused then; no packet leaves.
    expect(summary(state)).toEqual({ ip4: false, ip6: false, resolver: true });
  });
});

describe("the resolver", () => {
  test.each(["servfail", "refused", "nxdomain", "timeout", "down"] as const)(
    "that is %s for the anchors' names is not usable, and nothing is healthy",
    async (mode) => {
      await lab.setResolver(mode);
      const state = await check({ timeoutMs: 700 });
      expect(summary(state)).toEqual({ ip4: false, ip6: false, resolver: false });
      expect(state.resolver.why).toMatch(/^Not usable: /);
    },
  );

  test.each(["servfail", "refused", "nxdomain"] as const)(
    "is proven by any well-formed answer where no anchor has a name, %s included",
    async (mode) => {
      await lab.setResolver(mode);
      expect(summary(await check({ anchors: lab.literalAnchors }))).toEqual(ALL_WELL);
    },
  );

  test.each(["timeout", "down"] as const)(
    "that is %s is not usable, though literal anchors prove the families",
    async (mode) => {
      await lab.setResolver(mode);
      const state = await check({ anchors: lab.literalAnchors, timeoutMs: 1000 });
      expect(summary(state)).toEqual({ ...ALL_WELL, resolver: false });
    },
  );

  test("that withholds AAAA records of the built-in anchors is doubtful", async () => {
    const dns = await serveDns((name, type) =>
      type === "A" ? [addressRecord(name, "127.0.0.1")] : [],
    );
    const state = await check({ anchors: null, dnsServers: [dns.server], timeoutMs: 500 });
    await dns.close();
    expect(state.resolver).toMatchObject({ usable: true, doubtful: true });
    expect(state.resolver.why).toContain("IPv6");
  });

  test("that invents AAAA records gives away its prefix", async () => {
    lab.setDns64(true);
    const state = await check();
    expect(state.dns64Prefix).toMatch(/\/96$/);
    expect(summary(state)).toEqual(ALL_WELL);
  });
});

describe("options", () => {
  test("that can't be read are told at once, by name", () => {
    const options = { name: "x", country: null, anchors: null, dnsServers: ["127.0.0.1"] };
    expect(() => createSelfTest({ ...options, anchors: ["no-port"] })).toThrow("no-port");
    expect(() => createSelfTest({ ...options, allowedNetworks: ["1.2.3.4"] })).toThrow("1.2.3.4");
  });

  test("the built-in anchors are at least three names", () => {
    expect(DEFAULT_ANCHORS.length).toBeGreaterThanOrEqual(3);
    for (const text of DEFAULT_ANCHORS) expect(parseAnchor(text)?.literal).toBe(null);
  });

  test.each([
    ["dns.google:443", "dns.google", null],
    ["1.1.1.1:443", "1.1.1.1", "ip4"],
    ["[2606:4700:4700::1111]:853", "2606:4700:4700::1111", "ip6"],
  ])("an anchor like %s is read", (text, host, literal) => {
    expect(parseAnchor(text)).toMatchObject({ text, host, literal });
  });

  test.each([
    "",
    "host",
    "host:",
    ":443",
    "host:0",
    "host:70000",
    "a b:1",
    "::1:443",
    "u@h:1",
    "h/:1",
  ])("%j is no anchor", (text) => {
    expect(parseAnchor(text)).toBe(null);
  });
});

describe("a prefix of invented addresses that was learned", () => {
  test("holds while the resolver is silent, and is forgotten when it denies it", async () => {
    const selfTest = createSelfTest({
      name: "test",
      country: null,
      anchors: lab.literalAnchors,
      dnsServers: [lab.dnsServer],
      allowedNetworks: lab.allowedNetworks.split(","),
      extraRoots: [lab.caPem],
      timeoutMs: 2000,
    });
    lab.setDns64(true);
    expect((await selfTest.check()).dns64Prefix).toMatch(/\/96$/);
    await lab.setResolver("servfail");
    expect((await selfTest.check()).dns64Prefix).toMatch(/\/96$/);
    await lab.setResolver("ok");
    lab.setDns64(false);
    expect((await selfTest.check()).dns64Prefix).toBeNull();
    selfTest.close();
  });
});
