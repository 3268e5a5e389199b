import { CHECK_IDS } from "../../src/domain/finding.ts";
import { failure } from "../../src/domain/failure.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { PORTAL_KINDS } from "../../src/domain/portal.ts";
import { READINESS_LEVELS } from "../../src/domain/readiness.ts";
import { createPortalMetrics, type PortalMetrics } from "../../src/metrics/portal-store.ts";
import type { PortalStanding } from "../../src/reports/standings.ts";

// Every portal, agency and figure here is generated: it is there to be counted and timed.

/** How many there are of everything. */
export interface WorldSize {
  readonly portals: number;
  /** Codes of the provinces; each answers for as many portals as the next one, for 70 of 100 together. */
  readonly provinces: readonly string[];
  /** Bodies beside the provinces, which answer for the rest. */
  readonly others: number;
}

/** What the service's store of portal series holds of a world that was probed. */
export interface World {
  readonly metrics: PortalMetrics;
  /** The agencies' stable ids. */
  readonly agencies: readonly string[];
  /** Takes in the runs of both families of these portals, as of now. */
  probe(from: number, to: number): void;
}

const VANTAGE = "bench";
const INTERVAL_MS = 60_000;
const PROVINCES_SHARE = 0.7;
const DAY_MS = 86_400_000;

/** One of 50 runs fails. */
const FAILS_EVERY = 50;

/** The world with every portal known and audited, and not probed yet. */
export function createWorld({ portals, provinces, others }: WorldSize): World {
  const metrics = createPortalMetrics({
    vantage: VANTAGE,
    intervalMs: INTERVAL_MS,
    clock: Date.now,
  });
  const agencies = [
    ...provinces.map((code) => ({ slug: `province-${code}`, province: code })),
    ...Array.from({ length: others }, (_, i) => ({ slug: `other-body-${i}`, province: null })),
  ];
  const ofProvinces = Math.round(portals * PROVINCES_SHARE);
  const numbers = Array.from({ length: portals }, (_, number) => number);
  for (const number of numbers) {
    const [first, count] =
      number < ofProvinces ? [0, provinces.length] : [provinces.length, others];
    const index = first + (number % count);
    const agency = agencies[index]!;
    metrics.setPortal({
      portal: number,
      slug: slugOf(number),
      url: urlOf(number),
      // Two of the kinds for each agency.
      kind: PORTAL_KINDS[(index + (Math.floor(number / count) % 2)) % PORTAL_KINDS.length]!,
      ownerType: agency.province === null ? "other" : "province",
      counted: true,
      agency: agency.slug,
      province: agency.province,
    });
  }
  metrics.setStandings(numbers.map(standingOf));
  metrics.setIncidents(
    numbers
      .filter((number) => number % 100 === 7)
      .map((portal) => ({
        portal,
        kind: "down",
        severity: "major",
        held: null,
        inCommonCause: portal % 500 === 7,
      })),
  );
  return {
    metrics,
    agencies: agencies.map(({ slug }) => slug),
    probe(from, to) {
      for (let number = from; number < to; number += 1) {
        for (const family of FAMILIES) metrics.record(runOf(number, family, Date.now()));
      }
    },
  };
}

function slugOf(number: number): string {
  return `made-up-${String(number).padStart(5, "0")}`;
}

function urlOf(number: number): string {
  return `https://${slugOf(number)}.gov.example/`;
}

/** Levels and grades in turn, and four findings. */
function standingOf(number: number): PortalStanding {
  const checks = [1, 5, 11, 17].map((step) => CHECK_IDS[(number * step) % CHECK_IDS.length]!);
  return {
    portal: number,
    url: urlOf(number),
    level: READINESS_LEVELS[number % READINESS_LEVELS.length]!,
    grade: (["A", "B", "C", "D", "E"] as const)[number % 5]!,
    wrong: [...new Set(checks)].map((check) => ({ check, verdict: "warn" })),
    lastAudit: 1,
    lastAuditAt: Date.now() - (number % 360) * 60_000,
  };
}

/** A run at this instant; which ones fail differs from minute to minute. */
function runOf(number: number, family: Family, now: number): ProbeResult {
  const minute = Math.floor(now / INTERVAL_MS);
  const isBad = (number * 31 + minute) % FAILS_EVERY === 0;
  const phase = (base: number) => base + ((number * 7 + minute * 13) % 40);
  const phasesMs = {
    resolve: phase(2),
    connect: phase(10),
    tls: phase(25),
    processing: phase(80),
    transfer: phase(5),
  };
  return {
    portal: number,
    family,
    vantage: VANTAGE,
    scheduledAt: now,
    attempt: 0,
    startedAt: now,
    outcome: isBad ? "fail" : "ok",
    failure: isBad ? failure(number % 2 === 0 ? "connect_refused" : "connect_timeout") : null,
    skipReason: null,
    status: isBad ? null : 200,
    address: null,
    phasesMs,
    totalMs: Object.values(phasesMs).reduce((sum, ms) => sum + ms, 0),
    redirects: [],
    bodyBytes: 4096,
    loopLagMs: 0,
    certificate: isBad ? null : certificateOf(number, now),
    addresses: [],
    evidence: null,
  };
}

/** Certificates of 90 days that are renewed 30 days before their end, but for one in 30 that is later than that. */
function ageOf(number: number): number {
  return number % 30 === 0 ? 65 + (number % 20) : number % 60;
}

function certificateOf(number: number, now: number): ProbeResult["certificate"] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const notBefore = new Date(today - ageOf(number) * DAY_MS).toISOString();
  const notAfter = new Date(today + (90 - ageOf(number)) * DAY_MS).toISOString();
  return {
    fingerprint: String(number).padStart(64, "0"),
    subject: `CN=${slugOf(number)}.gov.example`,
    issuer: `CN=R${number % 8}, O=Made-up authority ${number % 8}`,
    serial: String(number),
    notBefore,
    notAfter,
    earliestNotAfter: notAfter,
    names: [],
    keyType: number % 2 === 0 ? "rsa" : "ec",
    keyBits: number % 2 === 0 ? 2048 : 256,
    chainLength: 2,
  };
}
