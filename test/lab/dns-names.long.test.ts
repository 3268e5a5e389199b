import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { addressesOf } from "../support/lab-client.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    only: [
      "healthy",
      "ipv4-only",
      "ipv6-only",
      "partial-addresses",
      "aaaa-documentation",
      "aaaa-mapped",
      "a-private",
      "dns-servfail",
      "dns-refused",
      "dns-timeout",
      "dns-malformed",
      "dns-nxdomain",
      "dns-nodata",
      "aaaa-servfail",
      "aaaa-timeout",
      "aaaa-nxdomain",
      "cname-chain",
      "cname-nowhere",
      "cname-dangling",
      "cname-loop",
      "dns-big",
      "idn",
    ],
  });
});
afterEach(async () => {
  await lab.setResolver("ok");
  lab.setDns64(false);
});
afterAll(() => lab.stop());

/** Codes are equal, addresses begin with what is given. */
function expected(what: string | readonly string[]): unknown {
  if (typeof what === "string") return what;
  return what.map((prefix) => expect.stringContaining(prefix) as unknown);
}

describe("names of the lab as a stub resolver sees them", () => {
  test.each([
    ["healthy", ["127.1."], ["::1"]],
    ["ipv4-only", ["127.1."], "ENODATA"],
    ["ipv6-only", "ENODATA", ["::1"]],
    ["partial-addresses", ["127.1.1.", "127.1.0."], ["::1"]],
    ["aaaa-documentation", ["127.1."], ["2001:db8::80"]],
    ["aaaa-mapped", ["127.1."], ["::ffff:127."]],
    ["a-private", ["10.255."], ["::1"]],
    ["dns-servfail", "ESERVFAIL", "ESERVFAIL"],
    ["dns-refused", "EREFUSED", "EREFUSED"],
    ["dns-timeout", "ETIMEOUT", "ETIMEOUT"],
    ["dns-malformed", "EBADRESP", "EBADRESP"],
    ["dns-nxdomain", "ENOTFOUND", "ENOTFOUND"],
    ["dns-nodata", "ENODATA", "ENODATA"],
    ["aaaa-servfail", ["127.1."], "ESERVFAIL"],
    ["aaaa-timeout", ["127.1."], "ETIMEOUT"],
    ["aaaa-nxdomain", ["127.1."], "ENOTFOUND"],
    ["cname-chain", ["127.1."], ["::1"]],
    // c-ares tells a chain that ends without addresses by an empty list.
    ["cname-nowhere", [], []],
    ["cname-dangling", "ENOTFOUND", "ENOTFOUND"],
    ["cname-loop", [], []],
    ["dns-big", ["127.1."], ["::1"]],
    ["idn", ["127.1."], ["::1"]],
  ])("%s: A is %j, AAAA is %j", async (id, a, aaaa) => {
    const { host } = lab.portal(id);
    const [ip4, ip6] = await Promise.all([
      addressesOf(lab, host, "ip4"),
      addressesOf(lab, host, "ip6"),
    ]);
    expect([ip4, ip6]).toEqual([a, aaaa].map(expected));
  });
});

describe("switches of the lab's resolver", () => {
  test.each([
    ["servfail", "ESERVFAIL"],
    ["refused", "EREFUSED"],
    ["timeout", "ETIMEOUT"],
    ["nxdomain", "ENOTFOUND"],
    ["down", "ECONNREFUSED"],
  ] as const)("%s holds for all names, and ok ends it", async (mode, code) => {
    await lab.setResolver(mode);
    expect(await addressesOf(lab, "healthy.lab.test", "ip4")).toBe(code);
    expect(await addressesOf(lab, "portal.example", "ip6")).toBe(code);
    await lab.setResolver("ok");
    expect(await addressesOf(lab, "healthy.lab.test", "ip4")).toHaveLength(1);
  });

  test("ipv4only.arpa has the two well-known addresses and no AAAA", async () => {
    expect(await addressesOf(lab, "ipv4only.arpa", "ip4")).toEqual(["192.0.0.170", "192.0.0.171"]);
    expect(await addressesOf(lab, "ipv4only.arpa", "ip6")).toBe("ENODATA");
  });

  test("DNS64 invents AAAA for names without one, and leaves real ones alone", async () => {
    lab.setDns64(true);
    expect(await addressesOf(lab, "ipv4only.arpa", "ip6")).toEqual([
      "64:ff9b::c000:aa",
      "64:ff9b::c000:ab",
    ]);
    expect(await addressesOf(lab, "ipv4-only.lab.test", "ip6")).toEqual([
      expect.stringMatching(/^64:ff9b::7f01:/),
    ]);
    expect(await addressesOf(lab, "healthy.lab.test", "ip6")).toEqual(["::1"]);
    expect(await addressesOf(lab, "dns-nodata.lab.test", "ip6")).toBe("ENODATA");
    expect(await addressesOf(lab, "dns-nxdomain.lab.test", "ip6")).toBe("ENOTFOUND");
  });

  test("questions are counted by name and type", async () => {
    const before = lab.queries("idn.lab.test", "A");
    await addressesOf(lab, "idn.lab.test", "ip4");
    await addressesOf(lab, "IDN.lab.test", "ip4");
    await addressesOf(lab, "idn.lab.test", "ip6");
    expect(lab.queries("idn.lab.test", "A")).toBe(before + 2);
    expect(lab.queries("idn.lab.test")).toBe(before + 3);
  });
});
