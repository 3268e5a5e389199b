import type { Piece } from "./choose-piece.ts";
import type { Lineage } from "./lineage.ts";
import { recast } from "./recast.ts";
import {
  addMissing,
  addValue,
  commonestOrigin,
  emptyTally,
  obstacle,
  type Tally,
} from "./tally.ts";

/** What sums are made of: one piece per unit, and where units came from, if any figure is of other units than asked for. */
export interface Material {
  readonly pieces: ReadonlyMap<number, Piece>;
  readonly lineage: Lineage | null;
  /** False where units themselves are counted: two old communes with fibre are not two of the present ones. */
  readonly addable: boolean;
}

/**
 * Adds up what a group of units holds. A unit's own figure is taken before those of the units that it came from; a
 * unit without any is missing, never 0.
 */
export function gather(group: readonly number[], material: Material): Tally {
  const { pieces, lineage } = material;
  const own: [number, Piece | undefined][] = [];
  const inherited: number[] = [];
  for (const unit of group) {
    const piece = pieces.get(unit);
    const inherits = piece === undefined || piece.status === "withdrawn";
    if (inherits && lineage !== null && hasHeirloom(unit, lineage, pieces)) inherited.push(unit);
    else own.push([unit, piece]);
  }
  const tally = emptyTally(group.length, originOf(own, inherited, material));
  for (const [unit, piece] of own) addOwn(tally, unit, piece);
  if (lineage !== null && inherited.length > 0) recast(tally, inherited, { ...material, lineage });
  return tally;
}

function hasHeirloom(unit: number, lineage: Lineage, pieces: Material["pieces"]): boolean {
  return lineage.ancestors(unit).some((ancestor) => pieces.has(ancestor.unit));
}

function originOf(
  own: readonly [number, Piece | undefined][],
  inherited: readonly number[],
  { pieces, lineage }: Material,
): string | null {
  const ancestors = new Set(
    inherited.flatMap((unit) => (lineage?.ancestors(unit) ?? []).map((ancestor) => ancestor.unit)),
  );
  const candidates = [
    ...own.map(([, piece]) => piece),
    ...[...ancestors].map((unit) => pieces.get(unit)),
  ];
  return commonestOrigin(candidates.filter((piece) => piece !== undefined));
}

function addOwn(tally: Tally, unit: number, piece: Piece | undefined): void {
  const reason = obstacle(piece, tally.origin);
  if (reason === null && piece) {
    addValue(tally, piece);
    tally.reported += 1;
    return;
  }
  addMissing(tally, reason ?? "not_reported");
  if (piece?.madeUp) tally.madeUp = true;
  // What can't be there has no size; what is not known may be anything up to its size.
  if (reason !== "not_applicable") tally.gaps.push({ unit, share: 1 });
}
