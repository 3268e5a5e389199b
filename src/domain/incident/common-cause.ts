import { type FailureReason, isFailureKind, reasonOf } from "../failure.ts";
import type { IncidentKind } from "./kinds.ts";
import type { IncidentPolicy } from "./policy.ts";
import type { SubjectType } from "./subject.ts";

/** What portals can have in common that makes them fail together, most specific first. */
export const CAUSE_TYPES = [
  "address",
  "prefix",
  "name-servers",
  "agency",
] as const satisfies readonly SubjectType[];

export type CauseType = (typeof CAUSE_TYPES)[number];

/** What a portal has of each. */
export type Shares = Readonly<Record<CauseType, readonly string[]>>;

/** Failures of the name rather than of what it leads to. */
const NAME_REASONS: ReadonlySet<FailureReason> = new Set<FailureReason>(["dns", "no_address"]);

/**
 * Whether a thing in common can be why these fail: name servers explain a name that does not resolve, an address or its
 * network a connection that fails. A server that refuses connections is not the fault of who answers for its name.
 */
export function canExplain(
  type: CauseType,
  incident: { readonly kind: IncidentKind; readonly cause: string },
): boolean {
  if (type === "agency") return true;
  const { kind, cause } = incident;
  const isOfName =
    kind === "unresolvable" || (isFailureKind(cause) && NAME_REASONS.has(reasonOf(cause)));
  return isOfName === (type === "name-servers");
}

/** An open incident that has no parent yet; instants in milliseconds since the epoch. */
export interface Orphan {
  readonly id: number;
  readonly openedAt: number;
  readonly shares: Shares;
}

/** A common cause that is open. */
export interface KnownCause {
  readonly id: number;
  readonly type: CauseType;
  readonly value: string;
  /** When the last of its children opened. */
  readonly lastOpenedAt: number;
}

/** What several incidents have in common. */
export interface FoundCause {
  readonly type: CauseType;
  readonly value: string;
  readonly children: readonly Orphan[];
}

export interface Grouping {
  readonly joins: readonly { readonly child: Orphan; readonly parent: number }[];
  readonly found: readonly FoundCause[];
}

/** How many portals have a thing in common, failing or not. */
export type PortalsWith = (type: CauseType, value: string) => number;

/**
 * Which incidents belong together: each joins the most specific cause that is open, or makes one with enough others
 * that opened about the same time. Every incident gets one parent at most.
 */
export function findCauses(
  orphans: readonly Orphan[],
  known: readonly KnownCause[],
  portalsWith: PortalsWith,
  policy: IncidentPolicy["group"],
): Grouping {
  const joins: { child: Orphan; parent: number }[] = [];
  const found: FoundCause[] = [];
  let left = orphans.toSorted((one, other) => one.openedAt - other.openedAt || one.id - other.id);
  for (const type of CAUSE_TYPES) {
    const open = new Map(
      known.filter((each) => each.type === type).map((each) => [each.value, each]),
    );
    for (const child of left) {
      const parent = child.shares[type]
        .map((value) => open.get(value))
        .find((each) => each !== undefined && mayJoin(child, each, policy));
      if (parent) joins.push({ child, parent: parent.id });
    }
    const joined = new Set(joins.map(({ child }) => child));
    left = left.filter((child) => !joined.has(child));
    for (const cause of newCauses(left, type, portalsWith, policy)) {
      found.push(cause);
      left = left.filter((child) => !cause.children.includes(child));
    }
  }
  return { joins, found };
}

/** One address or prefix can take its portals down one after the other; what is shared loosely must fail together. */
function mayJoin(
  child: Orphan,
  parent: KnownCause,
  { withinMs }: IncidentPolicy["group"],
): boolean {
  if (parent.type === "address" || parent.type === "prefix") return true;
  return Math.abs(child.openedAt - parent.lastOpenedAt) <= withinMs;
}

/** Causes among incidents in order of their opening, the largest first, no incident in two of them. */
function newCauses(
  orphans: readonly Orphan[],
  type: CauseType,
  portalsWith: PortalsWith,
  policy: IncidentPolicy["group"],
): FoundCause[] {
  const byValue = new Map<string, Orphan[]>();
  for (const orphan of orphans) {
    for (const value of new Set(orphan.shares[type])) {
      byValue.set(value, [...(byValue.get(value) ?? []), orphan]);
    }
  }
  const causes: FoundCause[] = [];
  const taken = new Set<Orphan>();
  const bySize = [...byValue].toSorted(([, one], [, other]) => other.length - one.length);
  for (const [value, sharing] of bySize) {
    const free = sharing.filter((each) => !taken.has(each));
    const children = mostWithin(free, policy.withinMs);
    if (!isEnough(children.length, () => portalsWith(type, value), policy)) continue;
    causes.push({ type, value, children });
    for (const child of children) taken.add(child);
  }
  return causes;
}

function isEnough(count: number, total: () => number, policy: IncidentPolicy["group"]): boolean {
  if (count >= policy.children) return true;
  return count >= policy.minChildren && count >= total() * policy.share;
}

/** The longest run of incidents (in order of their opening) that opened within so many milliseconds. */
function mostWithin(orphans: readonly Orphan[], withinMs: number): readonly Orphan[] {
  let best: readonly Orphan[] = [];
  let first = 0;
  for (const [last, orphan] of orphans.entries()) {
    while (orphan.openedAt - (orphans[first]?.openedAt ?? 0) > withinMs) first += 1;
    if (last + 1 - first > best.length) best = orphans.slice(first, last + 1);
  }
  return best;
}

/** Share of a common cause's children that must be resolved before it is over itself. */
const RESOLVED_SHARE = 0.8;

/** Whether a common cause is over: those of its children that still fail speak for themselves from then on. */
export function isCauseOver(children: {
  readonly open: number;
  readonly resolved: number;
}): boolean {
  const total = children.open + children.resolved;
  return total === 0 || children.resolved >= total * RESOLVED_SHARE;
}

/** Whether a common cause that is over a short while ago has begun again: stricter than not to be over. */
export function isCauseBack(
  children: { readonly open: number; readonly resolved: number },
  { minChildren }: IncidentPolicy["group"],
): boolean {
  return children.open >= minChildren && children.open * 2 >= children.open + children.resolved;
}
