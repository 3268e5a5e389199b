import { describeCheck } from "./support/describe-check.ts";
import { seen, withoutFamily } from "./support/parts.ts";

type Observation = Parameters<typeof withoutFamily>[0];
const parity = (change: object) => (o: Observation) => {
  Object.assign(seen(o.facts.page.parity), change);
};

describeCheck("W7", [
  { when: "the pages are the same", gives: ["pass", "alike"] },
  {
    when: "they differ no more than two visits over IPv4",
    change: parity({ similarity: 0.7, baseline: 0.7, difference: "- tin mới" }),
    gives: ["pass", "within_noise"],
  },
  {
    when: "they differ a little more than the one pair of visits over IPv4 that there is to compare with",
    change: parity({ similarity: 0.59, baseline: 0.61, difference: "- tin mới" }),
    gives: ["pass", "within_noise"],
  },
  {
    when: "they differ by far more than two visits over IPv4 do",
    change: parity({ similarity: 0.3, baseline: 0.61, difference: "+ Welcome to nginx!" }),
    gives: ["warn", "text_differs"],
  },
  {
    when: "the text differs by more",
    change: parity({ similarity: 0.4, baseline: 0.98, difference: "+ Welcome to nginx!" }),
    gives: ["warn", "text_differs"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "the title differs",
    change: parity({ sameTitle: false }),
    gives: ["warn", "title_differs"],
  },
  {
    when: "visitors end up elsewhere",
    change: parity({ sameFinalUrl: false }),
    gives: ["warn", "final_url_differs"],
  },
  {
    when: "one page could not be had",
    change: (o) => void (o.facts.page.parity = { unseen: "not_reached" }),
    gives: ["unknown", "not_reached"],
  },
  {
    when: "there is no IPv4 to compare with",
    change: (o) => {
      withoutFamily(o, "ip4");
      o.facts.page.parity = { unseen: "not_reached" };
    },
    gives: ["not_applicable", "no_ip4_address"],
  },
]);
