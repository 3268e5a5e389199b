import type { Family } from "../../domain/family.ts";
import type { Sight } from "../../domain/incident/change.ts";
import type { Track } from "../../domain/incident/track.ts";
import type { PlacedTrack } from "./tracks.ts";

const FAMILIES = ["ip4", "ip6"] as const satisfies readonly Family[];

/**
 * Tracks of this process's vantage points in memory, with those of a transaction that is under way before them: steady
 * success asks the database nothing.
 */
export class TrackMemory {
  #known = new Map<number, Map<number, Track>>();
  #staged = new Map<number, Map<number, Track>>();
  #worthKeeping = new Map<string, Omit<PlacedTrack, "track">>();

  /** Whether the tracks of this vantage point are known. */
  knows(vantage: number): boolean {
    return this.#known.has(vantage);
  }

  /** Takes over what the database holds of a vantage point. */
  learn(vantage: number, tracks: readonly PlacedTrack[]): void {
    const all = new Map(tracks.map((each) => [keyOf(each.portal, each.family), each.track]));
    this.#known.set(vantage, all);
  }

  /** The track with what the transaction made of it so far, or null. */
  get(portal: number, family: Family, vantage: number): Track | null {
    const key = keyOf(portal, family);
    return this.#staged.get(vantage)?.get(key) ?? this.#known.get(vantage)?.get(key) ?? null;
  }

  /** What a transaction makes of a track; `worthKeeping`: it must be stored. */
  stage({ portal, family, vantage, track }: PlacedTrack, worthKeeping: boolean): void {
    const staged = this.#staged.get(vantage) ?? new Map<number, Track>();
    staged.set(keyOf(portal, family), track);
    this.#staged.set(vantage, staged);
    if (worthKeeping) {
      this.#worthKeeping.set(`${portal} ${family} ${vantage}`, { portal, family, vantage });
    }
  }

  /** The tracks that the transaction must store. */
  toKeep(): PlacedTrack[] {
    return [...this.#worthKeeping.values()].flatMap((place) => {
      const track = this.get(place.portal, place.family, place.vantage);
      return track === null ? [] : [{ ...place, track }];
    });
  }

  /** How this process's vantage points see a portal at this point of the transaction. */
  sightsOf(portal: number): Sight[] {
    return [...this.#known.keys()].flatMap((vantage) =>
      FAMILIES.flatMap((family) => {
        const track = this.get(portal, family, vantage);
        return track === null ? [] : [{ family, vantage, track }];
      }),
    );
  }

  /** The vantage points whose tracks are known. */
  vantages(): number[] {
    return [...this.#known.keys()];
  }

  /** Drops what a transaction staged that never ended. */
  begin(): void {
    this.#staged = new Map();
    this.#worthKeeping = new Map();
  }

  /** What was staged is so. */
  committed(): void {
    for (const [vantage, staged] of this.#staged) {
      const known = this.#known.get(vantage);
      for (const [key, track] of staged) known?.set(key, track);
    }
    this.begin();
  }

  /** Nothing is known any more. */
  forget(): void {
    this.#known = new Map();
    this.begin();
  }
}

/** One number per portal and family: such keys take less memory than texts. */
function keyOf(portal: number, family: Family): number {
  return portal * FAMILIES.length + FAMILIES.indexOf(family);
}
