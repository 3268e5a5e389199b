import { failure } from "../../src/domain/failure.ts";
import type { Family } from "../../src/domain/family.ts";
import type { CertificateFacts, ProbeResult } from "../../src/domain/observation.ts";
import { evidence, result } from "../../test/store/helpers/results.ts";

export const PORTALS = 20_000;
export const INTERVAL_MS = 60_000;
/** As many results as one batch of the service holds at most. */
const BATCH_ROWS = 10_000;
const FAMILIES = ["ip4", "ip6"] as const satisfies readonly Family[];

/** One portal and family of a hundred fails all the time, one of a thousand now and then. */
const ALWAYS_FAILING = 100;
const NOW_AND_THEN = 1000;

/** A multiplier whose remainders look like chance (Knuth, The Art of Computer Programming, 6.4). */
const SPREAD = 2_654_435_761;

/**
 * What a minute brings from all portals over both families, in the order in which it is due, in batches. Every portal
 * has a certificate of its own and two addresses per family; no two runs take the same time.
 */
export function minuteOf(start: number, minute: number): ProbeResult[][] {
  const runs = Array.from({ length: PORTALS * FAMILIES.length }, (_, place) =>
    run(place, start + minute * INTERVAL_MS, minute),
  ).toSorted((a, b) => a.scheduledAt - b.scheduledAt);
  return Array.from({ length: runs.length / BATCH_ROWS }, (_, batch) =>
    runs.slice(batch * BATCH_ROWS, (batch + 1) * BATCH_ROWS),
  );
}

function run(place: number, minuteAt: number, minute: number): ProbeResult {
  const portal = Math.floor(place / FAMILIES.length) + 1;
  const family = FAMILIES[place % FAMILIES.length] ?? "ip4";
  const chance = noise(place, minute);
  // What is due when depends on the portal alone.
  const scheduledAt = minuteAt + Math.floor(noise(place, 0) * INTERVAL_MS);
  const addresses = [1, 2].map((host) => addressOf(portal, family, host));
  const base = {
    portal,
    family,
    scheduledAt,
    startedAt: scheduledAt + Math.floor(chance * 5),
    addresses,
  };
  if (place % ALWAYS_FAILING === 0 || Math.floor(chance * NOW_AND_THEN) === 0) {
    return result({
      ...base,
      outcome: "fail",
      failure: failure("connect_refused"),
      status: null,
      address: null,
      certificate: null,
      evidence: evidence({ addresses, failedAddresses: [] }),
    });
  }
  const phasesMs = {
    resolve: 2 + chance * 3,
    connect: 10 + chance * 20,
    tls: 20 + chance * 40,
    processing: 50 + noise(place, minute + 1) * 200,
    transfer: 1 + chance * 9,
  };
  return result({
    ...base,
    address: addresses[0] ?? null,
    phasesMs,
    totalMs: Object.values(phasesMs).reduce((sum, value) => sum + value, 0),
    bodyBytes: 20_000 + (portal % 5000),
    loopLagMs: chance,
    certificate: certificateOf(portal),
  });
}

/** From 0 to 1, the same for the same. */
function noise(place: number, minute: number): number {
  return (((place + 1) * SPREAD + minute * 40_503 * 65_537) % 1_000_003) / 1_000_003;
}

function addressOf(portal: number, family: Family, host: number): string {
  const [high, low] = [portal >> 8, portal & 255];
  return family === "ip4"
    ? `10.${high}.${low}.${host}`
    : `2001:db8:${high.toString(16)}:${low.toString(16)}::${host}`;
}

const known = new Map<number, CertificateFacts>();

function certificateOf(portal: number): CertificateFacts {
  let facts = known.get(portal);
  if (facts === undefined) {
    facts = {
      fingerprint: portal.toString(16).padStart(8, "0").repeat(8),
      subject: `CN=p${portal}.example.gov.vn`,
      issuer: "C=VN, O=Example CA, CN=Example CA for servers 2026",
      serial: portal.toString(16).padStart(32, "a"),
      notBefore: "2026-10-01T00:00:00.000Z",
      notAfter: "2027-01-01T00:00:00.000Z",
      earliestNotAfter: "2027-01-01T00:00:00.000Z",
      names: [`p${portal}.example.gov.vn`, `www.p${portal}.example.gov.vn`],
      keyType: "ec",
      keyBits: 256,
      chainLength: 2,
    };
    known.set(portal, facts);
  }
  return facts;
}
