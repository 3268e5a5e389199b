import { describe, expect, test } from "vitest";
import { CURRENT_RULES, judge } from "../../src/checks/index.ts";
import type { LightProbeHistory, ReadinessLevel } from "../../src/domain/readiness.ts";
import { entry, one, seen, visited, withoutFamily, zoneOf } from "./support/parts.ts";
import { http, portal, REFUSED, tls } from "./support/portal.ts";

type Change = NonNullable<Parameters<typeof portal>[0]>;
const GOOD: LightProbeHistory = { days: 30, successRatio: { ip4: 1, ip6: 1 } };
const levelOf = (change?: Change, history: LightProbeHistory | null = GOOD) =>
  judge(portal(change), { rules: CURRENT_RULES, history }).level;

const closed: Change = (o) => {
  for (const address of visited(o, "ip6"))
    Object.assign(address, { https: REFUSED, http: REFUSED });
};
const only80 = (o: Parameters<Change>[0], family: "ip4" | "ip6") => {
  for (const address of visited(o, family)) address.https = REFUSED;
};

/** What a portal is with one thing wrong: level, the best that is possible, and what blocks the next level. */
const LADDER: readonly [string, Change, ReadinessLevel, ReadinessLevel, string][] = [
  ["nothing is wrong", () => undefined, "L5", "L5", ""],
  ["there is no IPv4", (o) => withoutFamily(o, "ip4"), "L5", "L5", ""],
  ["the name has no AAAA", (o) => withoutFamily(o, "ip6"), "L0", "L0", "D1 no_data"],
  [
    "the resolver fails",
    (o) => void (entry(o).name.answers.ip6.outcome = "servfail"),
    "U",
    "L5",
    "",
  ],
  ["this place has no IPv6", (o) => void (o.facts.gate.before.families.ip6 = false), "U", "L5", ""],
  [
    "this place lost IPv6 while nothing answered",
    (o) => {
      closed(o);
      o.facts.gate.after.families.ip6 = false;
    },
    "U",
    "L5",
    "",
  ],
  [
    "an address is one of an inner network",
    (o) =>
      void Object.assign(entry(o).name.answers.ip6.addresses[0] ?? {}, {
        special: "unique_local",
        usable: false,
      }),
    "LX",
    "LX",
    "D2 special_unique_local",
  ],
  ["no IPv6 address opens a port", closed, "LX", "LX", "W1 none_open"],
  ["IPv6 opens 80 only, and IPv4 443", (o) => only80(o, "ip6"), "LX", "LX", "W1 only_port_80"],
  [
    "both families open 80 only",
    (o) => {
      only80(o, "ip4");
      only80(o, "ip6");
    },
    "L1",
    "L1",
    "W1 only_port_80",
  ],
  [
    "IPv6 opens 80 only, and there is no IPv4",
    (o) => {
      withoutFamily(o, "ip4");
      only80(o, "ip6");
    },
    "L1",
    "L1",
    "W1 only_port_80",
  ],
  ["IPv6 opens 443, and IPv4 80 only", (o) => only80(o, "ip4"), "L3", "L3", "W5 port_443_closed"],
  [
    "one address is closed and the other was not tried",
    (o) => {
      closed(o);
      one(o, "ip6").https = { unseen: "deadline" };
    },
    "U",
    "L1",
    "",
  ],
  [
    "one of two addresses is closed",
    (o) => void (one(o, "ip6").https = REFUSED),
    "L1",
    "L1",
    "W1 some_closed",
  ],
  [
    "TLS fails at one of two addresses",
    (o) => void (one(o, "ip6").tls = { ...tls(), outcome: "timeout", protocol: null }),
    "L1",
    "L1",
    "W2 tls_timeout_after_tcp",
  ],
  [
    "IPv6 answers 500",
    (o) => void (one(o, "ip6").answer = http({ status: 500 })),
    "L1",
    "L1",
    "W5 http_error",
  ],
  [
    "IPv6 was not asked over HTTP",
    (o) => void (one(o, "ip6").answer = { unseen: "deadline" }),
    "L1",
    "L5",
    "W5 deadline",
  ],
  [
    "port 80 is closed over IPv6",
    (o) => {
      for (const address of visited(o, "ip6")) address.http = REFUSED;
    },
    "L5",
    "L5",
    "",
  ],
  [
    "the certificate has expired over IPv6",
    (o) => void (one(o, "ip6").tls = { ...tls(), certificateFaults: ["tls_expired"] }),
    "L2",
    "L2",
    "W3 expired",
  ],
  [
    "it redirects in a circle",
    (o) => void (seen(o.facts.chains.ip6).outcome = "loop"),
    "L2",
    "L2",
    "W6 redirect_loop",
  ],
  [
    "the page differs",
    (o) => void (seen(o.facts.page.parity).similarity = 0.2),
    "L3",
    "L3",
    "W7 text_differs",
  ],
  [
    "IPv4 answers 500 where IPv6 works",
    (o) => void (one(o, "ip4").answer = http({ status: 500 })),
    "L3",
    "L3",
    "W5 http_error",
  ],
  [
    "one name server answers over IPv6",
    (o) => void zoneOf(o).servers.pop(),
    "L3",
    "L3",
    "D3 only_one",
  ],
  [
    "the delegation can't be crossed over IPv6",
    (o) => {
      const blockedAt = { zone: "gov.vn", fault: "ns_without_aaaa" };
      Object.assign(seen(zoneOf(o).walk), { outcome: "blocked", blockedAt });
    },
    "L4",
    "L4",
    "D4 ns_without_aaaa",
  ],
  [
    "a host of its own has no AAAA",
    (o) => void Object.assign(seen(o.facts.page.resources).hosts[0] ?? {}, { ip6: "no_address" }),
    "L4",
    "L4",
    "W8 own_host_missing",
  ],
  [
    "a third party has no AAAA",
    (o) => void Object.assign(seen(o.facts.page.resources).hosts[1] ?? {}, { ip6: "no_address" }),
    "L5",
    "L5",
    "",
  ],
];

describe("the readiness level", () => {
  test.each(LADDER)("where %s", (_, change, level, possible, blocked) => {
    const reading = levelOf(change);
    expect([reading.level, reading.possible]).toEqual([level, possible]);
    expect(reading.blockers.map(({ check, reason }) => `${check} ${reason}`).join()).toBe(blocked);
  });

  test("is provisional L3 until there are thirty days of light probes", () => {
    expect(levelOf(undefined, { ...GOOD, days: 12 })).toMatchObject({
      level: "L3",
      possible: "L5",
      provisionalDays: 12,
      blockers: [{ check: "W5", family: "ip6", reason: "history_short" }],
    });
    expect(levelOf(undefined, null)).toMatchObject({ level: "L3", provisionalDays: 0 });
  });

  test("is not provisional where something else is in the way of L4", () => {
    const reading = levelOf((o) => void zoneOf(o).servers.pop(), null);
    expect(reading).toMatchObject({ level: "L3", possible: "L3", provisionalDays: null });
  });

  test.each([
    [{ ip4: 0.99, ip6: 0.99 }, "L5", ""],
    [{ ip4: 1, ip6: 0.99 }, "L5", ""],
    [{ ip4: null, ip6: 0.99 }, "L5", ""],
    [{ ip4: 0.98, ip6: 0.98 }, "L3", "success_low"],
    [{ ip4: 1, ip6: 0.985 }, "L3", "success_low,success_below_ip4"],
  ] as const)("with thirty days of success %o is %s", (successRatio, level, reasons) => {
    const reading = levelOf(undefined, { days: 30, successRatio });
    expect(reading.level).toBe(level);
    expect(reading.blockers.map(({ reason }) => reason).join()).toBe(reasons);
  });
});
