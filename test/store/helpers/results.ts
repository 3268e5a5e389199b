import { type Failure, failure } from "../../../src/domain/failure.ts";
import type { CertificateFacts, Evidence, ProbeResult } from "../../../src/domain/observation.ts";
import type { Database } from "../../../src/store/database.ts";
import { addAgencies } from "../../../src/store/agencies.ts";
import { addPortals } from "../../../src/store/portal-bulk.ts";

/** The instant at which the made-up runs of these tests begin: 08:00 on a day of November 2026 in UTC. */
export const START = Date.parse("2026-11-22T08:00:00Z");

/** A certificate as a portal presents it. */
export function certificate(seed = "a", facts: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    fingerprint: seed.repeat(64).slice(0, 64),
    subject: "CN=portal.example.gov.vn",
    issuer: "CN=Example CA",
    serial: "01",
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: "2027-01-01T00:00:00.000Z",
    earliestNotAfter: "2026-12-24T00:00:00.000Z",
    names: ["portal.example.gov.vn", "*.example.gov.vn"],
    keyType: "ec",
    keyBits: 256,
    chainLength: 2,
    ...facts,
  };
}

/** What was seen of a refused connection. */
export function evidence(facts: Partial<Evidence> = {}): Evidence {
  return {
    phase: "connect",
    code: "ECONNREFUSED",
    addresses: ["192.0.2.1", "192.0.2.2"],
    failedAddresses: [{ address: "192.0.2.1", kind: "connect_refused" }],
    cnames: [],
    hops: [{ url: "https://portal.example.gov.vn/", address: null, status: null }],
    ...facts,
  };
}

/** A successful run of portal 1, over IPv4, at START, changed as given. */
export function result(change: Partial<ProbeResult> = {}): ProbeResult {
  const scheduledAt = change.scheduledAt ?? START;
  return {
    portal: 1,
    family: "ip4",
    vantage: "local",
    scheduledAt,
    attempt: 0,
    startedAt: scheduledAt + 3,
    outcome: "ok",
    failure: null,
    skipReason: null,
    status: 200,
    address: "192.0.2.1",
    phasesMs: { resolve: 1.5, connect: 10.25, tls: 20.5, processing: 100, transfer: 5 },
    totalMs: 137.25,
    redirects: [],
    bodyBytes: 1234,
    loopLagMs: 0.5,
    certificate: certificate(),
    addresses: ["192.0.2.1", "192.0.2.2"],
    evidence: null,
    ...change,
  };
}

/** A run that failed because the connection was refused. */
export function failedResult(change: Partial<ProbeResult> = {}): ProbeResult {
  const refused: Failure = failure("connect_refused");
  return result({
    outcome: "fail",
    failure: refused,
    status: null,
    address: null,
    certificate: null,
    evidence: evidence(),
    ...change,
  });
}

/** Registers made-up portals with the numbers 1 to `count`, created a day before START. */
export async function registerPortals(db: Database, count: number): Promise<void> {
  await addAgencies(db, [{ ownerType: "test", ownerCode: "agency", nameVi: "Cơ quan thử" }]);
  const portals = Array.from({ length: count }, (_, index) => ({
    slug: `portal-${String(index + 1).padStart(6, "0")}`,
    url: `https://p${index + 1}.example.gov.vn/`,
    host: `p${index + 1}.example.gov.vn`,
    nameVi: `Cổng ${index + 1}`,
    nameEn: null,
    kind: "portal" as const,
    agency: "test-agency",
    province: null,
    lifecycle: "active" as const,
    source: null,
    madeUp: true,
  }));
  await addPortals(db, portals, new Date(START - 86_400_000));
}
