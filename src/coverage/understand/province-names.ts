import type { AdminLevel, UnitBook } from "../../domain/units/unit.ts";
import { bareKeys, nameKey, readName } from "../../domain/units/unit-name.ts";

/** What provinces, and what communes, were ever called without their type. */
interface BareNames {
  readonly provinces: ReadonlySet<string>;
  readonly communes: ReadonlySet<string>;
  /** Any province's name behind its type, wherever it stands in a line. */
  readonly typed: RegExp;
}

const known = new WeakMap<UnitBook, BareNames>();

/** Whether a text is the name of a province, of any time, without its type. */
export function isProvinceName(text: string, units: UnitBook): boolean {
  const { type, bare } = readName(text);
  return type === null && namesOf(units).provinces.has(bare);
}

/** The same where no commune has that name too: a bare `Lào Cai` may be the phường. */
export function isBareProvince(text: string, units: UnitBook): boolean {
  return isProvinceName(text, units) && !namesOf(units).communes.has(readName(text).bare);
}

/**
 * The one province that a sheet's name, or else the lines above its table, say all of it is of: `UBND TỈNH CAO BẰNG`; as
 * its bare name. Null where they name none, or several.
 */
export function titledProvince(
  sheet: string | null,
  lines: readonly string[],
  units: UnitBook,
): string | null {
  const { provinces, typed } = namesOf(units);
  const ofSheet = sheet === null ? null : readName(sheet).bare;
  if (ofSheet !== null && provinces.has(ofSheet)) return ofSheet;
  const found = new Set(
    lines.flatMap((line) =>
      [...nameKey(line).matchAll(typed)].flatMap(({ groups }) => groups?.["name"] ?? []),
    ),
  );
  const [only = null] = found.size === 1 ? found : [];
  return only;
}

function namesOf(units: UnitBook): BareNames {
  const made = known.get(units) ?? collected(units);
  known.set(units, made);
  return made;
}

function collected(units: UnitBook): BareNames {
  const provinces = everyName(units, "province");
  const longestFirst = [...provinces].sort((one, other) => other.length - one.length);
  const typed = new RegExp(
    String.raw`(?<!\p{L})(?:tỉnh|thành phố|tp\.?) ?(?<name>${longestFirst.map(escaped).join("|")})(?!\p{L})`,
    "gu",
  );
  return { provinces, communes: everyName(units, "commune"), typed };
}

function everyName(units: UnitBook, level: AdminLevel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const day of units.boundaries) {
    for (const { id } of units.allOn(level, day)) {
      for (const name of bareKeys(units.attributesOn(id, day))) names.add(name);
    }
  }
  return names;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
