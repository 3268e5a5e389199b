import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import { type Blackbox, startBlackbox } from "./support/blackbox.ts";
import { type Sample, valueOf } from "./support/exposition.ts";
import { type LabService, startLabService } from "./support/lab-service.ts";

/** What both programs say of one visit, by the names that both use. */
const COMPARED = [
  "probe_success",
  "probe_http_status_code",
  "probe_http_redirects",
  "probe_ssl_earliest_cert_expiry",
] as const;

let lab: Lab;
let blackbox: Blackbox;
let service: LabService;

beforeAll(async () => {
  lab = await startLab({
    only: [
      "healthy",
      "http-500",
      "expired",
      "redirect-good",
      "redirect-family-gap",
      "redirect-ipv6-only",
    ],
  });
  [blackbox, service] = await Promise.all([startBlackbox(lab), startLabService(lab)]);
});

afterAll(async () => {
  await service?.stop();
  await blackbox?.stop();
  await lab?.stop();
});

function facts(samples: readonly Sample[]): Record<string, number | null> {
  return Object.fromEntries(COMPARED.map((name) => [name, valueOf(samples, name)]));
}

async function both(id: string, family: Family) {
  const { url } = lab.portal(id);
  const [theirs, ours] = await Promise.all([
    blackbox.probe(url, family),
    service.probe(url, family),
  ]);
  return { theirs: facts(theirs), ours: facts(ours) };
}

describe.each(FAMILIES)("over %s", (family) => {
  test.each([
    ["healthy", 1, 200],
    ["redirect-good", 1, 200],
    ["http-500", 0, 500],
  ])("%s looks as it does to blackbox_exporter", async (id, success, status) => {
    const { theirs, ours } = await both(id, family);
    expect(theirs).toMatchObject({ probe_success: success, probe_http_status_code: status });
    expect(ours).toEqual(theirs);
  });

  test("an expired certificate fails there and here, and here it is still known when it expired", async () => {
    const { theirs, ours } = await both("expired", family);
    expect(theirs).toMatchObject({ probe_success: 0, probe_ssl_earliest_cert_expiry: null });
    expect(ours.probe_success).toBe(0);
    expect(ours.probe_ssl_earliest_cert_expiry).toBeLessThan(Date.now() / 1000);
    expect(ours.probe_ssl_earliest_cert_expiry).toBeGreaterThan(0);
  });

  test("the scheduled series of the healthy portal say the same", async () => {
    const { theirs } = await both("healthy", family);
    expect(facts(await service.series(lab.portal("healthy").url, family))).toEqual(theirs);
  });
});

describe("a redirect that leaves the family", () => {
  test.each([
    ["redirect-family-gap", "ip6"],
    ["redirect-ipv6-only", "ip4"],
  ] as const)("%s over %s passes there and fails here", async (id, family) => {
    const { theirs, ours } = await both(id, family);
    expect(theirs.probe_success).toBe(1);
    expect(ours.probe_success).toBe(0);
  });
});
