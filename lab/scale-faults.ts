import type { Socket } from "node:net";
import { stableHash } from "../src/domain/schedule.ts";

/** Connections that are dropped at random: a share of all, decided by a seed so that it can be repeated. */
export interface Drops {
  /** 0–1. */
  readonly ratio: number;
  readonly seed: number;
}

/** What goes wrong between the scale lab and whoever comes. */
export class ScaleFaults {
  #drops: Drops = { ratio: 0, seed: 0 };
  #cut = false;
  /** Connections so far, by address. */
  readonly #accepted = new Map<string, number>();
  #dropped = 0;

  get dropped(): number {
    return this.#dropped;
  }

  setDrops(drops: Drops): void {
    this.#drops = drops;
  }

  /** While it is cut nobody who connects is answered. */
  setCut(cut: boolean): void {
    this.#cut = cut;
  }

  /**
   * Whether a connection goes through. Which ones are dropped follows from the seed, the address and how many came to
   * it before, so that it depends on no clock.
   */
  admits(address: string, socket: Socket): boolean {
    if (this.#cut) return false;
    const count = (this.#accepted.get(address) ?? 0) + 1;
    this.#accepted.set(address, count);
    const { ratio, seed } = this.#drops;
    if (stableHash(`${seed} ${address} ${count}`) / 2 ** 32 >= ratio) return true;
    this.#dropped += 1;
    socket.resetAndDestroy();
    return false;
  }
}
