import type { Register } from "../contract.ts";
import { type ColumnRole, FIXED_ROLES } from "./column-role.ts";
import { foldHeader, saysPercent, wordBag } from "./fold-header.ts";
import { headerAliases } from "./header-aliases.ts";

/** What a header text stands for: a role, several that claim it, or nothing known. */
export type HeaderMeaning =
  | { readonly role: ColumnRole }
  | { readonly claimed: readonly ColumnRole[] }
  | null;

/** The headers that are known, those of the register's indicators and denominators among them. */
export interface HeaderDictionary {
  readonly meaningOf: (text: string) => HeaderMeaning;
  /** The known header that is written most like a text, or null where none is near. */
  readonly nearest: (text: string) => string | null;
  /** Whether a text speaks of what only indicators speak of, as `Cáp quang` does. */
  readonly namesTechnology: (text: string) => boolean;
}

interface Entry {
  readonly text: string;
  readonly folded: string;
  readonly role: ColumnRole;
}

function entry(text: string, role: ColumnRole): Entry {
  return { text, folded: foldHeader(text), role };
}

/** Percentages have keys of their own: `Số hộ có cáp quang` and `Tỷ lệ hộ có cáp quang (%)` are two columns. */
function keyOf(text: string, folded = foldHeader(text)): string {
  return saysPercent(text) ? percentKey(folded) : folded;
}

function percentKey(folded: string): string {
  return `% ${folded.replaceAll(/\b(?:ti le|phan tram|tl)\b ?/gu, "").replace(/^so /u, "")}`.trim();
}

/** Builds the dictionary: aliases first, then codes and names, then percentages named after what is counted. */
export function headerDictionary(
  register: Pick<Register, "indicators" | "denominatorKinds">,
): HeaderDictionary {
  const aliases = [...fixedEntries(), ...indicatorEntries(register), ...kindEntries(register)];
  const meanings = new Map<string, readonly ColumnRole[]>();
  for (const level of [aliases, nameEntries(register)]) {
    addLevel(
      meanings,
      level.map(({ text, folded, role }) => [keyOf(text, folded), role]),
    );
  }
  addLevel(meanings, derivedRatios(aliases));
  // Most files have headers that are known as they stand.
  const bags = once(() => bagsOf(meanings));
  const technology = once(() => technologyWords(aliases));
  const known = new Map<string, HeaderMeaning>();
  return {
    meaningOf: (text) => {
      const found = known.get(text);
      if (found !== undefined) return found;
      const key = keyOf(text);
      const roles = meanings.get(key) ?? bags().get(wordBag(key));
      const meaning = meaningFrom(roles);
      if (known.size < 5000) known.set(text, meaning);
      return meaning;
    },
    nearest: (text) => nearestOf(aliases, text),
    namesTechnology: (text) =>
      foldHeader(text)
        .split(" ")
        .some((word) => technology().has(word)),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function bagsOf(
  meanings: ReadonlyMap<string, readonly ColumnRole[]>,
): ReadonlyMap<string, readonly ColumnRole[]> {
  const bags = new Map<string, readonly ColumnRole[]>();
  const pairs = [...meanings].flatMap(([key, roles]) =>
    roles.map((role) => [wordBag(key), role] as const),
  );
  addLevel(bags, pairs);
  return bags;
}

function meaningFrom(roles: readonly ColumnRole[] | undefined): HeaderMeaning {
  const [first, second] = roles ?? [];
  if (roles === undefined || first === undefined) return null;
  return second === undefined ? { role: first } : { claimed: roles };
}

function fixedEntries(): readonly Entry[] {
  return FIXED_ROLES.flatMap((role) => headerAliases(role).map((text) => entry(text, role)));
}

function indicatorEntries({ indicators }: Pick<Register, "indicators">): readonly Entry[] {
  return indicators.flatMap(({ code, aliases }) =>
    aliases.map((alias) =>
      alias.startsWith("%")
        ? entry(`% ${alias.slice(1)}`, `ratio:${code}`)
        : entry(alias, `numerator:${code}`),
    ),
  );
}

function kindEntries({ denominatorKinds }: Pick<Register, "denominatorKinds">): readonly Entry[] {
  return denominatorKinds.flatMap(({ code, aliases }) =>
    aliases.map((text) => entry(text, `denominator:${code}`)),
  );
}

function nameEntries(
  register: Pick<Register, "indicators" | "denominatorKinds">,
): readonly Entry[] {
  const indicators = register.indicators.flatMap(({ code, nameVi, nameEn }) => [
    entry(code, `numerator:${code}`),
    ...[nameVi, nameEn].map((text) =>
      entry(text, saysPercent(text) ? `ratio:${code}` : `numerator:${code}`),
    ),
  ]);
  const kinds = register.denominatorKinds.flatMap(({ code, nameVi, nameEn }) =>
    [code, nameVi, nameEn].map((text) => entry(text, `denominator:${code}`)),
  );
  return [...indicators, ...kinds];
}

function derivedRatios(entries: readonly Entry[]): readonly (readonly [string, ColumnRole])[] {
  return entries
    .filter(({ role }) => role.startsWith("numerator:"))
    .map(({ folded, role }) => [percentKey(folded), `ratio:${role.slice("numerator:".length)}`]);
}

/** Adds keys that are not there yet; those that this level gives to several roles keep all of them. */
function addLevel(
  into: Map<string, readonly ColumnRole[]>,
  level: readonly (readonly [string, ColumnRole])[],
): void {
  const fresh = new Map<string, Set<ColumnRole>>();
  for (const [key, role] of level) {
    if (key === "" || into.has(key)) continue;
    fresh.set(key, (fresh.get(key) ?? new Set()).add(role));
  }
  for (const [key, roles] of fresh) into.set(key, [...roles]);
}

function technologyWords(entries: readonly Entry[]): ReadonlySet<string> {
  const words = (ofIndicators: boolean) =>
    entries
      .filter(({ role }) => /^(?:numerator|ratio):/u.test(role) === ofIndicators)
      .flatMap(({ folded }) => wordBag(folded).split(" "));
  const common = new Set(words(false));
  return new Set(words(true).filter((word) => !common.has(word)));
}

/** Below this share of equal pairs of letters, a suggestion would mislead. */
const NEAR = 0.55;

function nearestOf(entries: readonly Entry[], text: string): string | null {
  const wanted = pairs(foldHeader(text));
  let best: { text: string; share: number } | null = null;
  for (const { text: known, folded, role } of entries) {
    // Whoever renames households without fibre to those that have it turns the figures over.
    if (role === "ignored" || isNegated(text) !== isNegated(known)) continue;
    const share = likeness(wanted, pairs(folded));
    if (share >= NEAR && (best === null || share > best.share)) best = { text: known, share };
  }
  return best?.text.replace(/^% /u, "") ?? null;
}

function isNegated(text: string): boolean {
  return /\b(?:chua|khong|trang|lom)\b/u.test(foldHeader(text));
}

function pairs(text: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)),
  );
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * shared) / (one.size + other.size);
}
