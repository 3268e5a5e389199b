import { expect, test } from "vitest";
import { describeCheck, findingOf } from "./support/describe-check.ts";
import { withoutFamily } from "./support/parts.ts";
import { portal } from "./support/portal.ts";

describeCheck("P1", [
  { when: "both take the same time", gives: ["pass", "not_slower"] },
  {
    when: "IPv6 is half as slow again, by less than 100 ms",
    change: (o) => void (o.timings.ip6.total = [229]),
    gives: ["pass", "not_slower"],
  },
  {
    when: "IPv6 takes three times as long",
    change: (o) => void (o.timings.ip6.total = [390, 400, 380]),
    gives: ["warn", "slower_over_ip6"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "nothing was measured over IPv6",
    change: (o) => void (o.timings.ip6.total = []),
    gives: ["unknown", "not_measured"],
  },
  {
    when: "there is no IPv4",
    change: (o) => withoutFamily(o, "ip4"),
    gives: ["not_applicable", "no_ip4_address"],
  },
]);

test("P1 keeps durations apart from evidence and says what it can't measure", () => {
  const { evidence, timings } = findingOf(portal(), "P1");
  expect(timings).toMatchObject({ ip4_total: 130, ip6_total: 130, total_ratio: 1 });
  expect(evidence["not_measured"]).toContain("first_contentful_paint");
});
