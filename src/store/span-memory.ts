import { FAMILIES, type Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { PresentSet, type Sighted, turnOf } from "./present-set.ts";
import { certificatesOf, type SeenCertificate, type SeenOnPlace } from "./result-rows.ts";

/** What a batch must write of addresses, certificates, and which portal presented which; no key twice. */
export interface DueSpans {
  readonly addresses: readonly SeenOnPlace[];
  readonly certificates: readonly SeenCertificate[];
  readonly pairings: readonly SeenOnPlace[];
}

interface Place {
  readonly portal: number;
  readonly family: Family;
  readonly addresses: PresentSet;
  readonly certificates: PresentSet;
}

/** A certificate as it was last presented, as far as runs of the same can differ; `id` null: its row is not known. */
interface KnownCertificate {
  id: number | null;
  first: number;
  turn: number;
  chainLength: number;
  earliestNotAfter: string;
}

/** Certificates in memory, about 25 MB: a server may show another one each time. Beyond that all are asked again. */
const MOST_CERTIFICATES = 100_000;

/** Far from any divisor of the turns, so that places that began together write apart; milliseconds. */
const APART_MS = 7919;

/**
 * Which addresses and certificates the database holds, so that seeing the same again costs nothing but now and then. True
 * only while every batch is committed: after one that was not, a new memory is begun.
 */
export class SpanMemory {
  readonly #places = new Map<number, Place>();
  readonly #certificates = new Map<string, KnownCertificate>();

  /** Takes in results in the order of their scheduled times; returns what must be written of them. */
  take(results: readonly ProbeResult[]): DueSpans {
    const addresses = new Map<string, SeenOnPlace>();
    const pairings = new Map<string, SeenOnPlace>();
    const touched = new Set<Place>();
    const due = new Set<string>();
    if (this.#certificates.size > MOST_CERTIFICATES) this.#certificates.clear();
    for (const result of results) {
      const { scheduledAt, certificate } = result;
      const place = this.#placeOf(result);
      touched.add(place);
      const seen = seenAddresses(result);
      if (seen.length > 0) widen(addresses, place, place.addresses.see(seen, scheduledAt));
      if (certificate === null) continue;
      const keys = [certificate.fingerprint];
      widen(pairings, place, place.certificates.see(keys, scheduledAt));
      if (this.#isNews(certificate, scheduledAt)) due.add(certificate.fingerprint);
    }
    for (const place of touched) {
      widen(addresses, place, place.addresses.takeDue());
      widen(pairings, place, place.certificates.takeDue());
    }
    const certificates = certificatesOf(
      due.size === 0
        ? []
        : results.filter(({ certificate }) => certificate && due.has(certificate.fingerprint)),
    );
    return {
      addresses: [...addresses.values()],
      certificates,
      pairings: [...pairings.values()],
    };
  }

  /** The number of an address's row; null: not known. */
  addressId(portal: number, family: Family, address: string): number | null {
    return this.#places.get(keyOf(portal, family))?.addresses.idOf(address) ?? null;
  }

  /** The number of a certificate's row; null: not known. */
  certificateId(fingerprint: string): number | null {
    return this.#certificates.get(fingerprint)?.id ?? null;
  }

  /** Learns the number of an address's row. */
  learnAddress(portal: number, family: Family, address: string, id: number): void {
    this.#places.get(keyOf(portal, family))?.addresses.learn(address, id);
  }

  /** Learns the number of a certificate's row. */
  learnCertificate(fingerprint: string, id: number): void {
    const known = this.#certificates.get(fingerprint);
    if (known) known.id = id;
  }

  #placeOf({ portal, family }: ProbeResult): Place {
    const key = keyOf(portal, family);
    let place = this.#places.get(key);
    if (place === undefined) {
      const set = () => new PresentSet(key * APART_MS);
      place = { portal, family, addresses: set(), certificates: set() };
      this.#places.set(key, place);
    }
    return place;
  }

  /** Whether a certificate's row must be written: it is not known, it came with another chain, or it is its turn. */
  #isNews(
    { fingerprint, chainLength, earliestNotAfter }: NonNullable<ProbeResult["certificate"]>,
    at: number,
  ): boolean {
    const known = this.#certificates.get(fingerprint);
    const turn = turnOf(at, (Number.parseInt(fingerprint.slice(0, 8), 16) || 0) * APART_MS);
    if (known === undefined) {
      const row = { id: null, first: at, turn, chainLength, earliestNotAfter };
      this.#certificates.set(fingerprint, row);
      return true;
    }
    const isSame =
      known.id !== null &&
      at >= known.first &&
      turn <= known.turn &&
      chainLength === known.chainLength &&
      earliestNotAfter === known.earliestNotAfter;
    if (isSame) return false;
    known.first = Math.min(known.first, at);
    known.turn = Math.max(known.turn, turn);
    known.chainLength = chainLength;
    known.earliestNotAfter = earliestNotAfter;
    return true;
  }
}

/** Every address of a run, of the name or answered from. */
function seenAddresses({ address, addresses }: ProbeResult): readonly string[] {
  return address === null || addresses.includes(address) ? addresses : [...addresses, address];
}

/** Adds a sighting of a place's keys to the rows that are to be written. */
function widen(rows: Map<string, SeenOnPlace>, place: Place, seen: Sighted | null): void {
  if (seen === null) return;
  const { portal, family } = place;
  for (const key of seen.keys) {
    const name = `${portal} ${family} ${key}`;
    const known = rows.get(name);
    const first = Math.min(seen.first, known?.first ?? seen.first);
    const last = Math.max(seen.last, known?.last ?? seen.last);
    rows.set(name, { portal, family, key, first, last });
  }
}

/** One number per portal and family: such keys take less memory than texts. */
function keyOf(portal: number, family: Family): number {
  return portal * FAMILIES.length + FAMILIES.indexOf(family);
}
