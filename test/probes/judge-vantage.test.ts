import { describe, expect, test } from "vitest";
import type { Family } from "../../src/domain/family.ts";
import { addressPolicy, parseNetworks } from "../../src/probes/address-policy.ts";
import { parseAnchor } from "../../src/probes/anchors.ts";
import { type AnchorReport, type AnchorSight, sourceFault } from "../../src/probes/check-anchor.ts";
import type { DnsAnswer } from "../../src/probes/dns-client.ts";
import { judgeFamily, judgeResolver } from "../../src/probes/judge-vantage.ts";

const FOUND: DnsAnswer = { kind: "addresses", addresses: ["2001:db8::1"] };
const NODATA: DnsAnswer = { kind: "none", nameExists: true, code: "ENODATA" };
const NXDOMAIN: DnsAnswer = { kind: "none", nameExists: false, code: "ENOTFOUND" };
const TIMEOUT: DnsAnswer = { kind: "failed", failure: "dns_timeout", code: "ETIMEOUT" };

const ANSWERED: AnchorSight = { saw: "answered", source: "2001:db8::99", sourceFault: null };
const ABSENT: AnchorSight = { saw: "absent" };
const silent: AnchorSight = { saw: "silent", kind: "network_unreachable" };
const impostor: AnchorSight = { saw: "impostor", kind: "tls_hostname" };

function report(
  sight: AnchorSight,
  lookup: DnsAnswer | null = FOUND,
  family: Family = "ip6",
): AnchorReport {
  const anchor = parseAnchor("anchor.example:443");
  if (anchor === null) throw new Error("the test's anchor can't be read");
  return { anchor, family, lookup, sight };
}

const healthy = (...sights: AnchorSight[]) =>
  judgeFamily(
    "ip6",
    sights.map((sight) => report(sight)),
  ).healthy;

describe("a family", () => {
  test("needs two anchors that answered, or all where fewer have it, and at least one", () => {
    expect(healthy(ANSWERED, ANSWERED, silent)).toBe(true);
    expect(healthy(ANSWERED, silent, silent)).toBe(false);
    expect(healthy(ANSWERED, silent)).toBe(false);
    expect(healthy(ANSWERED, ABSENT, ABSENT)).toBe(true);
    expect(healthy(ABSENT, ABSENT)).toBe(false);
    expect(healthy()).toBe(false);
  });

  test("is not proven by the other family's anchors", () => {
    const others = [report(ANSWERED, FOUND, "ip4"), report(ANSWERED, FOUND, "ip4")];
    expect(judgeFamily("ip6", others).healthy).toBe(false);
  });

  test("is not proven from a source address that leads nowhere, and it says so", () => {
    const local: AnchorSight = { saw: "answered", source: "fd00::2", sourceFault: "unique_local" };
    const { healthy, why, sourceAddress } = judgeFamily("ip6", [report(local), report(local)]);
    expect(healthy).toBe(false);
    expect(sourceAddress).toBe("fd00::2");
    expect(why).toContain("fd00::2 is not globally usable (unique_local)");
  });

  test("that fails says of each anchor what it did", () => {
    const { why } = judgeFamily("ip6", [report(silent), report(impostor), report(ANSWERED)]);
    expect(why).toContain("1 of 3 anchors answered");
    expect(why).toContain("anchor.example:443 can't be reached: no route");
    expect(why).toContain("anchor.example:443 was answered by somebody else (tls_hostname)");
  });
});

describe("the source address", () => {
  const none = addressPolicy([]);

  test.each<[string, Family, string | null]>([
    ["2001:ee0::1", "ip6", null],
    ["fd00::1", "ip6", "unique_local"],
    ["fe80::1", "ip6", "link_local"],
    ["2002:c000:204::1", "ip6", "6to4"],
    ["2001:0:1:2:3:4:5:6", "ip6", "teredo"],
    ["::1", "ip6", "loopback"],
    ["203.162.0.1", "ip4", null],
    ["192.168.1.2", "ip4", null],
    ["100.64.0.9", "ip4", null],
    ["127.0.0.1", "ip4", "loopback"],
    ["169.254.3.4", "ip4", "link_local"],
    ["", "ip4", "not_an_address"],
  ])("%s over %s is judged as %s", (source, family, fault) => {
    expect(sourceFault(source, family, none)).toBe(fault);
  });

  test("in an allowed network is good for both families", () => {
    const parsed = parseNetworks("127.0.0.0/8,fd00::/8");
    if ("wrong" in parsed) throw new Error(parsed.wrong);
    const policy = addressPolicy(parsed.networks);
    expect(sourceFault("127.0.0.1", "ip4", policy)).toBe(null);
    expect(sourceFault("fd00::1", "ip6", policy)).toBe(null);
  });
});

/** What the resolver is judged as, in one word. */
function judge(
  reports: readonly AnchorReport[],
  bothFamiliesExpected = false,
  control: readonly DnsAnswer[] = [],
) {
  const { usable, doubtful = false } = judgeResolver(reports, { bothFamiliesExpected, control });
  return usable && doubtful ? "doubtful" : usable;
}

describe("the resolver", () => {
  test("is proven by addresses for one of the anchors' names", () => {
    expect(judge([report(ANSWERED), report(silent, TIMEOUT)])).toBe(true);
    expect(judge([report(silent, NXDOMAIN), report(ABSENT, NODATA)])).toBe(false);
    expect(judge([report(silent, TIMEOUT)], false, [FOUND])).toBe(false);
  });

  test("is proven by any well-formed answer where no anchor has a name", () => {
    const literal = [report(ANSWERED, null)];
    const refused: DnsAnswer = { kind: "failed", failure: "dns_refused", code: "EREFUSED" };
    expect(judge(literal, false, [NXDOMAIN])).toBe(true);
    expect(judge(literal, false, [refused])).toBe(true);
    expect(judge(literal, false, [TIMEOUT, TIMEOUT])).toBe(false);
    expect(judge(literal)).toBe(false);
  });

  test("is doubtful where impostors answer and no anchor is verified in either family", () => {
    expect(judge([report(impostor), report(silent)])).toBe("doubtful");
    expect(judge([report(impostor), report(ANSWERED, FOUND, "ip4")])).toBe(true);
    expect(judge([report(impostor, null)], false, [TIMEOUT])).toBe(false);
    const { why } = judgeResolver([report(impostor, null)], {
      bothFamiliesExpected: false,
      control: [TIMEOUT],
    });
    expect(why).toBe("Not usable: it does not answer (dns_timeout).");
  });

  test("is doubtful where it withholds the IPv6 addresses that the built-in anchors have", () => {
    const found4 = [report(ANSWERED, FOUND, "ip4"), report(ABSENT, NODATA, "ip6")];
    expect(judge(found4, true)).toBe("doubtful");
    expect(judge(found4, false)).toBe(true);
  });
});
