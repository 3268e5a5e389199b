import { type Family, familyNumber } from "../domain/family.ts";
import { reasonOf } from "../domain/failure.ts";
import { PHASES, type ProbeResult } from "../domain/observation.ts";
import { familyHeader, type MetricFamily, renderLabels, renderSample } from "./exposition.ts";

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * One result in the output format of blackbox_exporter's /probe, for `url` as it was asked for.
 * A run that could not tell has no `probe_success`, which would accuse the portal of what is not its fault: a comment
 * says why, and `probe_unknown{reason}` is 1. A family without a record has neither success nor failure either.
 */
export function renderProbe(url: string, result: ProbeResult): string {
  const samples: [MetricFamily, readonly Sample[]][] = [
    ...verdict(result),
    single("probe_duration_seconds", "How long the probe took, in seconds", result.totalMs / 1000),
    single(
      "probe_dns_lookup_time_seconds",
      "How long the name lookups took, in seconds",
      result.phasesMs.resolve / 1000,
    ),
    single("probe_ip_protocol", "4 or 6", familyNumber(result.family satisfies Family)),
    ...http(url, result),
    ...certificate(result),
  ];
  const comment = isTold(result) ? "" : `# ${withheld(result)}\n`;
  return (
    comment +
    samples
      .map(
        ([family, values]) =>
          familyHeader(family) +
          values
            .map(([labels, value]) => renderSample(family.name, renderLabels(labels), value))
            .join(""),
      )
      .join("")
  );
}

function isTold({ outcome }: ProbeResult): boolean {
  return outcome === "ok" || outcome === "degraded" || outcome === "fail";
}

function verdict(result: ProbeResult): [MetricFamily, readonly Sample[]][] {
  if (isTold(result)) {
    const success = Number(result.outcome !== "fail");
    return [single("probe_success", "Whether the portal works", success)];
  }
  const help = "The probe could not tell whether the portal works";
  return [[gauge("probe_unknown", help), [[{ reason: unknownReason(result) }, 1]]]];
}

function unknownReason({ outcome, failure }: ProbeResult): string {
  if (outcome === "no_address") return "no_address";
  return failure ? reasonOf(failure.kind) : "internal";
}

function withheld({ outcome, failure, skipReason }: ProbeResult): string {
  const why =
    outcome === "no_address"
      ? "the name has no address of this family, only of the other"
      : `the probe could not tell (${failure?.kind ?? skipReason ?? "unknown"})`;
  return `probe_success is withheld: ${why}`;
}

function http(url: string, result: ProbeResult): [MetricFamily, readonly Sample[]][] {
  const lastUrl = result.redirects.at(-1)?.to ?? url;
  const phases = PHASES.map((phase): Sample => [{ phase }, result.phasesMs[phase] / 1000]);
  return [
    [
      gauge("probe_http_duration_seconds", "Duration by phase, summed over redirects, in seconds"),
      phases,
    ],
    single(
      "probe_http_status_code",
      "Status code of the final response, 0 without one",
      result.status ?? 0,
    ),
    single("probe_http_redirects", "Redirects that were followed", result.redirects.length),
    single(
      "probe_http_ssl",
      "Whether the final response came over TLS",
      Number(result.status !== null && lastUrl.startsWith("https:")),
    ),
    single(
      "probe_http_uncompressed_body_length",
      "Bytes of the body that were read",
      result.bodyBytes,
    ),
    single(
      "probe_failed_due_to_regex",
      "Whether the body was not as expected",
      Number(result.failure?.kind === "body_mismatch"),
    ),
    // The prober speaks no other version: it makes its own sockets and negotiates HTTP/1.1.
    ...(result.status === null
      ? []
      : [single("probe_http_version", "HTTP version of the final response", 1.1)]),
  ];
}

function certificate({ certificate: facts }: ProbeResult): [MetricFamily, readonly Sample[]][] {
  if (facts === null) return [];
  const at = Date.parse(facts.earliestNotAfter) / 1000;
  return [
    single("probe_ssl_earliest_cert_expiry", "When the first certificate of the chain expires", at),
  ];
}

function single(name: string, help: string, value: number): [MetricFamily, readonly Sample[]] {
  return [gauge(name, help), [[{}, value]]];
}

function gauge(name: string, help: string): MetricFamily {
  return { name, type: "gauge", help };
}
