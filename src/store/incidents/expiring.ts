import type { IncidentChange, IncidentFacts } from "../../domain/incident/change.ts";
import { type ExpiryStep, expiryStep } from "../../domain/incident/expiry-step.ts";
import { worseSeverity } from "../../domain/incident/kinds.ts";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import { readSubject, subjectText } from "../../domain/incident/subject.ts";
import { applyChanges } from "./apply-changes.ts";
import { putMembers, readServed, type Served } from "./served-certificates.ts";
import { FACT_COLUMNS } from "./open-incidents.ts";
import type { Round } from "./round.ts";

/** From so many days on an expiring certificate is as urgent as one that is invalid. */
const URGENT_DAYS = 3;
/** Authorities live for years: their chain is told by days alone. */
const AUTHORITY_LIFETIME_MS = 10 * 366 * 86_400_000;
const NETWORK = "internet";

/**
 * Certificates that are near their end: one incident each, however many portals serve it, until none does any more.
 * One that has expired is seen as invalid by every probe; it is told there, and here nothing is added.
 */
export async function followExpiring(round: Round): Promise<void> {
  const { trx, now } = round;
  const known = await readKnown(round);
  const open = new Map(
    known
      .filter(({ resolved_at }) => resolved_at === null)
      .map((row) => [fingerprintOf(row.subject), row]),
  );
  const days = Math.max(...round.policy.expiring.map((step) => step.days), 0);
  const served = await readServed(round, days + 1, [...open.keys()]);
  const changes: IncidentChange[] = [];
  for (const certificate of served) {
    const row = open.get(certificate.fingerprint);
    const step = stepOf(certificate, now, round.policy);
    const incident = step === null ? null : factsOf(round, certificate, step);
    if (incident === null || step === null) continue;
    if (row) {
      const before = (row.evidence as { step?: number }).step ?? 0;
      if (step.step <= before || step.step > round.policy.expiring.length) continue;
      const facts = {
        ...incident,
        openedAt: row.opened_at.getTime(),
        confirmedAt: row.confirmed_at.getTime(),
      };
      changes.push({ type: "change", at: now, id: row.id, reason: "nearer", incident: facts });
    } else if (step.step <= round.policy.expiring.length) {
      const change = beginning(round, incident, step, known);
      if (change) changes.push(change);
    }
  }
  const still = new Set(served.map(({ fingerprint }) => fingerprint));
  for (const [fingerprint, { id }] of open) {
    if (still.has(fingerprint)) continue;
    changes.push({ type: "resolve", at: now, id, resolvedAt: now, closedBy: "not_served" });
  }
  round.note(await applyChanges(trx, changes, now));
  await putMembers(round, served);
}

/** The nearer end of the two: the certificate's own, or that of the chain it is presented with while that is to come. */
function stepOf(
  { fingerprint, notBefore, notAfter, chainNotAfter }: Served,
  now: number,
  policy: IncidentPolicy,
): (ExpiryStep & { readonly of: "certificate" | "chain" }) | null {
  const own = expiryStep({ fingerprint, notBefore, notAfter }, now, policy);
  // What a chain holds that ended long ago is no news: clients build another one, or the probes fail.
  const isChainFirst = chainNotAfter < notAfter && chainNotAfter > now;
  const chainBefore = chainNotAfter - AUTHORITY_LIFETIME_MS;
  const chain = isChainFirst
    ? expiryStep({ fingerprint, notBefore: chainBefore, notAfter: chainNotAfter }, now, policy)
    : null;
  if (chain !== null && chain.step > (own?.step ?? 0)) return { ...chain, of: "chain" };
  return own === null ? null : { ...own, of: "certificate" };
}

function factsOf(
  { now, severityOf }: Round,
  certificate: Served,
  { step, daysLeft, of }: ExpiryStep & { readonly of: string },
): IncidentFacts {
  const { fingerprint, portals, subject, issuer, notAfter, chainNotAfter } = certificate;
  // Not failing yet is the partial case; the last days count as much as the failure that follows.
  const scope = daysLeft < URGENT_DAYS ? "whole" : "partial";
  return {
    kind: "certificate",
    subject: subjectText({ type: "certificate", name: fingerprint }),
    network: NETWORK,
    portal: null,
    family: null,
    scope: "whole",
    severity: portals
      .map(({ kind }) => severityOf("certificate", scope, kind))
      .reduce(worseSeverity),
    cause: "expiring",
    openedAt: now,
    confirmedAt: now,
    lastBadAt: now,
    confirmation: { vantages: [], observations: 1, confirmations: 0, singleVantage: true },
    evidence: {
      step,
      of,
      days_left: daysLeft,
      not_after: new Date(notAfter).toISOString(),
      chain_not_after: new Date(chainNotAfter).toISOString(),
      certificate_subject: subject,
      certificate_issuer: issuer,
    },
    flapping: false,
  };
}

/** What a person has ended begins again only at the next threshold; what ended a short while ago goes on. */
function beginning(
  { now, policy }: Round,
  incident: IncidentFacts,
  { step }: ExpiryStep,
  known: Awaited<ReturnType<typeof readKnown>>,
): IncidentChange | null {
  const ended = known.findLast(({ subject }) => subject === incident.subject);
  if (ended?.resolved_at) {
    const told = (ended.evidence as { step?: number }).step ?? 0;
    if (ended.closed_by === "person" && step <= told) return null;
    if (now - ended.resolved_at.getTime() <= policy.reopenWithinMs) {
      return { type: "reopen", at: now, id: ended.id, incident };
    }
  }
  return { type: "open", at: now, incident };
}

/** Incidents about certificates that are open, or ended while their certificate could still be served. */
function readKnown({ trx, now }: Round) {
  return trx
    .selectFrom("incident")
    .select([...FACT_COLUMNS, "closed_by"])
    .where("kind", "=", "certificate")
    .where("portal_id", "is", null)
    .where((is) =>
      is.or([
        is("resolved_at", "is", null),
        is("resolved_at", ">", new Date(now - 60 * 86_400_000)),
      ]),
    )
    .orderBy("id")
    .execute();
}

function fingerprintOf(subject: string): string {
  return readSubject(subject).name;
}
