import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { http, REFUSED, tls } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const family = "ip6" as const;
const fields =
  (...fields: string[]) =>
  (o: Observation) => {
    const headers: Record<string, string[]> =
      fields.length === 0 ? {} : { "strict-transport-security": fields };
    one(o, family).answer = http({ headers });
  };

describeCheck("H3", [
  { when: "one field for a year", family, gives: ["pass", "hsts"] },
  { when: "no field at one address", change: fields(), family, gives: ["warn", "missing"] },
  {
    when: "two fields that say the same",
    change: fields("max-age=31536000", "max-age=31536000"),
    family,
    gives: ["warn", "repeated"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "two fields in one line",
    change: fields("max-age=31536000, max-age=31536000"),
    family,
    gives: ["warn", "invalid"],
  },
  {
    when: "max-age is 0",
    change: fields("max-age=0; includeSubDomains"),
    family,
    gives: ["warn", "switched_off"],
  },
  {
    when: "one second less than a year",
    change: fields("max-age=31535999"),
    family,
    gives: ["warn", "too_short"],
  },
  {
    when: "a wall answers without a field",
    change: (o) => void (one(o, family).answer = http({ wall: "captcha" })),
    family,
    gives: ["unknown", "waf_suspected"],
  },
  {
    when: "an answer was not seen",
    change: (o) => void (one(o, family).answer = { unseen: "deadline" }),
    family,
    gives: ["unknown", "deadline"],
  },
  {
    when: "nothing answers",
    change: (o) => {
      for (const address of visited(o, family)) {
        address.answer = http({ outcome: "failed", kind: "http_closed", status: null });
      }
    },
    family,
    gives: ["not_applicable", "no_answer"],
  },
  {
    when: "TLS fails everywhere",
    change: (o) => {
      for (const address of visited(o, family)) {
        address.tls = { ...tls(), outcome: "alert", protocol: null };
      }
    },
    family,
    gives: ["not_applicable", "no_answer"],
  },
  {
    when: "443 is closed everywhere",
    change: (o) => {
      for (const address of visited(o, family)) address.https = REFUSED;
    },
    family,
    gives: ["not_applicable", "port_443_closed"],
  },
  {
    when: "the name has no AAAA",
    change: (o) => withoutFamily(o, family),
    family,
    gives: ["not_applicable", "no_ip6_address"],
  },
]);
