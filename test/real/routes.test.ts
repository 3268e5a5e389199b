import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { ALERTMANAGER_VERSIONS, programs } from "./programs.ts";
import { ALERTMANAGER } from "./support/alertmanager.ts";

const CONFIG = join(ALERTMANAGER, "alertmanager.yml");

describe.each(ALERTMANAGER_VERSIONS)("Alertmanager %s", (version) => {
  async function amtool(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runProgram(
      `${programs().alertmanager[version]}/amtool`,
      args,
    );
    expect({ code, words: stdout + stderr }).toMatchObject({ code: 0 });
    return stdout;
  }

  test("amtool has no complaint about the configuration and its templates", async () => {
    const words = await amtool("check-config", CONFIG);
    expect(words).toContain("SUCCESS");
    expect(words).toContain("1 templates");
  });

  test.each([
    ["a portal of national rank", "alertname=PortalDown severity=critical category=portal", "duty"],
    ["another portal", "alertname=PortalDown severity=warning category=portal", "tickets"],
    ["a minor thing", "alertname=PortalDegraded severity=info category=portal", "nobody"],
    ["a common cause", "alertname=CommonCauseOutage severity=critical category=portal", "duty"],
    [
      "what holds others back",
      "alertname=PortalInCommonCause severity=none category=portal",
      "nobody",
    ],
    ["an ill vantage point", "alertname=VantageDegraded severity=critical category=prober", "duty"],
    ["a lagging prober", "alertname=ProberLagging severity=warning category=prober", "tickets"],
    ["a province's budget", "alertname=ProvinceSloFastBurn severity=critical category=slo", "duty"],
    ["old figures", "alertname=CoverageDataStale severity=warning category=coverage", "coverage"],
    [
      "a target that is missed",
      "alertname=CoverageBelowTarget severity=info category=coverage",
      "nobody",
    ],
    [
      "a certificate to renew",
      "alertname=PortalCertificateExpiringSoon severity=warning category=certificate",
      "tickets",
    ],
    [
      "one that ends in days",
      "alertname=PortalCertificateExpiringCritical severity=critical category=certificate",
      "duty",
    ],
    [
      "fewer portals with IPv6",
      "alertname=IPv6NationalDrop severity=warning category=ipv6",
      "tickets",
    ],
    [
      "lost alerts",
      "alertname=PrometheusNotificationsDropped severity=critical category=monitoring",
      "duty",
    ],
    ["the watchdog", "alertname=Watchdog severity=none category=monitoring", "heartbeat"],
    ["what nobody thought of", "alertname=Other", "tickets"],
  ])("%s goes where it belongs", async (_what, labels, receiver) => {
    const words = await amtool(
      "config",
      "routes",
      "test",
      `--config.file=${CONFIG}`,
      ...labels.split(" "),
    );
    expect(words.trim()).toBe(receiver);
  });

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hatangso-templates-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** Two portals of a province; of one the outage is over. */
  const told = {
    summary: "A portal is down.",
    summary_vi: "Một cổng không hoạt động.",
  };
  const alertOf = (status: "firing" | "resolved", portal: string) => ({
    status,
    labels: { alertname: "PortalDown", severity: "critical", province: "01", portal },
    annotations: {
      ...told,
      description: `<${portal}> is down.`,
      description_vi: `<${portal}> không hoạt động.`,
      runbook_url: "https://watch.example/runbooks/PortalDown",
      dashboard_url: `https://grafana.example/d/hatangso-portal?var-portal=${portal}`,
    },
    startsAt: "2026-11-20T01:02:03Z",
    endsAt: "2026-11-20T02:00:00Z",
  });
  const message = {
    receiver: "duty",
    status: "firing",
    alerts: [alertOf("firing", "one"), alertOf("resolved", "two")],
    groupLabels: { alertname: "PortalDown", province: "01" },
    commonLabels: { alertname: "PortalDown", severity: "critical", province: "01" },
    commonAnnotations: told,
    externalURL: "https://alerts.example",
  };

  async function rendered(name: string, data: unknown = message): Promise<string> {
    const file = join(folder, "message.json");
    await writeFile(file, JSON.stringify(data));
    return amtool(
      "template",
      "render",
      `--template.glob=${join(ALERTMANAGER, "templates/*.tmpl")}`,
      `--template.text={{ template "${name}" . }}`,
      `--template.type=${name.includes(".html.") ? "html" : "text"}`,
      `--template.data=${file}`,
    );
  }

  test("the subject says how urgent, how many and where, in both languages", async () => {
    expect((await rendered("hatangso.subject.vi")).trim()).toBe(
      "[khẩn cấp, 1] Một cổng không hoạt động. Tỉnh 01.",
    );
    expect((await rendered("hatangso.subject.en")).trim()).toBe(
      "[critical, 1] A portal is down. Province 01.",
    );
    const over = { ...message, status: "resolved", alerts: [alertOf("resolved", "one")] };
    expect((await rendered("hatangso.subject.en", over)).trim()).toBe(
      "[over] A portal is down. Province 01.",
    );
  });

  test("the text names what fires and what is over, since when, with both links", async () => {
    expect((await rendered("hatangso.text.en")).trim()).toBe(
      [
        "A portal is down.",
        "",
        "Firing:",
        "- <one> is down.",
        "  Since: 2026-11-20 01:02:03 UTC",
        "  Dashboard: https://grafana.example/d/hatangso-portal?var-portal=one",
        "  What to do: https://watch.example/runbooks/PortalDown",
        "",
        "Over:",
        "- <two> is down.",
        "  Since: 2026-11-20 01:02:03 UTC, until: 2026-11-20 02:00:00 UTC",
        "  Dashboard: https://grafana.example/d/hatangso-portal?var-portal=two",
        "  What to do: https://watch.example/runbooks/PortalDown",
      ].join("\n"),
    );
    const vietnamese = await rendered("hatangso.text.vi");
    for (const words of ["Đang xảy ra:", "<one> không hoạt động.", "Đã hết:", "Phải làm gì: https"])
      expect(vietnamese).toContain(words);
  });

  test("what stands in an alert is text in the mail's HTML", async () => {
    for (const lang of ["vi", "en"]) {
      const html = await rendered(`hatangso.html.${lang}`);
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain("&lt;one&gt;");
      expect(html).not.toContain("<one>");
    }
  });
});
