import { describeCheck } from "./support/describe-check.ts";
import { entry, one, visited, withoutFamily } from "./support/parts.ts";
import { REFUSED, TIMED_OUT } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const close = (o: Observation, port: "https" | "http") => {
  for (const address of visited(o, "ip6")) address[port] = TIMED_OUT;
};

describeCheck("W1", [
  { when: "443 opens everywhere", family: "ip6", gives: ["pass", "all_open"] },
  { when: "443 opens everywhere", family: "ip4", gives: ["pass", "all_open"] },
  {
    when: "port 80 is closed over IPv6 and open over IPv4",
    change: (o) => close(o, "http"),
    family: "ip6",
    gives: ["warn", "port_80_differs"],
  },
  {
    when: "443 is closed at one of two addresses",
    change: (o) => void (one(o, "ip6").https = REFUSED),
    family: "ip6",
    gives: ["warn", "some_closed"],
    causes: ["address 2001:db8:10::1"],
  },
  {
    when: "a port of its own is closed at one of two addresses: others at that address have nothing to do with it",
    change: (o) => {
      one(o, "ip6").https = REFUSED;
      o.facts.hosts[0]!.httpsPort = 8443;
    },
    family: "ip6",
    gives: ["warn", "some_closed"],
    causes: ["address [2001:db8:10::1]:8443"],
  },
  {
    when: "443 and 80 are closed everywhere",
    change: (o) => {
      close(o, "https");
      close(o, "http");
    },
    family: "ip6",
    gives: ["fail", "none_open"],
    causes: ["address 2001:db8:10::1", "address 2001:db8:10::2"],
  },
  {
    when: "only 80 opens",
    change: (o) => close(o, "https"),
    family: "ip6",
    gives: ["fail", "only_port_80"],
  },
  {
    when: "443 is closed and 80 was not tried",
    change: (o) => {
      close(o, "https");
      for (const address of visited(o, "ip6")) address.http = { unseen: "deadline" };
    },
    family: "ip6",
    gives: ["fail", "port_443_closed"],
  },
  {
    when: "443 opens at one address and was not tried at the other",
    change: (o) => void (one(o, "ip6").https = { unseen: "deadline" }),
    family: "ip6",
    gives: ["unknown", "partly_seen"],
  },
  {
    when: "443 is closed at one address and was not tried at the other",
    change: (o) => {
      close(o, "https");
      one(o, "ip6").https = { unseen: "deadline" };
    },
    family: "ip6",
    gives: ["warn", "some_closed_rest_unseen"],
  },
  {
    when: "there are more addresses than were visited",
    change: (o) => void (entry(o).name.answers.ip6.beyond = 1),
    family: "ip6",
    gives: ["unknown", "partly_seen"],
  },
  {
    when: "this place lost IPv6 on the way",
    change: (o) => {
      close(o, "https");
      o.facts.gate.after = { ...o.facts.gate.after, families: { ip4: true, ip6: false } };
    },
    family: "ip6",
    gives: ["unknown", "vantage_no_ipv6"],
  },
  {
    when: "the name has no A record",
    change: (o) => withoutFamily(o, "ip4"),
    family: "ip4",
    gives: ["not_applicable", "no_ip4_address"],
  },
  {
    when: "the only addresses are special ones that D2 speaks of",
    change: (o) => {
      entry(o).name.answers.ip6.addresses = [
        { address: "fd00::1", special: "unique_local", usable: false },
      ];
    },
    family: "ip6",
    gives: ["not_applicable", "no_ip6_address"],
  },
]);
