import type { IncidentChange, OpenIncident, PortalView } from "./change.ts";
import { ask, decideKind, follow, judge, openOf, type Scene } from "./decide-kind.ts";
import type { Verdict } from "./condition-verdict.ts";
import type { IncidentPolicy } from "./policy.ts";
import type { FamilyJudgement } from "./quorum.ts";
import type { Reduction } from "./reduce-track.ts";
import { UNSTABLE, unstableVerdict } from "./unstable.ts";

/**
 * Whether a run makes the portal worth deciding about: it said something, or the portal has an incident open, which
 * a vantage point that falls silent or another one's success may end.
 */
export function needsDecision({ changed, worthKeeping }: Reduction, hasOpen: boolean): boolean {
  return changed.length > 0 || worthKeeping || hasOpen;
}

/**
 * What is to be done to the incidents of one portal, in this order: pure, and once it is done nothing more follows
 * from the same view. Each network decides for itself. A voter without a sight has no vote, so whoever makes the view
 * brings along the tracks of plain success too, with the instant at which they were told last.
 */
export function decidePortal(view: PortalView, policy: IncidentPolicy): readonly IncidentChange[] {
  const networks = [...new Set(view.voters.map(({ network }) => network))].toSorted();
  return networks.flatMap((network) => decideNetwork({ view, policy, network }));
}

function decideNetwork(scene: Scene): readonly IncidentChange[] {
  const reach = judge(scene, "reach");
  const down = decideDown(scene, reach);
  const ended = down.some(({ type }) => type === "resolve");
  const isDown = !ended && (openOf(scene, "down") !== null || down.length > 0);
  return [
    ...down,
    ...decideKind(scene, "unresolvable", "name"),
    ...decideKind(scene, "certificate", "certificate"),
    ...decideDegraded(scene, reach, isDown),
  ];
}

/** While it flaps an open outage stays open, so forty changes are one incident. */
function decideDown(scene: Scene, reach: readonly FamilyJudgement[]): readonly IncidentChange[] {
  const open = openOf(scene, "down");
  const verdict = ask(scene, reach, open, "reach");
  // The families that it is about from now on: deciding once more must find the same.
  const about = (verdict.type === "bad" ? verdict : open)?.family ?? null;
  const own = reach.filter(({ family }) => about === null || about === family);
  const flapping = flaps(own, open);
  const grounds = { kind: "down", judgements: reach, flapping } as const;
  return follow(scene, grounds, unlessGood(verdict, flapping), "reach");
}

/** Too slow; or, while it is neither that nor down, changing all the time. */
function decideDegraded(
  scene: Scene,
  reach: readonly FamilyJudgement[],
  isDown: boolean,
): readonly IncidentChange[] {
  const open = openOf(scene, "degraded");
  const isUnstable = open?.cause === UNSTABLE;
  const limits = judge(scene, "limit");
  const tooSlow = { kind: "degraded", judgements: limits, flapping: false } as const;
  // What is open for another cause becomes slow by what would open it as slow.
  const slow = ask(scene, limits, isUnstable ? null : open, "limit");
  if (slow.type === "bad" || (open !== null && !isUnstable && limits.some(isSeen))) {
    return follow(scene, tooSlow, slow, "limit");
  }
  const flapping = flaps(reach, open);
  const unstable = { kind: "degraded", judgements: reach, flapping } as const;
  const verdict = unstableVerdict(reach, open, scene.policy);
  if (verdict !== null && (open !== null || !isDown)) {
    return follow(scene, unstable, verdict, "reach");
  }
  if (!isUnstable) return follow(scene, tooSlow, slow, "limit");
  const rest = ask(scene, limits, open, "limit");
  if (rest.type === "bad") return follow(scene, tooSlow, rest, "limit");
  return follow(scene, unstable, unlessGood(rest, flapping), "reach");
}

/** Whether somebody sees it at present. */
function isSeen({ level }: FamilyJudgement): boolean {
  return level === "down" || level === "partial";
}

/** Whether it changes all the time. Where nobody can tell of a family, what is open stays what it was. */
function flaps(judgements: readonly FamilyJudgement[], open: OpenIncident | null): boolean {
  if (judgements.some(({ flapping }) => flapping === true)) return true;
  return open?.flapping === true && judgements.some(({ flapping }) => flapping === null);
}

function unlessGood(verdict: Verdict, flapping: boolean): Verdict {
  return verdict.type === "good" && flapping ? { type: "keep" } : verdict;
}
