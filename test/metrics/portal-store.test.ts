import * as fc from "fast-check";
import { Counter, Gauge, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import { failure } from "../../src/domain/failure.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { createPortalMetrics, type PortalMetricsInfo } from "../../src/metrics/portal-store.ts";
import { failedResult, result, START } from "../store/helpers/results.ts";
import { parseExposition } from "./parse-exposition.ts";

const INTERVAL_MS = 60_000;

const info = (change: Partial<PortalMetricsInfo> = {}): PortalMetricsInfo => ({
  portal: 1,
  slug: "hanoi",
  url: "https://hanoi.gov.vn/",
  kind: "portal",
  ownerType: "province",
  counted: true,
  agency: "province-01",
  province: "01",
  ...change,
});

/** A store whose clock the test moves; `at` are milliseconds after START. */
function store(...portals: PortalMetricsInfo[]) {
  const clock = { at: 0 };
  const metrics = createPortalMetrics({
    vantage: "local",
    intervalMs: INTERVAL_MS,
    clock: () => START + clock.at,
  });
  for (const portal of portals) metrics.setPortal(portal);
  const text = () => new Response(metrics.scrape()).text();
  // The counts over all portals belong to none of them.
  const lines = async () =>
    (await text()).split("\n").filter((line) => /^(?!#|portals_by_)./.test(line));
  const value = async (sample: string) => {
    const line = (await lines()).find((line) => line.startsWith(`${sample} `));
    return line === undefined ? null : Number(line.slice(sample.length + 1));
  };
  return { metrics, clock, text, lines, value };
}

const ID = 'instance="https://hanoi.gov.vn/"';
const HEAD = `portal="hanoi",${ID}`;
const run = (name: string, family: "ip4" | "ip6", more = "") =>
  `${name}{${ID},family="${family}",vantage="local"${more}}`;

const counters = (family: "ip4" | "ip6") =>
  ["ok", "degraded", "fail", "unknown", "skipped"].map(
    (outcome) => `${run("probe_results_total", family, `,outcome="${outcome}"`)} 0`,
  );

describe("the series of a portal", () => {
  test("before any run are info, state unknown, and counters at 0", async () => {
    const { lines } = store(info());
    expect(await lines()).toEqual([
      ...counters("ip4"),
      ...counters("ip6"),
      `portal_info{${HEAD},kind="portal",agency="province-01",province="01"} 1`,
      `portal_state{${HEAD}} 0`,
    ]);
  });

  test("after a good run show it as blackbox_exporter would", async () => {
    const { metrics, lines } = store(info());
    metrics.record(result({ redirects: [{ url: "https://a/", address: null, status: 301 }] }));
    expect((await lines()).filter((line) => line.includes('family="ip4"'))).toEqual([
      `${run("probe_success", "ip4")} 1`,
      `${run("probe_duration_seconds", "ip4")} 0.13725`,
      ...[
        ["resolve", 0.0015],
        ["connect", 0.01025],
        ["tls", 0.0205],
        ["processing", 0.1],
        ["transfer", 0.005],
      ].map(
        ([phase, seconds]) =>
          `${run("probe_http_duration_seconds", "ip4", `,phase="${phase}"`)} ${seconds}`,
      ),
      `${run("probe_http_status_code", "ip4")} 200`,
      `${run("probe_http_redirects", "ip4")} 1`,
      `${run("probe_ssl_earliest_cert_expiry", "ip4")} ${Date.parse("2026-12-24") / 1000}`,
      `${run("probe_ssl_cert_not_before_timestamp_seconds", "ip4")} ${Date.parse("2026-01-01") / 1000}`,
      `${run("probe_ssl_cert_not_after_timestamp_seconds", "ip4")} ${Date.parse("2027-01-01") / 1000}`,
      `${run("probe_last_run_timestamp_seconds", "ip4")} ${(START + 3) / 1000}`,
      `${run("probe_results_total", "ip4", ',outcome="ok"')} 1`,
      ...["degraded", "fail", "unknown", "skipped"].map(
        (outcome) => `${run("probe_results_total", "ip4", `,outcome="${outcome}"`)} 0`,
      ),
    ]);
  });

  test.each([
    ["ok", 1],
    ["degraded", 1],
    ["fail", 0],
  ] as const)("after outcome %s say probe_success %i", async (outcome, success) => {
    const { metrics, value } = store(info());
    metrics.record(result({ outcome }));
    expect(await value(run("probe_success", "ip4"))).toBe(success);
    expect(await value(run("probe_duration_seconds", "ip4"))).toBe(0.13725);
  });

  test.each(["unknown", "skipped", "no_address"] as const)(
    "after outcome %s have neither success nor durations, but the others",
    async (outcome) => {
      const { metrics, lines, value } = store(info());
      metrics.record(result({ outcome, status: null, certificate: null }));
      const names = (await lines()).map((line) => line.slice(0, line.indexOf("{")));
      expect(names).not.toContain("probe_success");
      expect(names).not.toContain("probe_duration_seconds");
      expect(names).not.toContain("probe_http_duration_seconds");
      expect(await value(run("probe_http_status_code", "ip4"))).toBe(0);
      expect(await value(run("probe_last_run_timestamp_seconds", "ip4"))).not.toBeNull();
    },
  );

  test("count failures by reason from the first occurrence on", async () => {
    const { metrics, value } = store(info());
    const refused = run("probe_failures_total", "ip4", ',reason="connect_refused"');
    expect(await value(refused)).toBeNull();
    metrics.record(failedResult());
    metrics.record(failedResult());
    metrics.record(failedResult({ failure: failure("tls_expired") }));
    metrics.record(result({ outcome: "unknown", failure: failure("dns_timeout") }));
    metrics.record(result({ outcome: "degraded", failure: failure("too_slow") }));
    expect(await value(refused)).toBe(2);
    expect(await value(run("probe_failures_total", "ip4", ',reason="certificate"'))).toBe(1);
    expect(await value(run("probe_failures_total", "ip4", ',reason="dns"'))).toBeNull();
    expect(await value(run("probe_failures_total", "ip4", ',reason="limit"'))).toBeNull();
    expect(await value(run("probe_results_total", "ip4", ',outcome="fail"'))).toBe(3);
    expect(await value(run("probe_results_total", "ip4", ',outcome="unknown"'))).toBe(1);
  });

  test("show the state that follows from both families", async () => {
    const { metrics, value } = store(info());
    metrics.record(result());
    expect(await value(`portal_state{${HEAD}}`)).toBe(0);
    metrics.record(result({ family: "ip6" }));
    expect(await value(`portal_state{${HEAD}}`)).toBe(1);
    metrics.record(failedResult({ family: "ip6" }));
    expect(await value(`portal_state{${HEAD}}`)).toBe(2);
    metrics.record(failedResult());
    expect(await value(`portal_state{${HEAD}}`)).toBe(3);
  });

  test("of the last run go when it is older than three intervals, the counters stay", async () => {
    const { metrics, clock, lines, value } = store(info());
    metrics.record(result());
    metrics.record(result({ family: "ip6" }));
    clock.at = 3 * INTERVAL_MS + 3;
    expect(await value(run("probe_success", "ip4"))).toBe(1);
    clock.at += 1;
    const names = new Set((await lines()).map((line) => line.slice(0, line.indexOf("{"))));
    expect([...names]).toEqual(["probe_results_total", "portal_info", "portal_state"]);
    expect(await value(run("probe_results_total", "ip4", ',outcome="ok"'))).toBe(1);
    expect(await value(`portal_state{${HEAD}}`)).toBe(0);
  });

  test("go with their portal at the next scrape, and a late result brings none back", async () => {
    const { metrics, lines } = store(info(), info({ portal: 2, slug: "hue", url: "https://hue/" }));
    metrics.record(result());
    metrics.removePortal(1);
    metrics.record(result());
    expect((await lines()).every((line) => line.includes("https://hue/"))).toBe(true);
    metrics.removePortal(2);
    metrics.removePortal(3);
    expect(await lines()).toEqual([]);
  });

  test("keep their counters when the portal's facts change, and begin anew with another URL", async () => {
    const { metrics, lines, value } = store(info());
    metrics.record(result());
    metrics.setPortal(info({ agency: "ministry-x", province: null }));
    expect(await value(run("probe_results_total", "ip4", ',outcome="ok"'))).toBe(1);
    expect(await lines()).toContain(
      `portal_info{${HEAD},kind="portal",agency="ministry-x",province=""} 1`,
    );
    metrics.setPortal(info({ url: "https://new.gov.vn/" }));
    expect((await lines()).filter((line) => line.includes(ID))).toEqual([]);
    expect((await lines()).filter((line) => line.startsWith("probe_success"))).toEqual([]);
  });

  test("are not changed by a run to the portal's earlier URL that ends late", async () => {
    const { metrics, clock, lines } = store(info());
    clock.at = 5000;
    metrics.setPortal(info({ url: "https://new.gov.vn/" }));
    metrics.record(failedResult());
    expect((await lines()).filter((line) => line.startsWith("probe_success"))).toEqual([]);
    metrics.record(result({ startedAt: START + 5001 }));
    expect(await lines()).toContain(
      'probe_success{instance="https://new.gov.vn/",family="ip4",vantage="local"} 1',
    );
  });

  test("are not changed by confirmations, nor shown from an older run than the last", async () => {
    const { metrics, value } = store(info());
    metrics.record(result({ startedAt: START + 60_000, status: 204 }));
    metrics.record(result({ startedAt: START, status: 500 }));
    metrics.record(result({ startedAt: START + 61_000, status: 503, attempt: 1 }));
    expect(await value(run("probe_http_status_code", "ip4"))).toBe(204);
    expect(await value(run("probe_results_total", "ip4", ',outcome="ok"'))).toBe(2);
  });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    info({ portal: index, slug: `p${index}`, url: `https://p${index}.gov.vn/` }),
  );

describe("a scrape", () => {
  test("comes in chunks of at most 128 KiB", async () => {
    const { metrics } = store(...many(500));
    const sizes: number[] = [];
    for await (const chunk of metrics.scrape()) sizes.push(chunk.length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBe(128 * 1024);
    expect(sizes.slice(0, -1).every((size) => size === 128 * 1024)).toBe(true);
  });

  test("says HELP and TYPE once and keeps each family's lines together", async () => {
    const { metrics, text } = store(...many(20));
    for (const { portal } of many(20)) metrics.record(result({ portal }));
    const names = (await text())
      .split("\n")
      .slice(0, -1)
      .map((line) => /^(?:# (?:HELP|TYPE) )?([a-z_]+)/.exec(line)?.[1]);
    const changes = names.filter((name, index) => name !== names[index - 1]);
    expect(changes).toHaveLength(new Set(names).size);
    expect((await text()).match(/# TYPE probe_success /g)).toHaveLength(1);
    expect((await text()).match(/# HELP probe_success /g)).toHaveLength(1);
  });

  test("shows the instant it began, whatever changes while it is read", async () => {
    const { metrics, text } = store(...many(500));
    const before = await text();
    const reader = metrics.scrape().getReader();
    const first = await reader.read();
    for (const { portal } of many(500)) metrics.record(result({ portal }));
    metrics.removePortal(3);
    const chunks = [first.value ?? new Uint8Array()];
    for (let next = await reader.read(); next.value; next = await reader.read()) {
      chunks.push(next.value);
    }
    expect(Buffer.concat(chunks).toString()).toBe(before);
    expect(await text()).not.toContain("https://p3.gov.vn/");
  });

  test("takes old runs away after a long silence without holding others up", async () => {
    const { metrics, clock, lines } = store(...many(500));
    for (const { portal } of many(500)) metrics.record(result({ portal }));
    clock.at = 10 * INTERVAL_MS;
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    const names = new Set((await lines()).map((line) => line.slice(0, line.indexOf("{"))));
    clearInterval(count);
    expect([...names]).toEqual(["probe_results_total", "portal_info", "portal_state"]);
    expect(turns).toBeGreaterThan(0);
  });

  test("of a portal that goes while old runs are taken away has none of its lines", async () => {
    const { metrics, clock, text } = store(...many(500));
    for (const { portal } of many(500)) metrics.record(result({ portal }));
    clock.at = 10 * INTERVAL_MS;
    const reading = text();
    setImmediate(() => metrics.removePortal(499));
    expect(await reading).not.toContain("https://p499.gov.vn/");
    metrics.setPortal(info({ portal: 1000, slug: "p1000", url: "https://p1000/" }));
    expect(await text()).toContain('probe_results_total{instance="https://p1000/",family="ip6"');
  });

  test("gives several readers at once the same text, and ends when one leaves", async () => {
    const { metrics, text } = store(...many(300));
    const leaving = metrics.scrape().getReader();
    await leaving.read();
    await leaving.cancel();
    const texts = await Promise.all([text(), text(), text()]);
    expect(new Set(texts).size).toBe(1);
  });
});

const label = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("\\", '"', "\n", "ế", "🇻🇳", "{", "}", ",", "=", " ") }),
);
const milliseconds = fc.double({ min: 0, max: 120_000, noNaN: true });
const anyResult = fc.record({
  family: fc.constantFrom("ip4" as const, "ip6" as const),
  outcome: fc.constantFrom("ok", "degraded", "fail", "unknown", "no_address", "skipped"),
  totalMs: milliseconds,
  status: fc.option(fc.integer({ min: 100, max: 599 })),
}) as fc.Arbitrary<Pick<ProbeResult, "family" | "outcome" | "totalMs" | "status">>;

describe("the text, whatever the labels and results", () => {
  test("reads back to what was put in", async () => {
    await fc.assert(
      fc.asyncProperty(label, label, fc.array(anyResult), async (url, slug, runs) => {
        const { metrics, text } = store(info({ url, slug }));
        for (const change of runs) metrics.record(result(change));
        const { samples } = parseExposition(await text());
        const own = samples.filter(({ name }) => !name.startsWith("portals_by_"));
        expect(own.every(({ labels }) => labels["instance"] === url)).toBe(true);
        expect(samples.find(({ name }) => name === "portal_info")?.labels["portal"]).toBe(slug);
        for (const family of ["ip4", "ip6"] as const) {
          const last = runs.findLast((one) => one.family === family);
          const shown = samples.find(
            ({ name, labels }) => name === "probe_duration_seconds" && labels["family"] === family,
          );
          const told = last && ["ok", "degraded", "fail"].includes(last.outcome);
          expect(shown?.value).toBe(told ? last.totalMs / 1000 : undefined);
        }
      }),
    );
  });

  test("is, line for line, what prom-client writes of the same data", async () => {
    await fc.assert(
      fc.asyncProperty(label, anyResult, async (url, change) => {
        const { metrics, text } = store(info({ url }));
        metrics.record(result(change));
        expect(sorted(await text())).toEqual(sorted(await withPromClient(await text())));
      }),
    );
  });
});

function sorted(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .toSorted();
}

/** The samples of a text, put into prom-client and written by it. */
async function withPromClient(text: string): Promise<string> {
  const registry = new Registry();
  const { samples, types } = parseExposition(text);
  for (const [name, type] of types) {
    const help = new RegExp(`^# HELP ${name} (.*)$`, "m").exec(text)?.[1] ?? "";
    const own = samples.filter((sample) => sample.name === name);
    const labelNames = Object.keys(own[0]?.labels ?? { any: "" });
    const options = { name, help, labelNames, registers: [registry] };
    const metric = type === "counter" ? new Counter(options) : new Gauge(options);
    for (const { labels, value } of own) metric.inc(labels, value);
  }
  return registry.metrics();
}
