import { describe, expect, test } from "vitest";
import { failure } from "../../src/domain/failure.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { renderProbe } from "../../src/metrics/probe-output.ts";
import { failedResult, result } from "../store/helpers/results.ts";
import { parseExposition } from "./parse-exposition.ts";

const URL = "https://portal.example.gov.vn/";

function valuesOf(run: ProbeResult, url = URL) {
  const { samples } = parseExposition(renderProbe(url, run));
  return Object.fromEntries(
    samples.map(({ name, labels, value }) => [[name, ...Object.values(labels)].join(" "), value]),
  );
}

describe("the output of one probe", () => {
  test("of a good run has blackbox_exporter's names and values", () => {
    expect(valuesOf(result())).toEqual({
      probe_success: 1,
      probe_duration_seconds: 0.13725,
      probe_dns_lookup_time_seconds: 0.0015,
      probe_ip_protocol: 4,
      "probe_http_duration_seconds resolve": 0.0015,
      "probe_http_duration_seconds connect": 0.01025,
      "probe_http_duration_seconds tls": 0.0205,
      "probe_http_duration_seconds processing": 0.1,
      "probe_http_duration_seconds transfer": 0.005,
      probe_http_status_code: 200,
      probe_http_redirects: 0,
      probe_http_ssl: 1,
      probe_http_uncompressed_body_length: 1234,
      probe_failed_due_to_regex: 0,
      probe_http_version: 1.1,
      probe_ssl_earliest_cert_expiry: Date.parse("2026-12-24") / 1000,
    });
  });

  test("of a failed run says so, with status 0 and no HTTP version where there was no answer", () => {
    const values = valuesOf(failedResult({ family: "ip6" }));
    expect(values).toMatchObject({
      probe_success: 0,
      probe_ip_protocol: 6,
      probe_http_status_code: 0,
      probe_http_ssl: 0,
    });
    expect(values).not.toHaveProperty("probe_http_version");
    expect(values).not.toHaveProperty("probe_ssl_earliest_cert_expiry");
  });

  test("tells TLS by where the last redirect led", () => {
    const hop = { url: URL, address: null, status: 301 };
    const down = result({ redirects: [{ ...hop, to: "http://portal.example.gov.vn/" }] });
    expect(valuesOf(down)).toMatchObject({ probe_http_ssl: 0, probe_http_redirects: 1 });
    const up = result({ redirects: [{ ...hop, to: "https://other.example.gov.vn/" }] });
    expect(valuesOf(up, "http://portal.example.gov.vn/")).toMatchObject({ probe_http_ssl: 1 });
  });

  test("says when the body was not as expected", () => {
    const run = failedResult({ failure: failure("body_mismatch"), status: 200 });
    expect(valuesOf(run)).toMatchObject({ probe_failed_due_to_regex: 1 });
  });

  test.each([
    [{ outcome: "unknown", failure: failure("vantage_no_ipv6") }, "internal", "vantage_no_ipv6"],
    [{ outcome: "unknown", failure: failure("dns_timeout") }, "dns", "dns_timeout"],
    [{ outcome: "skipped", skipReason: "skip_rate_limit" }, "internal", "skip_rate_limit"],
    [{ outcome: "no_address" }, "no_address", "only of the other"],
  ] satisfies [Partial<ProbeResult>, string, string][])(
    "accuses nobody where it could not tell: %j",
    (change, reason, why) => {
      const run = result({ status: null, ...change });
      const values = valuesOf(run);
      expect(values).not.toHaveProperty("probe_success");
      expect(values[`probe_unknown ${reason}`]).toBe(1);
      const [comment] = renderProbe(URL, run).split("\n");
      expect(comment).toMatch(/^# probe_success is withheld: /);
      expect(comment).toContain(why);
    },
  );
});
