import type { ColumnRole } from "./column-role.ts";
import { foldHeader, saysScale } from "./fold-header.ts";
import { NEUTRAL_PARENTS } from "./header-aliases.ts";
import type { HeaderColumn } from "./header-columns.ts";
import type { HeaderDictionary, HeaderMeaning } from "./header-dictionary.ts";
import { periodsIn } from "./period-text.ts";

/** What the header of one column was taken for. */
export interface ColumnMeaning {
  readonly column: HeaderColumn;
  readonly meaning: HeaderMeaning;
  /** Of a column that only says `Tỷ lệ`: what it is by what stands above it, where its neighbours don't tell. */
  readonly otherwise: ColumnRole | null;
  /** It says that its numbers are thousands or millions. */
  readonly scaled: boolean;
  /** Days that the header names: `Số hộ có cáp quang đến 30/9/2026`. */
  readonly days: readonly string[];
}

const NEUTRAL = new Set(NEUTRAL_PARENTS.map(foldHeader));

/** Looks a column up: its whole header, then without what stands above, where that adds no other meaning. */
export function columnMeaning(column: HeaderColumn, dictionary: HeaderDictionary): ColumnMeaning {
  const { pieces } = column;
  const scaled = pieces.some(saysScale);
  const told = { column, scaled, otherwise: null, days: [] };
  const whole = meaningOfPieces(pieces, dictionary);
  const leaf = pieces.length > 1 ? dictionary.meaningOf(pieces.at(-1) ?? "") : null;
  if (leaf !== null && "role" in leaf && leaf.role === "ratio") {
    const above = whole !== null && "role" in whole && whole.role !== "ratio" ? whole.role : null;
    return { ...told, meaning: leaf, otherwise: above };
  }
  if (whole !== null) return { ...told, meaning: whole };
  const read = pieces.map((piece) => periodsIn(piece));
  const rest = read
    .map((each) => each.rest.replaceAll(/[(\s]+\)?$/gu, ""))
    .filter((text) => text !== "");
  const days = read.flatMap((each) => each.days);
  const meaning = days.length === 0 ? null : meaningOfPieces(rest, dictionary);
  return { ...told, meaning, days: meaning === null ? [] : days };
}

function meaningOfPieces(pieces: readonly string[], dictionary: HeaderDictionary): HeaderMeaning {
  for (const from of pieces.keys()) {
    const found = dictionary.meaningOf(pieces.slice(from).join(" "));
    if (found === null) continue;
    const above = pieces.slice(0, from);
    if (above.length === 0) return found;
    const told =
      "role" in found ? underParent(found.role, above, pieces.at(-1) ?? "", dictionary) : found;
    if (told !== null) return told;
  }
  return null;
}

/** The meaning of a lower part of a header, given what stands above it; null where that makes it another thing. */
function underParent(
  role: ColumnRole,
  above: readonly string[],
  leaf: string,
  dictionary: HeaderDictionary,
): HeaderMeaning {
  if (role === "numerator" || role === "denominator" || role === "ratio") {
    return ofParent(role, meaningOfPieces(above, dictionary));
  }
  if (!role.startsWith("denominator:")) return { role };
  const total = /^(?:tong|tong so)\b/u.test(foldHeader(leaf));
  const telling = above.filter((text) => !NEUTRAL.has(foldHeader(text)));
  return total || !telling.some((text) => dictionary.namesTechnology(text)) ? { role } : null;
}

/** `Số lượng` and `Tỷ lệ` under the header of an indicator are that indicator's. */
function ofParent(
  role: "numerator" | "denominator" | "ratio",
  parent: HeaderMeaning,
): HeaderMeaning {
  if (parent === null || !("role" in parent)) return { role };
  const [, kind, of] = /^(numerator|ratio|denominator):(.*)$/u.exec(parent.role) ?? [];
  if (kind === undefined || of === undefined) return { role };
  if (kind === "denominator") return role === "ratio" ? { role } : { role: `denominator:${of}` };
  return role === "denominator" ? { role } : { role: `${role}:${of}` };
}
