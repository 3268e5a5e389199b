import { FAMILIES } from "../family.ts";
import type { EndedIncident, IncidentChange, OpenIncident, PortalView } from "./change.ts";
import { type Verdict, verdictOf } from "./condition-verdict.ts";
import { beginning, changing, ending } from "./incident-changes.ts";
import type { FactSources } from "./incident-facts.ts";
import type { IncidentKind } from "./kinds.ts";
import type { IncidentPolicy } from "./policy.ts";
import { type FamilyJudgement, judgeFamily } from "./quorum.ts";
import { CLOCK_SKEW_MS, CONDITION_RULES } from "./reduce-track.ts";
import { portalSubject } from "./subject.ts";
import type { Condition } from "./track.ts";

/** One portal as one network sees it. */
export interface Scene {
  readonly view: PortalView;
  readonly policy: IncidentPolicy;
  readonly network: string;
}

/** What the incident of a kind is decided by. */
export type Grounds = Pick<FactSources, "kind" | "judgements" | "flapping">;

/** How a condition stands over each family. */
export function judge(
  { view, policy, network }: Scene,
  condition: Condition,
): readonly FamilyJudgement[] {
  return FAMILIES.map((family) => judgeFamily(view, network, family, condition, policy));
}

/** What follows from these judgements for an incident that is open, or for none. */
export function ask(
  { view, policy }: Scene,
  judgements: readonly FamilyJudgement[],
  open: OpenIncident | null,
  condition: Condition,
): Verdict {
  const { partialAfterMs } = policy;
  return verdictOf({ condition, judgements, open, at: view.at, partialAfterMs });
}

/** Decides about the incident of a kind that one condition alone leads to. */
export function decideKind(
  scene: Scene,
  kind: IncidentKind,
  condition: Condition,
): readonly IncidentChange[] {
  const judgements = judge(scene, condition);
  const verdict = ask(scene, judgements, openOf(scene, kind), condition);
  return follow(scene, { kind, judgements, flapping: false }, verdict, condition);
}

/** Does to the incident of a kind what the verdict says; `condition` is the one that ends it. */
export function follow(
  scene: Scene,
  grounds: Grounds,
  verdict: Verdict,
  condition: Condition,
): readonly IncidentChange[] {
  const { view, network, policy } = scene;
  const sources: FactSources = { view, network, ...grounds };
  const open = openOf(scene, grounds.kind);
  if (open === null) {
    if (verdict.type !== "bad") return [];
    const ended = endedOf(scene, grounds.kind);
    return listed(beginning(verdict, sources, ended, policy.reopenWithinMs));
  }
  const changed = listed(changing(verdict, sources, open));
  if (verdict.type !== "good") return changed;
  const { closeAfter } = policy[CONDITION_RULES[condition]];
  return [...changed, ending(sources, open, condition, closeAfter)];
}

/** The open incident of a kind. */
export function openOf(scene: Scene, kind: IncidentKind): OpenIncident | null {
  return scene.view.open.find((each) => isOf(each, scene, kind)) ?? null;
}

/** The one of a kind that ended last; one that ended in the future can't keep another one from opening. */
function endedOf(scene: Scene, kind: IncidentKind): EndedIncident | null {
  const latest = (scene.view.now ?? Number.POSITIVE_INFINITY) + CLOCK_SKEW_MS;
  const ended = scene.view.ended.filter(
    (each) => isOf(each, scene, kind) && each.resolvedAt <= latest,
  );
  return ended.toSorted((a, b) => b.resolvedAt - a.resolvedAt || b.id - a.id)[0] ?? null;
}

function isOf(
  incident: Pick<OpenIncident, "kind" | "subject" | "network">,
  { view, network }: Scene,
  kind: IncidentKind,
): boolean {
  return (
    incident.kind === kind &&
    incident.network === network &&
    incident.subject === portalSubject(view.portal)
  );
}

function listed(change: IncidentChange | null): readonly IncidentChange[] {
  return change === null ? [] : [change];
}
