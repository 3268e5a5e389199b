import { describeCheck } from "./support/describe-check.ts";
import { seen } from "./support/parts.ts";
import type { portal } from "./support/portal.ts";

type Observation = Parameters<NonNullable<Parameters<typeof portal>[0]>>[0];
const txt = (change: object) => (o: Observation) => {
  Object.assign(seen(o.facts.page.securityTxt), change);
};

describeCheck("S2", [
  { when: "there is one, in date", gives: ["pass", "present"] },
  {
    when: "it has expired",
    change: txt({ expires: "2025-01-01T00:00:00Z" }),
    gives: ["warn", "expired"],
  },
  { when: "there is none", change: txt({ outcome: "absent" }), gives: ["warn", "absent"] },
  {
    when: "it is not well formed",
    change: txt({ outcome: "invalid" }),
    gives: ["warn", "invalid"],
  },
  {
    when: "it was not asked for",
    change: (o) => void (o.facts.page.securityTxt = { unseen: "deadline" }),
    gives: ["unknown", "deadline"],
  },
]);
