import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AlertReceiver, startAlertReceiver } from "../drills/alerts/alert-receiver.ts";
import { ALERTMANAGER_VERSIONS } from "./programs.ts";
import { type OurAlertmanager, startOurAlertmanager } from "./support/alertmanager.ts";
import { until } from "./support/child.ts";

/** A minute of waiting is half a second here. */
const FACTOR = 120;
const TOLD_WITHIN_MS = 20_000;

type Labels = Readonly<Record<string, string>>;

/** Several portals of a province; each case has provinces and portals of its own. */
const down = (portal: string, province: string, severity = "warning"): Labels => ({
  alertname: "PortalDown",
  category: "portal",
  severity,
  kind: "down",
  portal,
  instance: `https://${portal}.example/`,
  ...(province !== "" && { province }),
});

const about = (alertname: string, severity: string, category: string, labels: Labels = {}) => ({
  alertname,
  severity,
  category,
  ...labels,
});

/** What speaks, what it holds back, and what it does not. */
const CASES: readonly {
  readonly what: string;
  readonly source: Labels;
  readonly held: readonly Labels[];
  readonly free: readonly Labels[];
}[] = [
  {
    what: "a common cause holds back its portals, and no others",
    source: about("PortalInCommonCause", "none", "portal", { portal: "c1", kind: "down" }),
    held: [down("c1", "01")],
    free: [
      down("c2", "01"),
      about("PortalCertificateExpiringSoon", "warning", "certificate", { portal: "c1" }),
      about("CommonCauseOutage", "critical", "portal", { incident: "7", kind: "down" }),
    ],
  },
  {
    what: "a mass outage of a province holds back its portals, not those of others or of none",
    source: about("ProvinceMassOutage", "critical", "portal", { province: "02" }),
    held: [
      down("m1", "02"),
      down("m2", "02", "critical"),
      about("ProvinceSloFastBurn", "critical", "slo", { province: "02" }),
    ],
    free: [down("m3", "03"), down("m4", "")],
  },
  {
    what: "the ill place that probes holds back what is computed from raw results, not confirmed incidents",
    source: about("VantageDegraded", "critical", "prober"),
    held: [
      about("ProvinceMassOutage", "critical", "portal", { province: "04" }),
      about("ProvinceSloFastBurn", "critical", "slo", { province: "07" }),
      about("VantageFamilyLost", "warning", "prober", { family: "ip6", vantage: "v" }),
      about("IPv6NationalDrop", "warning", "ipv6"),
    ],
    free: [
      down("v1", "05"),
      about("PortalCertificateExpiringCritical", "critical", "certificate", { portal: "v2" }),
      about("DatabaseUnreachable", "critical", "prober", { instance: "v" }),
    ],
  },
  {
    what: "what is critical holds back the same in less, of the same portal",
    source: down("s1", "06", "critical"),
    held: [{ ...down("s1", "06"), agency: "before" }],
    free: [down("s2", "06"), down("s3", "06", "critical")],
  },
  {
    what: "what is down holds back that it is slow or has a lower level",
    source: down("d1", "08"),
    held: [
      about("PortalDegraded", "warning", "portal", { portal: "d1" }),
      about("PortalIPv6Regressed", "warning", "ipv6", { portal: "d1" }),
    ],
    free: [about("PortalDegraded", "warning", "portal", { portal: "d2" })],
  },
  {
    what: "a fast burn holds back the slow one of the same province, not that of the country",
    source: about("ProvinceSloFastBurn", "critical", "slo", { province: "09" }),
    held: [about("PortalSloSlowBurn", "warning", "slo", { province: "09" })],
    free: [about("PortalSloSlowBurn", "warning", "slo", {})],
  },
  {
    what: "a common cause that is critical holds back itself in less",
    source: about("CommonCauseOutage", "critical", "portal", { incident: "8", kind: "down" }),
    held: [about("CommonCauseOutage", "warning", "portal", { incident: "8", kind: "down" })],
    free: [about("CommonCauseOutage", "warning", "portal", { incident: "9", kind: "down" })],
  },
  {
    what: "an invalid certificate holds back that it is about to end",
    source: about("PortalCertificateInvalid", "warning", "certificate", { portal: "i1" }),
    held: [about("PortalCertificateExpiringCritical", "critical", "certificate", { portal: "i1" })],
    free: [about("PortalCertificateExpiringCritical", "critical", "certificate", { portal: "i2" })],
  },
  {
    what: "a service that is gone holds back what is missing for it; another program does not",
    source: about("ServiceDown", "critical", "prober", { job: "hatangso", instance: "h" }),
    held: [about("ProberStalled", "critical", "prober")],
    free: [about("SpoolDropping", "critical", "prober", { instance: "h" })],
  },
];

const sameLabels = (one: Labels, other: Labels) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);

describe.each(ALERTMANAGER_VERSIONS)("Alertmanager %s", (version) => {
  let receiver: AlertReceiver;
  let alertmanager: OurAlertmanager;
  beforeAll(async () => {
    receiver = await startAlertReceiver();
    alertmanager = await startOurAlertmanager(version, receiver.url, FACTOR);
  });
  afterAll(async () => {
    await alertmanager?.stop();
    await receiver?.close();
  });

  const wasTold = (labels: Labels, from: number) =>
    receiver.notifications
      .slice(from)
      .some(({ alerts }) =>
        alerts.some((each) => each.status === "firing" && sameLabels(labels, each.labels)),
      );

  /** Fingerprints of what holds this one back; null while Alertmanager has not weighed it. */
  async function heldBy(labels: Labels): Promise<string[] | null> {
    const found = (await alertmanager.alerts()).find((each) => sameLabels(labels, each.labels));
    return found === undefined || found.status.state === "unprocessed"
      ? null
      : found.status.inhibitedBy;
  }

  test.each(CASES)("$what", async ({ source, held, free }) => {
    const from = receiver.notifications.length;
    const all = [source, ...held, ...free];
    await alertmanager.post(all.map((labels) => ({ labels })));

    const isAllTold = () => free.every((labels) => wasTold(labels, from));
    expect(await receiver.until(isAllTold, TOLD_WITHIN_MS)).toBe(true);
    const holders = await Promise.all(
      held.map((labels) => until("it is weighed", TOLD_WITHIN_MS, () => heldBy(labels))),
    );
    expect(held.filter((_labels, at) => holders[at]?.length === 0)).toEqual([]);
    expect(held.filter((labels) => wasTold(labels, from))).toEqual([]);

    // What is held back is not lost: it speaks as soon as nothing speaks for it.
    await alertmanager.post([
      { labels: source, endsAt: new Date(Date.now() - 1000).toISOString() },
    ]);
    const isHeldTold = () => held.every((labels) => wasTold(labels, from));
    expect(await receiver.until(isHeldTold, TOLD_WITHIN_MS)).toBe(true);
    await alertmanager.post(
      all.map((labels) => ({ labels, endsAt: new Date(Date.now() - 1000).toISOString() })),
    );
  });

  test("what is for machines or for Grafana tells nobody", async () => {
    const from = receiver.notifications.length;
    const [nobody, somebody] = [
      about("CoverageBelowTarget", "info", "coverage", { indicator: "i" }),
      about("SpoolGrowing", "warning", "prober", { instance: "i" }),
    ];
    await alertmanager.post([{ labels: nobody }, { labels: somebody }]);
    expect(await receiver.until(() => wasTold(somebody, from), TOLD_WITHIN_MS)).toBe(true);
    expect(wasTold(nobody, from)).toBe(false);
  });
});
