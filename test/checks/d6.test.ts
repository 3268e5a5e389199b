import { describeCheck } from "./support/describe-check.ts";
import { entry, seen, zoneOf } from "./support/parts.ts";

describeCheck("D6", [
  { when: "every server says the same over both families", gives: ["pass", "same"] },
  {
    when: "one says something else over IPv6",
    change: (o) => {
      const [first] = seen(zoneOf(o).parity).servers;
      if (first)
        Object.assign(first, { equal: false, ip6Records: ["SOA 2"], ip4Records: ["SOA 3"] });
    },
    gives: ["warn", "differs"],
    causes: ["name_server ns1.example.gov.vn"],
  },
  {
    when: "no server has both families",
    change: (o) => void (seen(zoneOf(o).parity).servers = []),
    gives: ["not_applicable", "nothing_to_compare"],
  },
  {
    when: "this place lost IPv4 on the way",
    change: (o) => {
      const [first] = seen(zoneOf(o).parity).servers;
      if (first) first.equal = false;
      o.facts.gate.after = { ...o.facts.gate.after, families: { ip4: false, ip6: true } };
    },
    gives: ["unknown", "vantage_no_ipv4"],
  },
  {
    when: "it was not asked",
    change: (o) => void (zoneOf(o).parity = { unseen: "deadline" }),
    gives: ["unknown", "deadline"],
  },
  {
    when: "the portal is registered by an address",
    change: (o) => void (entry(o).host = "2001:db8:10::1"),
    gives: ["not_applicable", "literal_address"],
  },
]);
