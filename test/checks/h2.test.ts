import type { AnswerSight } from "../../src/domain/audit/host.ts";
import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import {
  ADDRESSES,
  arrived,
  type Draft,
  http,
  redirect,
  REFUSED,
  URL_OF_PORTAL,
} from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const plain = (answer: Draft<AnswerSight>) => (o: Observation) =>
  void (one(o, "ip4").plain = answer);
const family = "ip4" as const;

describeCheck("H2", [
  { when: "port 80 redirects to HTTPS of the same host", family, gives: ["pass", "redirects"] },
  {
    when: "port 80 redirects to another port of the same host",
    change: plain(redirect("https://portal.example.gov.vn:8443/")),
    family,
    gives: ["pass", "redirects"],
  },
  {
    when: "port 80 is closed",
    change: (o) => {
      for (const address of visited(o, family)) {
        Object.assign(address, { http: REFUSED, plain: { unseen: "not_reached" } });
      }
    },
    family,
    gives: ["pass", "port_80_closed"],
  },
  {
    when: "one of two addresses serves the page in plain text",
    change: plain(http()),
    family,
    gives: ["fail", "http_served"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "the first hop stays in plain text",
    change: plain(redirect("http://www.portal.example.gov.vn/")),
    family,
    gives: ["fail", "first_hop_not_https"],
  },
  {
    when: "a later hop leads back to plain text",
    change: (o) => {
      const hops = [URL_OF_PORTAL, "http://portal.example.gov.vn/login"];
      o.facts.chains.ip4 = arrived("https://portal.example.gov.vn/x", ADDRESSES.ip4[0], hops);
    },
    family,
    gives: ["fail", "downgrade"],
  },
  {
    when: "it redirects to HTTPS of another host",
    change: plain(redirect("https://www.portal.example.gov.vn/")),
    family,
    gives: ["warn", "https_other_host"],
  },
  {
    when: "it redirects with 303",
    change: plain(redirect(URL_OF_PORTAL, 303)),
    family,
    gives: ["warn", "redirect_other_status"],
  },
  {
    when: "port 80 answers 404",
    change: plain(http({ status: 404 })),
    family,
    gives: ["warn", "http_error"],
  },
  {
    when: "port 80 opens and says nothing",
    change: plain(http({ outcome: "failed", kind: "http_timeout", status: null })),
    family,
    gives: ["warn", "http_no_answer"],
  },
  {
    when: "a wall answers on port 80",
    change: plain(http({ status: 403 })),
    family,
    gives: ["unknown", "waf_suspected"],
  },
  {
    when: "port 80 was not seen at one of two addresses",
    change: (o) => void (one(o, family).plain = { unseen: "deadline" }),
    family,
    gives: ["unknown", "deadline"],
  },
  {
    when: "there is plain text where HTTPS was not tried",
    change: (o) => {
      plain(http())(o);
      one(o, family).https = { unseen: "deadline" };
    },
    family,
    gives: ["unknown", "deadline"],
  },
  {
    when: "there is no HTTPS to lead to",
    change: (o) => {
      for (const address of visited(o, family)) address.https = REFUSED;
    },
    family,
    gives: ["not_applicable", "port_443_closed"],
  },
  {
    when: "the name has no A record",
    change: (o) => withoutFamily(o, "ip4"),
    family,
    gives: ["not_applicable", "no_ip4_address"],
  },
]);
