import { CUT_FAULTS } from "../../src/domain/audit/zone.ts";
import type { ReasonOf } from "../../src/domain/reasons/index.ts";
import { describeCheck } from "./support/describe-check.ts";
import { entry, seen, zoneOf } from "./support/parts.ts";

type Observation = Parameters<typeof zoneOf>[0];

const blocked = (fault: (typeof CUT_FAULTS)[number]) => (o: Observation) => {
  const walk = seen(zoneOf(o).walk);
  walk.outcome = "blocked";
  walk.addresses = [];
  walk.blockedAt = { zone: "gov.vn", fault };
};
const differs = (o: Observation) => void (seen(zoneOf(o).walk).outcome = "differs");
const glue = (state: "missing" | "differs") => (o: Observation) => {
  const [, , last] = seen(zoneOf(o).walk).cuts;
  if (last) last.glue = state;
};

const FAILS: Record<string, [ReasonOf<"D4">, string]> = {
  ns_without_aaaa: ["ns_without_aaaa", "name_server ns1.example.gov.vn"],
  glue_missing: ["required_glue_missing", "zone gov.vn"],
  out_of_zone_ns_unresolvable: ["out_of_zone_ns", "name_server ns1.example.gov.vn"],
  no_answer: ["no_answer", "name_server ns1.example.gov.vn"],
  lame: ["lame", "name_server ns1.example.gov.vn"],
  loop: ["loop", "zone gov.vn"],
};

const LATE = { unseen: "deadline" } as const;

describeCheck("D4", [
  { when: "the walk reaches the same addresses", gives: ["pass", "reached"] },
  {
    when: "a cut was crossed though glue is missing",
    change: glue("missing"),
    gives: ["warn", "glue_missing"],
    causes: ["zone example.gov.vn"],
  },
  {
    when: "a cut was crossed though glue differs from the zone",
    change: glue("differs"),
    gives: ["warn", "glue_differs"],
  },
  {
    when: "the walk finds other addresses, and servers say another thing over IPv6 than over IPv4",
    change: (o) => {
      differs(o);
      const [first] = seen(zoneOf(o).parity).servers;
      if (first) first.equal = false;
    },
    gives: ["warn", "addresses_differ"],
  },
  {
    when: "the walk finds no address, though the resolver does",
    change: (o) => {
      differs(o);
      seen(zoneOf(o).walk).addresses = [];
    },
    gives: ["warn", "addresses_differ"],
  },
  {
    when: "the walk finds other addresses from servers that answer by place, alike over both families",
    change: differs,
    gives: ["pass", "reached"],
  },
  {
    when: "the walk finds other addresses and both families could not be compared",
    change: (o) => {
      differs(o);
      zoneOf(o).parity = { unseen: "vantage_no_ipv4" };
    },
    gives: ["unknown", "vantage_no_ipv4"],
  },
  ...CUT_FAULTS.filter((fault) => fault in FAILS).map((fault) => {
    const [reason, cause] = FAILS[fault] ?? ["unsure", ""];
    const gives = ["fail", reason] as const;
    return {
      when: `a cut can't be crossed (${fault})`,
      change: blocked(fault),
      gives,
      causes: [cause],
    };
  }),
  {
    when: "a server limits our rate",
    change: blocked("rate_limited"),
    gives: ["unknown", "rate_limited"],
  },
  { when: "a bound of ours ended the walk", change: blocked("limit"), gives: ["unknown", "limit"] },
  {
    when: "the walk could not be finished",
    change: (o) => void (seen(zoneOf(o).walk).outcome = "unsure"),
    gives: ["unknown", "unsure"],
  },
  {
    when: "a server limited our rate, and the walk could not be finished",
    change: (o) => {
      blocked("rate_limited")(o);
      seen(zoneOf(o).walk).outcome = "unsure";
    },
    gives: ["unknown", "rate_limited"],
  },
  ...(["lame", "no_answer"] as const).map((fault) => ({
    when: `the name alone fails (${fault}) at servers that answer for the zone over IPv6`,
    change: (o: Observation) => {
      blocked(fault)(o);
      seen(zoneOf(o).walk).blockedAt = { zone: zoneOf(o).zone, fault };
    },
    gives: ["unknown", "unsure"] as const,
  })),
  {
    when: "the zone's servers are silent, and one of them could not be asked by itself",
    change: (o) => {
      blocked("no_answer")(o);
      seen(zoneOf(o).walk).blockedAt = { zone: zoneOf(o).zone, fault: "no_answer" };
      for (const { ip6 } of zoneOf(o).servers) {
        for (const address of ip6 ?? []) Object.assign(address, { udp: LATE, tcp: LATE });
      }
    },
    gives: ["unknown", "unsure"],
  },
  {
    when: "this place has no IPv6",
    change: (o) => {
      blocked("no_answer")(o);
      o.facts.gate.before = { ...o.facts.gate.before, families: { ip4: true, ip6: false } };
    },
    gives: ["unknown", "vantage_no_ipv6"],
  },
  {
    when: "the walk was not made",
    change: (o) => void (zoneOf(o).walk = { unseen: "vantage_no_ipv6" }),
    gives: ["unknown", "vantage_no_ipv6"],
  },
  {
    when: "the portal is registered by an address",
    change: (o) => void (entry(o).host = "2001:db8:10::1"),
    gives: ["not_applicable", "literal_address"],
  },
]);
