/**
 * What keeps one portal from its next level: numbers of the causes that all have to be mended. Empty: nothing that
 * could be mended is known, so the portal is never said to be lifted.
 */
export type BlockingCauses = readonly number[];

/** One step of a plan: causes to be mended together, and the portals (by their place in the input) that this lifts. */
export interface MendStep {
  /** Ascending. */
  readonly causes: readonly number[];
  /** Ascending; portals of earlier steps are not repeated. */
  readonly lifts: readonly number[];
}

/**
 * What to mend first so that the most portals climb by one level: a greedy cover, at most `limit` steps.
 *
 * A portal is lifted when all its causes are mended, by this step and the ones before it. Candidates of a step are the
 * sets of causes that some portal still waits for; the one that lifts the most portals per mended cause is taken, of
 * equal ones that which lifts more, then the one whose causes come first. Finding the best set of all is NP-hard
 * (minimum k-union), so nobody can promise that; what is promised is that each step is the best candidate.
 */
export function mendFirst(portals: readonly BlockingCauses[], limit: number): MendStep[] {
  const graph = createGraph(portals);
  const steps: MendStep[] = [];
  while (steps.length < limit) {
    const best = bestCandidate(graph);
    if (best === null) break;
    const lifts = mend(graph, best.causes).toSorted((a, b) => a - b);
    steps.push({ causes: best.causes.map((place) => graph.names[place] ?? -1), lifts });
  }
  return steps;
}

/** Portals that wait for the same causes. */
interface Group {
  /** Places in the graph's names, ascending, never empty. */
  readonly causes: readonly number[];
  readonly portals: number[];
  /** One bit of 32 per cause: what has a bit that a set lacks is no part of it, which one look tells. */
  readonly bits: number;
  /** How many portals mending exactly these causes lifts; null while it has to be counted anew. */
  gain: number | null;
  /** Whether anybody still waits for exactly these causes. */
  alive: boolean;
}

/** Groups by what they wait for. The lists keep groups that are not alive any more. */
interface Graph {
  /** The causes as the caller numbers them, ascending. */
  readonly names: readonly number[];
  readonly groups: Map<string, Group>;
  /** By cause: the groups that wait for it. */
  readonly waiting: Group[][];
  /** By cause: each group once, at the one of its causes that the fewest wait for. Subsets are looked for there. */
  readonly anchored: Group[][];
  /** By cause: the last count that asked for it. */
  readonly marks: Uint32Array;
  counts: number;
}

function createGraph(portals: readonly BlockingCauses[]): Graph {
  const names = [...new Set(portals.flat())].toSorted((a, b) => a - b);
  const places = new Map(names.map((name, place) => [name, place]));
  const graph: Graph = {
    names,
    groups: new Map(),
    waiting: names.map(() => []),
    anchored: names.map(() => []),
    marks: new Uint32Array(names.length),
    counts: 0,
  };
  for (const [portal, given] of portals.entries()) {
    const causes = [...new Set(given)].map((name) => places.get(name) ?? -1);
    if (causes.length > 0)
      addTo(
        graph,
        causes.toSorted((a, b) => a - b),
        [portal],
      );
  }
  for (const group of graph.groups.values()) anchor(graph, group);
  return graph;
}

/** Adds portals to the group of these causes; a new group is returned, to be anchored. */
function addTo(graph: Graph, causes: readonly number[], portals: readonly number[]): Group | null {
  const key = causes.join();
  const known = graph.groups.get(key);
  if (known) {
    for (const portal of portals) known.portals.push(portal);
    return null;
  }
  const bits = bitsOf(causes);
  const group: Group = { causes, portals: [...portals], bits, gain: null, alive: true };
  graph.groups.set(key, group);
  for (const cause of causes) graph.waiting[cause]?.push(group);
  return group;
}

function anchor({ waiting, anchored }: Graph, group: Group): void {
  const degree = (cause: number) => waiting[cause]?.length ?? 0;
  anchored[group.causes.reduce((a, b) => (degree(b) < degree(a) ? b : a))]?.push(group);
}

/** The group whose causes lift the most portals per cause; null when no group is left. */
function bestCandidate(graph: Graph): Group | null {
  const within = anchoredPortals(graph);
  const byBound = [...graph.groups.values()]
    .map((group) => ({ group, bound: group.gain ?? boundOf(group, within) }))
    .toSorted((a, b) => b.bound * a.group.causes.length - a.bound * b.group.causes.length);
  let best: Counted | null = null;
  for (const { group, bound } of byBound) {
    // From here on not even the bound reaches the best.
    if (best && bound * best.group.causes.length < best.gain * group.causes.length) break;
    group.gain ??= countLifted(graph, group.causes);
    const one = { group, gain: group.gain };
    if (best === null || isBetter(one, best)) best = one;
  }
  return best?.group ?? null;
}

interface Counted {
  readonly group: Group;
  readonly gain: number;
}

function isBetter(one: Counted, other: Counted): boolean {
  const perCause = one.gain * other.group.causes.length - other.gain * one.group.causes.length;
  if (perCause !== 0) return perCause > 0;
  if (one.gain !== other.gain) return one.gain > other.gain;
  return comesFirst(one.group.causes, other.group.causes);
}

function comesFirst(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((cause, index) => cause !== other[index]);
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? Infinity);
}

/** By cause: how many portals are looked for there. */
function anchoredPortals({ anchored }: Graph): number[] {
  return anchored.map((groups) =>
    groups.reduce((sum, { alive, portals }) => sum + (alive ? portals.length : 0), 0),
  );
}

/** What mending the causes of a group lifts at most: every portal that is looked for at one of them. */
function boundOf({ causes }: Group, within: readonly number[]): number {
  return causes.reduce((sum, cause) => sum + (within[cause] ?? 0), 0);
}

/** How many portals wait for nothing but these causes. */
function countLifted(graph: Graph, causes: readonly number[]): number {
  const { anchored, marks } = graph;
  graph.counts += 1;
  const mark = graph.counts;
  const lacking = ~bitsOf(causes);
  for (const cause of causes) marks[cause] = mark;
  let lifted = 0;
  for (const cause of causes) {
    for (const group of anchored[cause] ?? []) {
      if ((group.bits & lacking) !== 0 || !group.alive) continue;
      if (isMarked(group.causes, marks, mark)) lifted += group.portals.length;
    }
  }
  return lifted;
}

function bitsOf(causes: readonly number[]): number {
  return causes.reduce((bits, cause) => bits | (1 << (cause % 32)), 0);
}

function isMarked(causes: readonly number[], marks: Uint32Array, mark: number): boolean {
  for (const cause of causes) if (marks[cause] !== mark) return false;
  return true;
}

/** Takes mended causes out of the graph; returns the portals that wait for nothing any more. */
function mend(graph: Graph, mended: readonly number[]): number[] {
  const gone = new Set(mended);
  const waiting = mended.flatMap((cause) => graph.waiting[cause] ?? []);
  const touched = new Set(waiting.filter(({ alive }) => alive));
  for (const group of touched) {
    group.alive = false;
    graph.groups.delete(group.causes.join());
  }
  const lifted: number[] = [];
  const stale = new Set<number>();
  for (const { causes, portals } of touched) {
    const left = causes.filter((cause) => !gone.has(cause));
    for (const cause of left) stale.add(cause);
    if (left.length === 0) {
      for (const portal of portals) lifted.push(portal);
    } else {
      const added = addTo(graph, left, portals);
      if (added) anchor(graph, added);
    }
  }
  // A group that shares no cause with a shrunk one has the same portals within reach as before.
  for (const cause of stale) {
    const alive = (graph.waiting[cause] ?? []).filter((group) => group.alive);
    for (const group of alive) group.gain = null;
    graph.waiting[cause] = alive;
    graph.anchored[cause] = (graph.anchored[cause] ?? []).filter((group) => group.alive);
  }
  return lifted;
}
