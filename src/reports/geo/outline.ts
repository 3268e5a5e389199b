import { type Position, polygonsOf, type Ring, signedArea } from "./rings.ts";

/** An edge of an outer ring, from one corner to the next. */
interface Edge {
  readonly from: Position;
  readonly to: Position;
}

/**
 * What lies around several areas together, as rings against the clock: borders between two of them, which both have in
 * opposite directions, are left out. `geometries`: GeoJSON as text, outer rings against the clock; holes are ignored.
 */
export function outlineOf(geometries: readonly string[]): Ring[] {
  const edges = new Map<string, Edge>();
  for (const geometry of geometries)
    for (const [outer = []] of polygonsOf(geometry)) addEdges(edges, outer);
  // Rings that run with the clock are gaps between neighbours.
  return ringsOf(edges).filter((ring) => signedArea(ring) > 0);
}

function addEdges(edges: Map<string, Edge>, ring: Ring): void {
  for (const [index, from] of ring.entries()) {
    const to = ring[index + 1];
    if (to === undefined || keyOf(from) === keyOf(to)) continue;
    const back = `${keyOf(to)} ${keyOf(from)}`;
    if (edges.has(back)) edges.delete(back);
    else edges.set(`${keyOf(from)} ${keyOf(to)}`, { from, to });
  }
}

/** Walks along the edges until each was walked once. */
function ringsOf(edges: ReadonlyMap<string, Edge>): Ring[] {
  const leaving = Map.groupBy(edges.values(), ({ from }) => keyOf(from));
  const rings: Ring[] = [];
  for (const start of edges.values()) {
    const ring: Position[] = [];
    let next = leaving.get(keyOf(start.from))?.pop();
    while (next !== undefined) {
      ring.push(next.from);
      next = leaving.get(keyOf(next.to))?.pop();
    }
    const [first] = ring;
    if (first !== undefined) rings.push([...ring, first]);
  }
  return rings;
}

function keyOf([x, y]: Position): string {
  return `${x},${y}`;
}
