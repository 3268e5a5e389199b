import type { Day } from "../domain/calendar.ts";
import type { AdminLevel, Succession, Unit, UnitBook } from "../domain/units/unit.ts";
import { bestVintage, type CodeAndName, vintageFits } from "../domain/units/vintage.ts";

/** A unit as others name it: a code is an identity only together with the days. */
export interface UnitRef {
  readonly level: AdminLevel;
  readonly code: string;
  readonly full_name_vi: string;
  readonly province: { readonly code: string; readonly name_vi: string } | null;
  readonly valid_from: Day;
  /** First day on which it is not there any more. */
  readonly valid_to: Day | null;
}

/** A unit with what it was called when. */
export interface UnitRow extends UnitRef {
  readonly on: Day;
  readonly name_vi: string;
  readonly name_vi_alt: string | null;
  readonly type: string;
  /** Whether it came about on `valid_from`, and not just was there. */
  readonly begin_known: boolean;
  readonly district: { readonly code: string; readonly full_name_vi: string } | null;
  readonly names: readonly {
    readonly valid_from: Day;
    readonly valid_to: Day | null;
    readonly full_name_vi: string;
    readonly type: string;
  }[];
  /** Other units that had or have this code, oldest first. */
  readonly same_code: readonly UnitRef[];
}

/** One step from a unit to what it became, or from what it was. */
export interface SuccessionRow {
  readonly effective: Day;
  readonly kind: "merge" | "split";
  readonly part: "whole" | "split";
  readonly share: number | null;
  readonly unit: UnitRef;
}

/** The unit with this code on a day, or null. */
export function unitOn(book: UnitBook, level: AdminLevel, code: string, on: Day): UnitRow | null {
  const unit = book.on(level, code, on);
  if (!unit) return null;
  const { nameVi, nameViAlt, type } = book.attributesOn(unit.id, on);
  const district = unit.districtId === null ? undefined : book.byId(unit.districtId);
  return {
    ...refOf(book, unit, on),
    on,
    name_vi: nameVi,
    name_vi_alt: nameViAlt,
    type,
    begin_known: unit.beginKnown,
    district: district
      ? { code: district.code, full_name_vi: book.attributesOn(district.id, on).fullNameVi }
      : null,
    names: book.attributesOf(unit.id).map((each) => ({
      valid_from: each.validFrom,
      valid_to: each.validTo,
      full_name_vi: each.fullNameVi,
      type: each.type,
    })),
    same_code: unitsWithCode(book, level, code).filter(
      ({ valid_from: from }) => from !== unit.validFrom,
    ),
  };
}

/** Every unit that ever had this code, oldest first, as it was called last. */
export function unitsWithCode(book: UnitBook, level: AdminLevel, code: string): UnitRef[] {
  return book
    .withCode(level, code)
    .map((unit) => refOf(book, unit, unit.validTo === null ? FOR_EVER : unit.validTo));
}

/** What became of the unit with this code on a day, or what it came from; null where there is no such unit. */
export function successionsOf(
  book: UnitBook,
  which: "successors" | "predecessors",
  { level, code, on }: { readonly level: AdminLevel; readonly code: string; readonly on: Day },
): SuccessionRow[] | null {
  const unit = book.on(level, code, on);
  if (!unit) return null;
  return book[which](unit.id)
    .map((step) => successionRow(book, step, which === "successors" ? step.to : step.from))
    .toSorted(
      (one, other) =>
        compare(one.effective, other.effective) || compare(one.unit.code, other.unit.code),
    );
}

/** How well a list fits the units of a time. */
export interface VintageRow {
  readonly from: Day;
  readonly to: Day | null;
  /** Pairs whose code was in use with this name; and of all pairs, 0–1. */
  readonly fits: number;
  readonly fits_ratio: number;
  readonly known: number;
  readonly known_ratio: number;
}

/** Which units a list of codes and names is of. */
export interface VintageAnswer {
  readonly level: AdminLevel;
  readonly pairs: number;
  /** The one that fits best; the newest of those that fit the same. */
  readonly best: VintageRow;
  readonly vintages: readonly VintageRow[];
}

/** Compares a list, of at least one pair, with the units of every time. */
export function vintageOf(
  book: UnitBook,
  level: AdminLevel,
  pairs: readonly CodeAndName[],
): VintageAnswer | null {
  const fits = vintageFits(book, level, pairs);
  const best = bestVintage(fits);
  if (best === null) return null;
  const row = ({ from, to, fits: count, known }: (typeof fits)[number]): VintageRow => ({
    from,
    to,
    fits: count,
    fits_ratio: count / pairs.length,
    known,
    known_ratio: known / pairs.length,
  });
  return { level, pairs: pairs.length, best: row(best), vintages: fits.map(row) };
}

/** Later than any day that is asked for. */
const FOR_EVER: Day = "9999-12-31";

function successionRow(book: UnitBook, step: Succession, other: number): SuccessionRow {
  const unit = book.byId(other);
  if (!unit) throw new Error(`Unit ${other} is not in the book`);
  const { effective, kind, part, share } = step;
  return { effective, kind, part, share, unit: refOf(book, unit, effective) };
}

function refOf(book: UnitBook, unit: Unit, on: Day): UnitRef {
  const { fullNameVi, parentId } = book.attributesOn(unit.id, on);
  const province = parentId === null ? undefined : book.byId(parentId);
  return {
    level: unit.level,
    code: unit.code,
    full_name_vi: fullNameVi,
    province: province
      ? { code: province.code, name_vi: book.attributesOn(province.id, on).nameVi }
      : null,
    valid_from: unit.validFrom,
    valid_to: unit.validTo,
  };
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
