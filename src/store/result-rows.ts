import { createHash } from "node:crypto";
import { utcDay } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import {
  type CertificateFacts,
  type Evidence,
  PHASES,
  type ProbeResult,
} from "../domain/observation.ts";
import { sortKeys, storableJson } from "./storable-json.ts";

/**
 * Whether a result has the shape that its type promises, as far as storing depends on it. One that waited on disk
 * may have been written by another version.
 */
export function isWellFormed(result: ProbeResult): boolean {
  const { phasesMs, scheduledAt, startedAt, totalMs, loopLagMs } = result;
  const numbers = [startedAt, totalMs, loopLagMs, ...PHASES.map((phase) => phasesMs?.[phase])];
  return (
    scheduledAt >= 0 &&
    scheduledAt <= LATEST &&
    numbers.every((number) => Number.isFinite(number)) &&
    [result.addresses, result.redirects].every(Array.isArray) &&
    (!result.certificate || Array.isArray(result.certificate.names)) &&
    (!result.evidence ||
      [result.evidence.addresses, result.evidence.failedAddresses, result.evidence.hops].every(
        Array.isArray,
      ))
  );
}

/** When something was seen, first and last, in milliseconds since the epoch. */
export interface Seen {
  first: number;
  last: number;
}

/** An address or a certificate's fingerprint (`key`) as something that a portal has over a family. */
export interface SeenOnPlace extends Seen {
  readonly portal: number;
  readonly family: Family;
  readonly key: string;
}

export interface SeenCertificate extends Seen {
  facts: CertificateFacts;
}

/**
 * Every certificate of a batch. The same leaf can be presented with different chains: the row keeps the longest
 * chain and the earliest end, whatever the order in which they were seen.
 */
export function certificatesOf(results: readonly ProbeResult[]): SeenCertificate[] {
  const seen = new Map<string, SeenCertificate>();
  for (const { certificate, scheduledAt } of results) {
    const facts = certificate && storableCertificate(certificate);
    if (!facts) continue;
    const row = widen(seen, facts.fingerprint, scheduledAt, { facts });
    row.facts = {
      ...row.facts,
      chainLength: Math.max(row.facts.chainLength, facts.chainLength),
      earliestNotAfter: [row.facts.earliestNotAfter, facts.earliestNotAfter].toSorted()[0] ?? "",
    };
  }
  return [...seen.values()];
}

/** Evidence as it is stored: by UTC day, so that the row of a replay does not depend on any setting. */
export interface EvidenceRow {
  readonly day: string;
  /** Hex SHA-256 of what makes two failures the same, see `evidenceDigest`. */
  readonly digest: string;
  readonly evidence: string;
}

/** The evidence row of a result, or null where the result has none. */
export function evidenceOf({ evidence, failure, scheduledAt }: ProbeResult): EvidenceRow | null {
  if (!evidence || !failure) return null;
  const storable = storableJson(evidence) as Evidence;
  return {
    day: utcDay(scheduledAt),
    digest: evidenceDigest(failure.kind, storable),
    evidence: JSON.stringify(storable),
  };
}

/**
 * Two failures are the same when they differ only in the order of addresses (resolvers rotate it)
 * or in the query of a redirect's URL (log-in pages put a fresh token there).
 */
function evidenceDigest(kind: string, evidence: Evidence): string {
  const same = {
    kind,
    ...evidence,
    addresses: evidence.addresses.toSorted(),
    failedAddresses: evidence.failedAddresses.map((failed) => JSON.stringify(failed)).toSorted(),
    hops: evidence.hops.map((hop) => ({
      ...hop,
      url: withoutQuery(hop.url),
      to: withoutQuery(hop.to ?? ""),
    })),
  };
  return createHash("sha256")
    .update(JSON.stringify(sortKeys(same)))
    .digest("hex");
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, "");
}

/** A certificate as PostgreSQL can hold it, or null where it has no readable dates. */
function storableCertificate(facts: CertificateFacts): CertificateFacts | null {
  const [notBefore, notAfter, earliestNotAfter] = [
    storableInstant(facts.notBefore),
    storableInstant(facts.notAfter),
    storableInstant(facts.earliestNotAfter),
  ];
  if (!notBefore || !notAfter || !earliestNotAfter) return null;
  return {
    ...(storableJson(facts) as CertificateFacts),
    notBefore,
    notAfter,
    earliestNotAfter,
  };
}

/** PostgreSQL reads years of four digits only; certificates may claim any. */
const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59Z");

function storableInstant(text: string): string | null {
  const at = storableMs(text);
  return at === null ? null : new Date(at).toISOString();
}

/** The instant of a text as PostgreSQL can hold it, in milliseconds since the epoch; null where it is none. */
export function storableMs(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(LATEST, Math.max(EARLIEST, at));
}

function widen<Row extends object>(
  seen: Map<string, Row & Seen>,
  key: string,
  at: number,
  row: Row,
): Row & Seen {
  const known = seen.get(key);
  if (known) {
    known.first = Math.min(known.first, at);
    known.last = Math.max(known.last, at);
    return known;
  }
  const added = { ...row, first: at, last: at };
  seen.set(key, added);
  return added;
}
