import { describe, expect, test } from "vitest";
import { CURRENT_RULES, judge } from "../../src/checks/index.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { HttpsGrade } from "../../src/domain/readiness.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { http, portal, REFUSED, tls } from "./support/portal.ts";

type Change = NonNullable<Parameters<typeof portal>[0]>;
const close = (o: Parameters<Change>[0], family: Family, ...ports: ("https" | "http")[]) => {
  for (const address of visited(o, family)) {
    for (const port of ports) address[port] = REFUSED;
  }
};

const GRADES: readonly [string, Change, HttpsGrade, HttpsGrade, string][] = [
  ["nothing is wrong", () => undefined, "A", "A", ""],
  ["there is no IPv6", (o) => withoutFamily(o, "ip6"), "A", "A", ""],
  ["443 is closed over IPv6, which takes no part", (o) => close(o, "ip6", "https"), "A", "A", ""],
  ["one of two addresses is closed", (o) => void (one(o, "ip4").https = REFUSED), "A", "A", ""],
  ["HSTS is missing over one family", (o) => void (one(o, "ip6").answer = http()), "B", "B", "H3"],
  [
    "TLS 1.0 is accepted",
    (o) => void (one(o, "ip4").versions.TLSv1 = { outcome: "accepted", code: null }),
    "B",
    "B",
    "H4",
  ],
  [
    "whether TLS 1.0 is accepted is not known",
    (o) => void (one(o, "ip4").versions.TLSv1 = { unseen: "not_offered" }),
    "B",
    "A",
    "H4",
  ],
  ["plain HTTP is served", (o) => void (one(o, "ip4").plain = http()), "C", "C", "H2"],
  [
    "plain HTTP leads to another host",
    (o) => void (one(o, "ip4").plain = http({ status: 301, leadsTo: "https://x.gov.vn/" })),
    "C",
    "C",
    "H2",
  ],
  [
    "the certificate is bad over one family",
    (o) => void (one(o, "ip6").tls = { ...tls(), certificateFaults: ["tls_hostname"] }),
    "D",
    "D",
    "H1",
  ],
  [
    "TLS fails",
    (o) => void (one(o, "ip4").tls = { ...tls(), outcome: "alert", protocol: null }),
    "D",
    "D",
    "H1",
  ],
  [
    "443 is closed over both families and 80 answers",
    (o) => {
      for (const family of FAMILIES) close(o, family, "https");
    },
    "E",
    "E",
    "H1,H1",
  ],
  [
    "everything is closed",
    (o) => {
      for (const family of FAMILIES) close(o, family, "https", "http");
    },
    "U",
    "A",
    "",
  ],
  [
    "one family was not seen",
    (o) => {
      for (const address of visited(o, "ip6")) {
        Object.assign(address, { https: { unseen: "vantage_no_ipv6" } });
      }
    },
    "U",
    "A",
    "",
  ],
];

describe("the HTTPS grade", () => {
  test.each(GRADES)("where %s", (_, change, grade, possible, blocked) => {
    const reading = judge(portal(change), { rules: CURRENT_RULES, history: null }).grade;
    expect([reading.grade, reading.possible]).toEqual([grade, possible]);
    expect(reading.blockers.map(({ check }) => check).join()).toBe(blocked);
  });
});
