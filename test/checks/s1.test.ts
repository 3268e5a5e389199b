import { describeCheck } from "./support/describe-check.ts";
import { entry, one, seen, visited } from "./support/parts.ts";
import { http, REFUSED } from "./support/portal.ts";

describeCheck("S1", [
  { when: "the headers are set", gives: ["pass", "headers_set"] },
  {
    when: "they are missing at one address",
    change: (o) => void (one(o, "ip6").answer = http()),
    gives: ["warn", "headers_missing"],
  },
  {
    when: "the page loads a picture over plain HTTP",
    change: (o) => {
      const mixed = { mixed: ["http://portal.example.gov.vn/a.png"], mixedCount: 1 };
      Object.assign(seen(o.facts.page.resources), mixed);
    },
    gives: ["warn", "mixed_content"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "an address was not seen",
    change: (o) => {
      for (const address of visited(o, "ip6")) address.answer = { unseen: "deadline" };
    },
    gives: ["unknown", "deadline"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of entry(o).addresses) address.https = REFUSED;
    },
    gives: ["not_applicable", "no_answer"],
  },
]);
