import { describe, expect, test } from "vitest";
import { type FailureKind, failure } from "../../src/domain/failure.ts";
import { createPortalMetrics } from "../../src/metrics/portal-store.ts";
import { certificate, failedResult, result, START } from "../store/helpers/results.ts";
import { parseExposition } from "./parse-exposition.ts";

const INTERVAL_MS = 60_000;

function store() {
  const clock = { now: START };
  const metrics = createPortalMetrics({
    vantage: "local",
    intervalMs: INTERVAL_MS,
    clock: () => clock.now,
  });
  metrics.setPortal({
    portal: 1,
    slug: "hanoi",
    url: "https://hanoi.gov.vn/",
    kind: "portal",
    ownerType: "province",
    counted: true,
    agency: "province-01",
    province: "01",
  });
  const samples = async (name: string) =>
    parseExposition(await new Response(metrics.scrape()).text()).samples.filter(
      (sample) => sample.name === name,
    );
  const issuers = async () =>
    (await samples("portal_certificate_info")).map(({ labels }) => labels["issuer"]);
  return { metrics, clock, samples, issuers };
}

const issued = (issuer: string) => certificate("a", { issuer });
const failed = (kind: FailureKind, issuer = "O=Example Trust") =>
  failedResult({ failure: failure(kind), certificate: issued(issuer) });

describe("the dates of the certificate", () => {
  test("are those of the leaf, also where it is expired", async () => {
    const { metrics, samples } = store();
    metrics.record(failed("tls_expired"));
    const labels = { instance: "https://hanoi.gov.vn/", family: "ip4", vantage: "local" };
    for (const [name, day] of [
      ["probe_ssl_cert_not_before_timestamp_seconds", "2026-01-01"],
      ["probe_ssl_cert_not_after_timestamp_seconds", "2027-01-01"],
    ] as const) {
      expect(await samples(name)).toEqual([{ name, labels, value: Date.parse(day) / 1000 }]);
    }
  });

  test("go with a run that saw none, and with runs that are too old to be shown", async () => {
    const { metrics, clock, samples, issuers } = store();
    metrics.record(result());
    metrics.record(failedResult({ startedAt: START + 60_000 }));
    expect(await samples("probe_ssl_cert_not_after_timestamp_seconds")).toEqual([]);
    expect(await issuers()).toEqual([]);
    metrics.record(result({ startedAt: START + 120_000 }));
    expect(await issuers()).toHaveLength(1);
    clock.now += 3_600_000;
    expect(await issuers()).toEqual([]);
  });
});

describe("portal_certificate_info", () => {
  test.each([
    ["C=US, O=Let's Encrypt, CN=R11", "Let's Encrypt"],
    ["C=US, O=DigiCert\\, Inc., OU=www.digicert.com, CN=G2", "DigiCert, Inc."],
    ['C=VN, O=Công ty "A" \\+ B, CN=CA', 'Công ty "A" + B'],
    ["CN=Root without organisation", "Root without organisation"],
    ["", "unnamed"],
  ])("names the organisation in %s", async (issuer, organisation) => {
    const { metrics, samples } = store();
    metrics.record(result({ certificate: issued(issuer) }));
    expect(await samples("portal_certificate_info")).toEqual([
      {
        name: "portal_certificate_info",
        labels: {
          portal: "hanoi",
          instance: "https://hanoi.gov.vn/",
          issuer: organisation,
          key_type: "ec",
        },
        value: 1,
      },
    ]);
  });

  test.each(["tls_self_signed", "tls_untrusted", "tls_incomplete_chain", "tls_expired"] as const)(
    "names nobody where the run ends by %s",
    async (kind) => {
      const { metrics, issuers } = store();
      metrics.record(failed(kind));
      expect(await issuers()).toEqual(["untrusted"]);
    },
  );

  test.each(["tls_hostname", "http_status"] as const)(
    "names the issuer where the run ends by %s, for the chain holds",
    async (kind) => {
      const { metrics, issuers } = store();
      metrics.record(failed(kind));
      expect(await issuers()).toEqual(["Example Trust"]);
    },
  );

  test("accuses nobody where our own side spoilt the run", async () => {
    const { metrics, issuers, samples } = store();
    metrics.record(result({ outcome: "unknown", failure: failure("event_loop_lag") }));
    expect(await issuers()).toEqual([]);
    expect(await samples("probe_ssl_cert_not_after_timestamp_seconds")).toHaveLength(1);
  });

  test("is one per portal: the untrusted one, else that of IPv4", async () => {
    const { metrics, issuers } = store();
    metrics.record(result({ family: "ip6", certificate: issued("O=Six") }));
    expect(await issuers()).toEqual(["Six"]);
    metrics.record(result({ certificate: issued("O=Four") }));
    expect(await issuers()).toEqual(["Four"]);
    metrics.record({ ...failed("tls_untrusted"), family: "ip6", startedAt: START + 60_000 });
    expect(await issuers()).toEqual(["untrusted"]);
  });
});
