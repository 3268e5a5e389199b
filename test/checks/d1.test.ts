import { describeCheck } from "./support/describe-check.ts";
import { entry, withoutFamily } from "./support/parts.ts";

describeCheck("D1", [
  { when: "the name has AAAA records", gives: ["pass", "aaaa"] },
  {
    when: "the portal is registered by its IPv6 address",
    change: (o) => void (entry(o).host = "2001:db8:10::1"),
    gives: ["pass", "literal_ip6"],
  },
  {
    when: "two attempts agree that there is none",
    change: (o) => withoutFamily(o, "ip6"),
    gives: ["fail", "no_data"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "two attempts agree that there is no such name",
    change: (o) => {
      withoutFamily(o, "ip6");
      entry(o).name.answers.ip6.outcome = "nxdomain";
    },
    gives: ["fail", "nxdomain"],
  },
  {
    when: "the aliases lead back to themselves",
    change: (o) => {
      withoutFamily(o, "ip6");
      entry(o).name.answers.ip6.outcome = "cname_loop";
    },
    gives: ["fail", "cname_loop"],
  },
  {
    when: "there are more aliases than we follow",
    change: (o) => {
      withoutFamily(o, "ip6");
      entry(o).name.answers.ip6.outcome = "cname_limit";
    },
    gives: ["unknown", "cname_limit"],
  },
  {
    when: "no DNS message can carry the name, so that nobody was asked",
    change: (o) => {
      withoutFamily(o, "ip6");
      entry(o).host = `${"a".repeat(64)}.gov.vn`;
      Object.assign(entry(o).name.answers.ip6, { outcome: "nxdomain", attempts: [] });
    },
    gives: ["fail", "nxdomain"],
  },
  {
    when: "the portal is registered by its IPv4 address",
    change: (o) => {
      withoutFamily(o, "ip6");
      entry(o).host = "203.0.113.10";
      entry(o).name.answers.ip6.attempts = [];
    },
    gives: ["fail", "literal_ip4"],
  },
  {
    when: "one attempt says none and the other got no answer",
    change: (o) => {
      withoutFamily(o, "ip6");
      const attempt = entry(o).name.answers.ip6.attempts[1];
      if (attempt) attempt.outcome = "timeout";
    },
    gives: ["unknown", "one_answer_only"],
  },
  ...(
    [
      ["servfail", "resolver_failed"],
      ["timeout", "resolver_failed"],
      ["refused", "resolver_failed"],
      ["malformed", "resolver_failed"],
      ["resolver_down", "resolver_unusable"],
      ["not_asked", "not_reached"],
    ] as const
  ).map(([outcome, reason]) => ({
    when: `the resolver leaves it open (${outcome})`,
    change: (o: Parameters<typeof withoutFamily>[0]) => {
      withoutFamily(o, "ip6");
      entry(o).name.answers.ip6.outcome = outcome;
    },
    gives: ["unknown", reason] as const,
  })),
  {
    when: "the resolver denies it and is in doubt afterwards",
    change: (o) => {
      withoutFamily(o, "ip6");
      o.facts.gate.after = { ...o.facts.gate.after, resolverDoubtful: true };
    },
    gives: ["unknown", "resolver_doubtful"],
  },
  {
    when: "the resolver invents addresses (DNS64)",
    change: (o) => {
      withoutFamily(o, "ip6");
      o.facts.gate.before = { ...o.facts.gate.before, dns64Prefix: "64:ff9b::/96" };
    },
    gives: ["unknown", "vantage_dns64"],
  },
  {
    when: "this place has no IPv6, which the question does not need",
    change: (o) => {
      withoutFamily(o, "ip6");
      o.facts.gate.before.families = { ip4: true, ip6: false };
    },
    gives: ["fail", "no_data"],
  },
]);
