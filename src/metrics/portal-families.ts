import { type Family, FAMILIES } from "../domain/family.ts";
import { type FailureReason, reasonOf } from "../domain/failure.ts";
import { type Outcome, PHASES, type ProbeResult } from "../domain/observation.ts";
import { PORTAL_STATES, type PortalState } from "../domain/portal-state.ts";
import { type MetricFamily, renderLabels, renderSample } from "./exposition.ts";
import type { PortalStanding } from "../reports/standings.ts";
import { PORTAL_INCIDENT_FAMILIES, type IncidentNames } from "./portal-incidents.ts";
import type { PortalMetricsInfo } from "./portal-info.ts";
import { type ShownCertificate, shownCertificate } from "./shown-certificate.ts";
import { STANDING_FAMILIES } from "./standing-families.ts";

/** The outcomes that `probe_results_total` counts; a family without a record had no result. */
export const COUNTED_OUTCOMES = ["ok", "degraded", "fail", "unknown", "skipped"] as const;

export type CountedOutcome = (typeof COUNTED_OUTCOMES)[number];

/** What is shown of a run, and no more: tens of thousands of these are held. */
type ShownRun = Pick<ProbeResult, "outcome" | "startedAt" | "totalMs" | "phasesMs" | "status"> & {
  readonly redirectCount: number;
  readonly certificate: ShownCertificate | null;
};

/** Everything that the series of one portal over one family are made of. */
export interface RunSeries {
  /** The last run, null when there was none or it is too old to be shown. */
  last: ShownRun | null;
  readonly results: Record<CountedOutcome, number>;
  /** Failures that counted against the portal, by reason group, in the order of their first occurrence. */
  readonly failures: Map<FailureReason, number>;
}

/** One metric family together with how an object's lines of it are rendered. */
interface Rendered<T> extends MetricFamily {
  readonly render: (subject: T, labels: string) => string;
}

/** Per portal and address family; names and meanings as in blackbox_exporter where it has them. */
export const RUN_FAMILIES: readonly Rendered<RunSeries>[] = [
  gauge("probe_success", "Whether the last run found the portal working", ({ outcome }) =>
    isVerdict(outcome) ? Number(outcome !== "fail") : null,
  ),
  gauge("probe_duration_seconds", "How long the last run took", ({ outcome, totalMs }) =>
    isVerdict(outcome) ? totalMs / 1000 : null,
  ),
  {
    name: "probe_http_duration_seconds",
    type: "gauge",
    help: "How long the last run spent in each phase, summed over redirects",
    render: ({ last }, labels) =>
      last && isVerdict(last.outcome)
        ? PHASES.map((phase) =>
            renderSample(
              "probe_http_duration_seconds",
              `${labels},phase="${phase}"`,
              last.phasesMs[phase] / 1000,
            ),
          ).join("")
        : "",
  },
  gauge(
    "probe_http_status_code",
    "Status code of the last run's final response, 0 without one",
    ({ status }) => status ?? 0,
  ),
  gauge(
    "probe_http_redirects",
    "Redirects that the last run followed",
    ({ redirectCount }) => redirectCount,
  ),
  gauge(
    "probe_ssl_earliest_cert_expiry",
    "When the first certificate of the presented chain expires, in Unix seconds",
    ({ certificate }) => certificate?.earliestNotAfter ?? null,
  ),
  gauge(
    "probe_ssl_cert_not_before_timestamp_seconds",
    "From when on the portal's own certificate holds, in Unix seconds; of an invalid one too",
    ({ certificate }) => certificate?.notBefore ?? null,
  ),
  gauge(
    "probe_ssl_cert_not_after_timestamp_seconds",
    "Until when the portal's own certificate holds, in Unix seconds; of an invalid one too",
    ({ certificate }) => certificate?.notAfter ?? null,
  ),
  gauge(
    "probe_last_run_timestamp_seconds",
    "When the last run began, in Unix seconds",
    ({ startedAt }) => startedAt / 1000,
  ),
  {
    name: "probe_results_total",
    type: "counter",
    help: "Runs by outcome since the service started",
    render: ({ results }, labels) =>
      COUNTED_OUTCOMES.map((outcome) =>
        renderSample("probe_results_total", `${labels},outcome="${outcome}"`, results[outcome]),
      ).join(""),
  },
  {
    name: "probe_failures_total",
    type: "counter",
    help: "Failed runs by reason since the service started",
    render: ({ failures }, labels) =>
      [...failures]
        .map(([reason, count]) =>
          renderSample("probe_failures_total", `${labels},reason="${reason}"`, count),
        )
        .join(""),
  },
];

/** Everything that the series of a portal itself are made of. */
export interface PortalFacts {
  readonly info: PortalMetricsInfo;
  readonly state: PortalState;
  readonly standing: PortalStanding | null;
  readonly incidents: IncidentNames;
  /** Labels of the certificate that the last runs saw. */
  readonly certificate: string;
}

/** Per portal, over all address families and vantage points. */
export const PORTAL_FAMILIES: readonly Rendered<PortalFacts>[] = [
  {
    name: "portal_info",
    type: "gauge",
    help: "What is known of a portal, always 1",
    render: ({ info }, labels) => {
      const { kind, agency, province } = info;
      const known = renderLabels({ kind, agency, province: province ?? "" });
      return renderSample("portal_info", `${labels},${known}`, 1);
    },
  },
  {
    name: "portal_state",
    type: "gauge",
    help: "0 unknown, 1 up, 2 degraded, 3 down, 4 maintenance",
    render: ({ state }, labels) =>
      renderSample("portal_state", labels, PORTAL_STATES.indexOf(state)),
  },
  {
    name: "portal_certificate_info",
    type: "gauge",
    help: "Who issued the certificate that the last runs saw, and what kind of key it has, always 1",
    render: ({ certificate }, labels) =>
      certificate === ""
        ? ""
        : renderSample("portal_certificate_info", `${labels},${certificate}`, 1),
  },
  ...PORTAL_INCIDENT_FAMILIES,
  ...STANDING_FAMILIES,
];

/** A gauge of the last run; null means no sample. */
function gauge(
  name: string,
  help: string,
  value: (last: ShownRun) => number | null,
): Rendered<RunSeries> {
  return {
    name,
    type: "gauge",
    help,
    render: ({ last }, labels) => {
      const number = last && value(last);
      return number === null ? "" : renderSample(name, labels, number);
    },
  };
}

/** Whether the run could tell: only then it has a success and durations. */
export function isVerdict(outcome: Outcome): boolean {
  return outcome === "ok" || outcome === "degraded" || outcome === "fail";
}

/** Series without any run yet. */
export function emptySeries(): RunSeries {
  return {
    last: null,
    results: { ok: 0, degraded: 0, fail: 0, unknown: 0, skipped: 0 },
    failures: new Map(),
  };
}

/** Takes one result in: counts it, and shows it unless a later run is shown already. */
export function addResult(series: RunSeries, result: ProbeResult): void {
  if (result.outcome !== "no_address") series.results[result.outcome] += 1;
  if (result.outcome === "fail" && result.failure) {
    const reason = reasonOf(result.failure.kind);
    series.failures.set(reason, (series.failures.get(reason) ?? 0) + 1);
  }
  if (series.last === null || series.last.startedAt <= result.startedAt)
    series.last = shown(result);
}

function shown(result: ProbeResult): ShownRun {
  const { outcome, startedAt, totalMs, phasesMs, status, redirects } = result;
  return {
    outcome,
    startedAt,
    totalMs,
    phasesMs,
    status,
    redirectCount: redirects.length,
    certificate: shownCertificate(result),
  };
}

/** One value per address family. */
export function perFamily<T>(make: (family: Family) => T): Record<Family, T> {
  return Object.fromEntries(FAMILIES.map((family) => [family, make(family)])) as Record<Family, T>;
}
