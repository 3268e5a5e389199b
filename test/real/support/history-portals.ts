/** One series of the made-up week. */
export interface MadeUpSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its value at a time (Unix seconds; hours since the week began), null where it is not exposed. */
  readonly at: (moment: { readonly time: number; readonly hours: number }) => number | null;
}

/** A portal that there never was. */
interface MadeUpPortal {
  readonly portal: string;
  readonly province: string;
  readonly agency: string;
  readonly kind: string;
  /** Whether it is down in the second half of the week. */
  readonly fails: boolean;
}

/** Their names say that they are made up; the last one has every character that a name could be spoilt by. */
export const MADE_UP_PORTALS = {
  sound: {
    portal: "bia-dat-tot",
    province: "01",
    agency: "bia-dat-1",
    kind: "portal",
    fails: false,
  },
  failing: {
    portal: "bia-dat-hong",
    province: "79",
    agency: "bia-dat-2",
    kind: "public-service-gateway",
    fails: true,
  },
  strange: {
    portal: 'bịa đặt "lạ" (số.3)',
    province: "48",
    agency: 'cơ quan "bịa"',
    kind: "portal",
    fails: true,
  },
} as const satisfies Readonly<Record<string, MadeUpPortal>>;

const VANTAGE = "demo";
const FAMILIES = ["ip4", "ip6"];
const PHASES = ["resolve", "connect", "tls", "processing", "transfer"];

/** A certificate of ninety days, in its last ones. */
const CERTIFICATE = { lifetime: 90 * 86_400, left: 10 * 86_400 };

/** Hours of the week from which on the failing ones fail. */
const FAILS_FROM = 84;

const always = (value: number) => () => value;

const portals: readonly MadeUpPortal[] = Object.values(MADE_UP_PORTALS);

/** Everything that the demo does not have: provinces, agencies with a past, common causes, rounds, channels. */
export const MADE_UP_SERIES: readonly MadeUpSeries[] = [
  ...portals.flatMap((portal) => [...ofPortal(portal), ...FAMILIES.flatMap(ofRuns(portal))]),
  ...portals.flatMap(ofPlace),
  ...ofService("coverage_round_provinces", always(8), { round: "2026-Q3 (bịa)", state: "late" }),
  ...ofService("notify_sent_total", ({ hours }) => hours, { channel: "webhook" }),
  ...ofService("notify_failed_total", ({ hours }) => hours / 10, { channel: "webhook" }),
  ...ofService("notify_outbox_oldest_timestamp_seconds", ({ time }) => time - 40, {}),
  ...ofService("prober_spool_oldest_timestamp_seconds", ({ time }) => time - 40, {}),
  ...ofService("incident_common_cause_portals", ({ hours }) => (hours > FAILS_FROM ? 2 : null), {
    incident: "1",
    cause: "address",
    kind: "down",
    severity: "critical",
  }),
];

function ofPortal({ portal, province, agency, kind, fails }: MadeUpPortal): MadeUpSeries[] {
  const id = { job: "hatangso-portals", portal, instance: urlOf(portal) };
  const series = (name: string, at: MadeUpSeries["at"], labels: object = {}): MadeUpSeries => ({
    name,
    labels: { ...id, ...labels },
    at,
  });
  const failing: MadeUpSeries["at"] = ({ hours }) => (fails && hours > FAILS_FROM ? 1 : null);
  return [
    series("portal_info", always(1), { kind, agency, province }),
    series("portal_state", (moment) => (failing(moment) === null ? 1 : 3)),
    series("portal_certificate_info", always(1), { issuer: "Let's Encrypt", key_type: "rsa" }),
    // One has risen, the others have fallen.
    series("portal_ipv6_level", ({ hours }) => (hours > 100 === fails ? 2 : 4)),
    series("portal_https_grade", ({ hours }) => (hours > 100 ? 5 : 3)),
    series("portal_last_audit_timestamp_seconds", ({ time }) => time - 3600),
    ...["D5", "W6", "H2", "H3"].map((check) =>
      series("portal_finding", always(1), { check, verdict: "fail" }),
    ),
    series("portal_incident_open", failing, { kind: "down", severity: "critical" }),
    series("portal_incident_in_common_cause", failing, { kind: "down" }),
    series("portal_incident_held", failing, { kind: "ipv6_regression", reason: "maintenance" }),
    series("portal_incident_open", ({ hours }) => (hours > 120 ? 1 : null), {
      kind: "certificate",
      severity: "minor",
    }),
    series("portal_incident_open", ({ hours }) => (hours > 120 ? 1 : null), {
      kind: "ipv6_regression",
      severity: "major",
    }),
  ];
}

function ofRuns({ portal, fails }: MadeUpPortal): (family: string) => MadeUpSeries[] {
  return (family) => {
    const id = { job: "hatangso-portals", instance: urlOf(portal), family, vantage: VANTAGE };
    const series = (name: string, at: MadeUpSeries["at"], labels: object = {}): MadeUpSeries => ({
      name,
      labels: { ...id, ...labels },
      at,
    });
    const isDown = ({ hours }: { hours: number }) => fails && hours > FAILS_FROM;
    const duration: MadeUpSeries["at"] = ({ hours }) => 0.3 + 0.2 * Math.sin(hours / 4) ** 2;
    return [
      series("probe_success", (moment) => Number(!isDown(moment))),
      series("probe_duration_seconds", duration),
      ...PHASES.map((phase) =>
        series("probe_http_duration_seconds", (moment) => (duration(moment) ?? 0) / 5, { phase }),
      ),
      series("probe_http_status_code", (moment) => (isDown(moment) ? 0 : 200)),
      series("probe_http_redirects", always(1)),
      series("probe_last_run_timestamp_seconds", ({ time }) => time - 10),
      ...certificate(series),
      series("probe_results_total", ({ hours }) => 60 * hours, { outcome: "ok" }),
      ...["degraded", "fail", "unknown", "skipped"].map((outcome) =>
        series("probe_results_total", ({ hours }) => 3 * hours, { outcome }),
      ),
      ...["connect_timeout", "certificate"].map((reason) =>
        series("probe_failures_total", ({ hours }) => 3 * hours, { reason }),
      ),
    ];
  };
}

function certificate(series: (name: string, at: MadeUpSeries["at"]) => MadeUpSeries) {
  const end: MadeUpSeries["at"] = ({ time, hours }) =>
    time + CERTIFICATE.left + (168 - hours) * 3600;
  return [
    series("probe_ssl_earliest_cert_expiry", end),
    series("probe_ssl_cert_not_after_timestamp_seconds", end),
    series(
      "probe_ssl_cert_not_before_timestamp_seconds",
      (moment) => (end(moment) ?? 0) - CERTIFICATE.lifetime,
    ),
  ];
}

/** What the service says of the portal's agency and province. */
function ofPlace({ province, agency }: MadeUpPortal): MadeUpSeries[] {
  return [
    ...ofService("agency_availability_ratio", always(0.991), { agency, period: "this_month" }),
    ...ofService("agency_availability_ratio", always(0.997), { agency, period: "last_month" }),
    ...ofService("province_probe_results_total", ({ hours }) => 120 * hours, {
      province,
      result: "good",
    }),
    ...ofService("province_probe_results_total", ({ hours }) => 2 * hours, {
      province,
      result: "bad",
    }),
  ];
}

function ofService(
  name: string,
  at: MadeUpSeries["at"],
  labels: Readonly<Record<string, string>>,
): MadeUpSeries[] {
  return [{ name, labels: { job: "hatangso", instance: "bia-dat", ...labels }, at }];
}

function urlOf(portal: string): string {
  return `https://${encodeURIComponent(portal).toLowerCase()}.example/`;
}

/** What a reader of the suite chooses: where everything happens, where little does, and what could spoil a query. */
export const WANTED = {
  all: chosen(MADE_UP_PORTALS.failing),
  one: { ...chosen(MADE_UP_PORTALS.failing), family: "ip6", indicator: "" },
  strange: chosen(MADE_UP_PORTALS.strange),
} as const;

function chosen({ portal, province, agency }: MadeUpPortal): Record<string, string> {
  return { portal, province, agency };
}
