import { expect, test } from "vitest";
import type { ResourceReach } from "../../src/domain/audit/page.ts";
import { describeCheck, findingOf } from "./support/describe-check.ts";
import { seen } from "./support/parts.ts";
import { portal, resource } from "./support/portal.ts";

type Observation = Parameters<NonNullable<Parameters<typeof portal>[0]>>[0];
const reach = (own: ResourceReach, third: ResourceReach) => (o: Observation) => {
  const [first, second] = seen(o.facts.page.resources).hosts;
  if (first) first.ip6 = own;
  if (second) second.ip6 = third;
};

describeCheck("W8", [
  { when: "every host works", gives: ["pass", "all_work"] },
  {
    when: "the page loads nothing",
    change: (o) => void (seen(o.facts.page.resources).hosts = []),
    gives: ["pass", "no_resources"],
  },
  {
    when: "a host of the own domain has no AAAA",
    change: reach("no_address", "unreachable"),
    gives: ["fail", "own_host_missing"],
    causes: ["host static.example.gov.vn"],
  },
  {
    when: "a third party can't be reached",
    change: reach("works", "unreachable"),
    gives: ["warn", "third_party_missing"],
    causes: ["host fonts.example.net"],
  },
  {
    when: "a third party has no AAAA and the own host is not known",
    change: reach("unknown", "no_address"),
    gives: ["warn", "third_party_missing_own_unsure"],
  },
  {
    when: "an own host has no address over either family, so that it is broken for everybody",
    change: reach("no_address_at_all", "works"),
    gives: ["pass", "all_work"],
  },
  {
    when: "a host has no AAAA by a resolver that is in doubt afterwards",
    change: (o) => {
      reach("no_address", "works")(o);
      o.facts.gate.after = { ...o.facts.gate.after, resolverDoubtful: true };
    },
    gives: ["unknown", "resolver_doubtful"],
  },
  {
    when: "a host could not be tried, because this place has no IPv6",
    change: (o) => {
      reach("works", "unknown")(o);
      o.facts.gate.before = { ...o.facts.gate.before, families: { ip4: true, ip6: false } };
    },
    gives: ["unknown", "vantage_no_ipv6"],
  },
  {
    when: "a host is not known",
    change: reach("works", "unknown"),
    gives: ["unknown", "resolver_failed"],
  },
  {
    when: "there were more hosts than were looked at",
    change: (o) => void (seen(o.facts.page.resources).beyondHosts = 5),
    gives: ["unknown", "limit"],
  },
  {
    when: "the page was not had",
    change: (o) => void (o.facts.page.resources = { unseen: "not_reached" }),
    gives: ["unknown", "not_reached"],
  },
]);

test("W8 tells the share by hosts and by addresses of files, and counts nothing that is not known", () => {
  const observation = portal((o) => {
    const { hosts } = seen(o.facts.page.resources);
    hosts.push({ ...resource("anh.example.gov.vn", true), ip6: "no_address", urls: 6 });
    hosts.push({ ...resource("x.example.net", false), ip6: "unknown", urls: 100 });
    hosts.push({ ...resource("gone.gov.vn", true), ip6: "no_address_at_all", urls: 50 });
  });
  expect(findingOf(observation, "W8").evidence).toMatchObject({
    by_host: 0.667,
    by_url: 0.8,
    not_working: [{ ip6: "no_address" }, { ip6: "unknown" }, { ip6: "no_address_at_all" }],
  });
});
