import { FAMILIES } from "../family.ts";
import type { Confirmation, IncidentFacts, PortalView, Sight } from "./change.ts";
import type { Verdict } from "./condition-verdict.ts";
import type { IncidentKind } from "./kinds.ts";
import type { FamilyJudgement } from "./quorum.ts";
import { portalSubject } from "./subject.ts";
import type { Condition, ConditionTrack } from "./track.ts";

type BadVerdict = Extract<Verdict, { type: "bad" }>;

/** What an incident is made of. */
export interface FactSources {
  readonly view: PortalView;
  readonly kind: IncidentKind;
  readonly network: string;
  readonly judgements: readonly FamilyJudgement[];
  readonly flapping: boolean;
}

/** Names at most so many sights in the evidence. */
const MOST_SIGHTS = 20;

/** The facts of an incident that a verdict opens, by what those who saw it have seen. */
export function factsOf(verdict: BadVerdict, sources: FactSources): IncidentFacts {
  const { view, kind, network, flapping } = sources;
  const { scope, family, condition } = verdict;
  const tracks = verdict.sights.map(({ track }) => track.conditions[condition]);
  const openedAt = Math.min(...tracks.map((each) => each.firstBadAt ?? view.at));
  return {
    kind,
    subject: portalSubject(view.portal),
    network,
    portal: view.portal,
    family,
    scope,
    severity: view.severityOf(kind, scope, view.portalKind),
    cause: verdict.cause ?? lastCause(tracks),
    openedAt,
    confirmedAt: Math.max(view.at, openedAt),
    lastBadAt: Math.max(openedAt, ...tracks.map((each) => each.lastBadAt ?? 0)),
    confirmation: confirmationOf(tracks, verdict.sights, sources.judgements),
    evidence: evidenceOf(condition, sources.judgements),
    flapping,
  };
}

function lastCause(tracks: readonly ConditionTrack[]): string {
  const [last] = tracks.toSorted((a, b) => (b.lastBadAt ?? 0) - (a.lastBadAt ?? 0));
  return last?.cause ?? "unknown";
}

function confirmationOf(
  tracks: readonly ConditionTrack[],
  sights: readonly Sight[],
  judgements: readonly FamilyJudgement[],
): Confirmation {
  const sum = (of: (track: ConditionTrack) => number) =>
    tracks.reduce((total, track) => total + of(track), 0);
  const able = new Set(
    judgements.flatMap(({ eligible }) => eligible.map(({ vantage }) => vantage)),
  );
  return {
    vantages: vantagesOf(sights),
    observations: sum(({ bad }) => bad),
    confirmations: sum(({ confirmations }) => confirmations),
    singleVantage: able.size === 1,
  };
}

/** The vantage points of sights, each once, in order. */
export function vantagesOf(sights: readonly Sight[]): readonly number[] {
  return [...new Set(sights.map(({ vantage }) => vantage))].toSorted((a, b) => a - b);
}

function evidenceOf(
  condition: Condition,
  judgements: readonly FamilyJudgement[],
): Readonly<Record<string, unknown>> {
  const sights = judgements
    .flatMap(({ eligible }) => eligible)
    .toSorted(
      (a, b) => a.vantage - b.vantage || FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family),
    );
  const certificate = sights.find(({ track }) => track.certificate !== null)?.track.certificate;
  return {
    families: Object.fromEntries(judgements.map(({ family, level }) => [family, level])),
    sights: sights.slice(0, MOST_SIGHTS).map(({ vantage, family, track }) => ({
      vantage,
      family,
      phase: track.conditions[condition].phase,
      cause: track.conditions[condition].cause,
      address: track.address,
    })),
    ...(certificate && {
      certificate: {
        fingerprint: certificate.fingerprint,
        not_after: new Date(certificate.notAfter).toISOString(),
      },
    }),
  };
}
