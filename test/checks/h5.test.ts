import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { http } from "./support/portal.ts";

describeCheck("H5", [
  { when: "H1 to H4 say the same over both families", gives: ["pass", "same"] },
  {
    when: "HSTS is missing over both",
    change: (o) => {
      for (const family of ["ip4", "ip6"] as const) one(o, family).answer = http();
    },
    gives: ["pass", "same"],
  },
  {
    when: "HSTS is missing over IPv6 only",
    change: (o) => void (one(o, "ip6").answer = http()),
    gives: ["warn", "differs"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "something was not seen over IPv6",
    change: (o) => {
      for (const address of visited(o, "ip6")) address.answer = { unseen: "deadline" };
    },
    gives: ["unknown", "not_reached"],
  },
  {
    when: "there is no IPv6",
    change: (o) => withoutFamily(o, "ip6"),
    gives: ["not_applicable", "nothing_to_compare"],
  },
]);
