import { describeCheck } from "./support/describe-check.ts";
import { seen } from "./support/parts.ts";
import type { portal } from "./support/portal.ts";

type Observation = Parameters<NonNullable<Parameters<typeof portal>[0]>>[0];
const mail = (o: Observation) => seen(o.facts.mail);

describeCheck("M1", [
  { when: "every server accepts", gives: ["pass", "all_accept"] },
  {
    when: "one of two is closed while the other shows that port 25 can be reached",
    change: (o) => {
      const [first] = mail(o).servers;
      if (first) first.accepts = { open: false };
    },
    gives: ["warn", "some_accept"],
    causes: ["host mx1.example.gov.vn"],
  },
  {
    when: "none has an AAAA",
    change: (o) => {
      for (const server of mail(o).servers) server.ip6 = [];
    },
    gives: ["warn", "no_aaaa"],
  },
  {
    when: "port 25 is closed everywhere, as from many networks",
    change: (o) => {
      for (const server of mail(o).servers) server.accepts = { open: false };
    },
    gives: ["unknown", "port_25_unclear"],
  },
  {
    when: "a server was not asked",
    change: (o) => {
      for (const server of mail(o).servers) server.accepts = { unseen: "deadline" };
    },
    gives: ["unknown", "deadline"],
  },
  {
    when: "the domain takes no mail",
    change: (o) => void Object.assign(mail(o), { outcome: "null_mx", servers: [] }),
    gives: ["not_applicable", "null_mx"],
  },
  {
    when: "the domain has no mail servers",
    change: (o) => void Object.assign(mail(o), { outcome: "none", servers: [] }),
    gives: ["not_applicable", "no_mail"],
  },
]);
