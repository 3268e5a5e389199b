import type { UnitAttributes } from "./unit.ts";

/** Tone marks: grave, acute, tilde, hook above, dot below. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** Vowels as they are when decomposed, with whatever marks they bear. */
const VOWELS = /(?:[aeiouy][\u0300-\u036f]*){2,}/gu;

/** The straight apostrophe, and what stands in its place: ’ ‘ ` ´ ʼ ′. */
const APOSTROPHES = /[\u2019\u2018\u0060\u00b4\u02bc\u2032]/gu;

/** Characters without width, which come along from web pages. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;

/**
 * What two spellings of one name have in common: case, the place of the tone mark (Hòa, Hoà), the kind of apostrophe
 * and dash, spaces and line breaks, the form of Unicode are put aside. Accents are not, nor Đ, nor i and y: names
 * that differ in them are of different units.
 */
export function nameKey(text: string): string {
  const spaced = text
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase()
    .replace(APOSTROPHES, "'")
    // The Icelandic eth and the African d look the same in capitals, and are what some fonts have.
    .replace(/[\u00f0\u0256]/gu, "đ")
    .replace(/ ?[-\u2010-\u2015\u2212] ?/gu, "-");
  return spaced.normalize("NFD").replace(VOWELS, toneLast).normalize("NFC");
}

/** A tone belongs to all of the vowels together: where it is written is a matter of taste. */
function toneLast(vowels: string): string {
  const tones = vowels.match(TONE);
  return tones === null ? vowels : vowels.replace(TONE, "") + tones.join("");
}

/** What each type of unit is called at the beginning of a name, short forms included. */
const PREFIXES: readonly (readonly [type: string, short: RegExp])[] = (
  [
    ["thành phố", "tp\\.|tp |t\\.p\\."],
    ["thị trấn", "tt\\.|tt |t\\.t\\."],
    ["thị xã", "tx\\.|tx |t\\.x\\."],
    ["đặc khu", "đk\\.|đk "],
    ["phường", "p\\."],
    ["quận", "q\\."],
    ["huyện", "h\\."],
    ["tỉnh", "t\\."],
    ["xã", "x\\."],
  ] as const
).map(([type, short]) => [type, new RegExp(`^(?:${nameKey(type)} |${short}) ?`, "u")]);

/** A name as somebody wrote it, for comparisons. */
export interface WrittenName {
  /** Key of all of it. */
  readonly whole: string;
  /** The type that it begins with (xã, phường, thành phố, …), or null. */
  readonly type: string | null;
  /** Key of the rest. */
  readonly bare: string;
}

/** Takes a name apart: `P. Hoàn Kiếm`, `phường Hoàn Kiếm` and `Hoàn Kiếm` have the same bare name. */
export function readName(text: string): WrittenName {
  const whole = nameKey(text);
  for (const [type, prefix] of PREFIXES) {
    const bare = whole.replace(prefix, "");
    if (bare !== whole && bare !== "") return { whole, type, bare: withoutZeros(bare) };
  }
  return { whole, type: null, bare: withoutZeros(whole) };
}

/** Phường 01 is Phường 1. */
function withoutZeros(name: string): string {
  return /^0+[1-9][0-9]?$/u.test(name) ? name.replace(/^0+/u, "") : name;
}

/** Whether a written name is that of a unit; `other_type`: it is, but for the type (xã where the unit is a phường). */
export type NameFit = "same" | "other_type" | "other";

type Named = Pick<UnitAttributes, "nameVi" | "nameViAlt" | "type">;

const keysOf = new WeakMap<Named, readonly string[]>();

/** The keys of a unit's bare names; they are made once for each object. */
export function bareKeys(named: Named): readonly string[] {
  const known = keysOf.get(named);
  if (known) return known;
  const names = named.nameViAlt === null ? [named.nameVi] : [named.nameVi, named.nameViAlt];
  const keys = [...new Set(names.map((name) => withoutZeros(nameKey(name))))];
  keysOf.set(named, keys);
  return keys;
}

/** Compares a written name, with its type or without, with what a unit is called. */
export function compareName(named: Named, written: WrittenName): NameFit {
  const keys = bareKeys(named);
  // A bare name may itself begin like a type.
  if (keys.includes(written.whole)) return "same";
  if (!keys.includes(written.bare)) return "other";
  return written.type === null || written.type === named.type ? "same" : "other_type";
}

/** Whether a written name is that of a unit: with its type or without one, not with another type. */
export function sameUnitName(written: string, named: Named): boolean {
  return compareName(named, readName(written)) === "same";
}
