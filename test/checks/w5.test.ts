import type { AnswerSight } from "../../src/domain/audit/host.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { type Draft, http, redirect, REFUSED, tls } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const all = (o: Observation, family: Family, answer: Draft<AnswerSight>) => {
  for (const address of visited(o, family)) address.answer = answer;
};
const both = (answer: Draft<AnswerSight>) => (o: Observation) => {
  for (const family of FAMILIES) all(o, family, answer);
};
const silent = http({ outcome: "failed", kind: "http_timeout", status: null, failedTries: 3 });

describeCheck("W5", [
  { when: "the server answers 200", family: "ip6", gives: ["pass", "answers"] },
  {
    when: "the server redirects",
    change: both(redirect("https://portal.example.gov.vn/vi")),
    family: "ip6",
    gives: ["pass", "answers"],
  },
  {
    when: "one of two addresses answers 502 and IPv4 works",
    change: (o) => void (one(o, "ip6").answer = http({ status: 502 })),
    family: "ip6",
    gives: ["fail", "http_error"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "IPv6 gets 403 where IPv4 is let in",
    change: (o) => all(o, "ip6", http({ status: 403 })),
    family: "ip6",
    gives: ["fail", "http_error"],
  },
  {
    when: "IPv6 gets no answer and IPv4 works",
    change: (o) => all(o, "ip6", silent),
    family: "ip6",
    gives: ["fail", "no_answer"],
  },
  {
    when: "both answer 500",
    change: both(http({ status: 500 })),
    family: "ip6",
    gives: ["warn", "http_error_both"],
  },
  {
    when: "neither answers",
    change: both(silent),
    family: "ip6",
    gives: ["warn", "no_answer_both"],
  },
  {
    when: "IPv6 answers 500 and there is no IPv4",
    change: (o) => {
      all(o, "ip6", http({ status: 500 }));
      withoutFamily(o, "ip4");
    },
    family: "ip6",
    gives: ["warn", "http_error_uncompared"],
  },
  {
    when: "IPv6 does not answer and IPv4 was not seen",
    change: (o) => {
      all(o, "ip6", silent);
      for (const address of visited(o, "ip4")) address.answer = { unseen: "deadline" };
    },
    family: "ip6",
    gives: ["warn", "no_answer_uncompared"],
  },
  {
    when: "both answer 403",
    change: both(http({ status: 403 })),
    family: "ip6",
    gives: ["unknown", "waf_suspected"],
  },
  {
    when: "a captcha page answers over IPv6 only",
    change: (o) => all(o, "ip6", http({ status: 200, wall: "captcha" })),
    family: "ip6",
    gives: ["unknown", "waf_suspected"],
  },
  {
    when: "both answer 429",
    change: both(http({ status: 429 })),
    family: "ip6",
    gives: ["unknown", "waf_suspected"],
  },
  {
    when: "our own sockets ran out",
    change: (o) => all(o, "ip6", http({ outcome: "failed", kind: "own_sockets", status: null })),
    family: "ip6",
    gives: ["unknown", "own_fault"],
  },
  {
    when: "TLS fails everywhere",
    change: (o) => {
      for (const address of visited(o, "ip6")) {
        address.tls = { ...tls(), outcome: "alert", protocol: null, chain: [] };
        address.answer = { unseen: "not_reached" };
      }
    },
    family: "ip6",
    gives: ["not_applicable", "no_handshake"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of visited(o, "ip6")) address.https = REFUSED;
    },
    family: "ip6",
    gives: ["not_applicable", "port_443_closed"],
  },
]);
