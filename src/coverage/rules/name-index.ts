import type { AdminLevel, Unit, UnitAttributes, UnitBook } from "../../domain/units/unit.ts";
import { compareName, readName, sameUnitName } from "../../domain/units/unit-name.ts";

/** The levels that rows can be of; districts ended in 2025 and never had figures of their own here. */
type NamedLevel = Exclude<AdminLevel, "district">;

/** Files name their units again each quarter; all of them in a few spellings are fewer than this. */
const MOST_COMPARED = 50_000;

/** No name is longer, and what is kept has to stay small. */
const LONGEST_COMPARED = 100;

const PLAIN_TYPES = /^(?:tinh|thanh pho|xa|phuong|thi tran|dac khu) (?=\S)/u;

const indexes = new WeakMap<UnitBook, NameIndex>();

/** The index of a book; one for all files that are judged by it. */
export function nameIndexOf(units: UnitBook): NameIndex {
  const known = indexes.get(units);
  if (known) return known;
  const made = new NameIndex(units);
  indexes.set(units, made);
  return made;
}

/** Units by what their names look like without accents: where to look, never what to accept. */
export class NameIndex {
  readonly #units: UnitBook;
  readonly #byLevel = new Map<NamedLevel, Map<string, Unit[]>>();

  /** By unit: whether a name that somebody wrote is one of its names. */
  readonly #compared = new Map<Unit, Map<string, boolean>>();
  #comparisons = 0;

  constructor(units: UnitBook) {
    this.#units = units;
  }

  /** Units, of whatever time, one of whose names is this one, accents and all. */
  called(level: NamedLevel, written: string): readonly Unit[] {
    return this.resembling(level, written).filter((unit) => this.hasName(unit, written));
  }

  /** Units, of whatever time, one of whose names is this one if accents are left aside. */
  resembling(level: NamedLevel, written: string): readonly Unit[] {
    const index = this.#ofLevel(level);
    const plain = plainName(written);
    // A type without its accents is not known as one.
    return index.get(plain) ?? index.get(plain.replace(PLAIN_TYPES, "")) ?? [];
  }

  /** Whether this is, or once was, the unit's name. A change of type or name makes no other unit. */
  hasName(unit: Unit, written: string): boolean {
    const known = this.#compared.get(unit)?.get(written);
    if (known !== undefined) return known;
    const same = this.#units.attributesOf(unit.id).some((each) => sameUnitName(written, each));
    if (written.length <= LONGEST_COMPARED) this.#remember(unit, written, same);
    return same;
  }

  #remember(unit: Unit, written: string, same: boolean): void {
    if (this.#comparisons >= MOST_COMPARED) {
      this.#compared.clear();
      this.#comparisons = 0;
    }
    const ofUnit = this.#compared.get(unit);
    if (ofUnit) ofUnit.set(written, same);
    else this.#compared.set(unit, new Map([[written, same]]));
    this.#comparisons += 1;
  }

  /** Whether this is the unit's name but for its type: `Xã Tân Giang` of Phường Tân Giang. */
  hasOtherType(unit: Unit, written: string): boolean {
    const name = readName(written);
    return this.#units
      .attributesOf(unit.id)
      .some((each) => compareName(each, name) === "other_type");
  }

  #ofLevel(level: NamedLevel): Map<string, Unit[]> {
    const known = this.#byLevel.get(level);
    if (known) return known;
    const made = new Map<string, Unit[]>();
    for (const unit of this.#everyUnit(level)) {
      for (const name of new Set(this.#units.attributesOf(unit.id).map(plainOf))) {
        const same = made.get(name);
        if (same) same.push(unit);
        else made.set(name, [unit]);
      }
    }
    this.#byLevel.set(level, made);
    return made;
  }

  #everyUnit(level: NamedLevel): Iterable<Unit> {
    const found = new Map<number, Unit>();
    for (const day of this.#units.boundaries) {
      for (const unit of this.#units.allOn(level, day)) found.set(unit.id, unit);
    }
    return found.values();
  }
}

function plainOf({ nameVi }: UnitAttributes): string {
  return plainName(nameVi);
}

/** A name without type, accents, case and punctuation. */
function plainName(written: string): string {
  return readName(written)
    .bare.normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
