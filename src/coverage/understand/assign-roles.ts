import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import type { ColumnRole } from "./column-role.ts";
import { faultAt } from "./fault.ts";
import type { HeaderDictionary } from "./header-dictionary.ts";
import { columnLetter } from "./header-columns.ts";
import type { ColumnMeaning } from "./header-meaning.ts";

/** A column with its one role. */
export interface RoledColumn {
  /** From 0. */
  readonly index: number;
  readonly letter: string;
  /** As written, several rows joined by ` / `; the letter where nothing is written. */
  readonly header: string;
  readonly role: ColumnRole;
}

/** Columns of a sheet for which a known header is looked for: of a thousand, nobody mends them one by one. */
const SUGGESTIONS = 50;

/** A column with the role that its header gives it, null where that is not understood. */
export type DraftColumn = ColumnMeaning & { readonly role: ColumnRole | null };

/** Gives columns their roles by their headers alone; `ofProvinces`: the cells of a column are mostly provinces. */
export function draftRoles(
  meanings: readonly ColumnMeaning[],
  ofProvinces: (index: number) => boolean,
): readonly DraftColumn[] {
  const drafts = meanings.map((each): DraftColumn => ({ ...each, role: roleOfMeaning(each) }));
  const placed = withPlaces(drafts, ofProvinces);
  return isLong(placed) ? placed : withRatios(placed);
}

/** The columns of drafts; those without values, and those that are not understood, are ignored. */
export function roledColumns(
  drafts: readonly DraftColumn[],
  filled: (index: number) => boolean,
): readonly RoledColumn[] {
  return drafts.map((draft) => ({
    index: draft.column.index,
    letter: columnLetter(draft.column.index),
    header: headerOf(draft),
    role: filled(draft.column.index) ? (draft.role ?? "ignored") : "ignored",
  }));
}

/** Headers of columns with values that are not understood, or are so twice. */
export function roleFaults(
  sheet: string | null,
  drafts: readonly DraftColumn[],
  filled: (index: number) => boolean,
  dictionary: HeaderDictionary,
): readonly ImportFault[] {
  const used = drafts.filter(({ column }) => filled(column.index));
  const long = isLong(drafts);
  return [
    ...used.flatMap((draft, at) =>
      columnFaults(sheet, draft, long, at < SUGGESTIONS && dictionary),
    ),
    ...twice(sheet, used, long),
  ];
}

function isLong(drafts: readonly DraftColumn[]): boolean {
  return drafts.some(({ role }) => role === "indicator");
}

/** The header as it is written, or the column's letter. */
function headerOf({ column }: Pick<ColumnMeaning, "column">): string {
  return column.pieces.join(" / ") || columnLetter(column.index);
}

function roleOfMeaning({ meaning }: ColumnMeaning): ColumnRole | null {
  return meaning !== null && "role" in meaning ? meaning.role : null;
}

/** `Đơn vị` and `Mã ĐVHC` are of communes, unless their cells are provinces. */
function withPlaces(
  drafts: readonly DraftColumn[],
  ofProvinces: (index: number) => boolean,
): readonly DraftColumn[] {
  const units = drafts.filter(({ role }) => role === "unit_code" || role === "unit_name");
  const others = drafts.some(({ role }) => role !== null && /^(?:province|commune)_/u.test(role));
  const level =
    !others && units.some(({ column }) => ofProvinces(column.index)) ? "province" : "commune";
  return drafts.map((draft) => {
    if (draft.role === "unit_code") return { ...draft, role: `${level}_code` };
    return draft.role === "unit_name" ? { ...draft, role: `${level}_name` } : draft;
  });
}

/** A column that only says `Tỷ lệ (%)` is of the one indicator under its parent, else of the one to its left. */
function withRatios(drafts: readonly DraftColumn[]): readonly DraftColumn[] {
  return drafts.map((draft, at) => {
    if (draft.role !== "ratio") return draft;
    const { parent } = draft.column;
    const under = (each: DraftColumn) => parent !== null && each.column.parent === parent;
    const counted = drafts.filter(under).flatMap(({ role }) => numeratorOf(role) ?? []);
    const near = counted.length === 1 ? counted[0] : numeratorBefore(drafts.slice(0, at));
    if (counted.length === 0 && draft.otherwise !== null)
      return { ...draft, role: draft.otherwise };
    return near === undefined ? draft : { ...draft, role: `ratio:${near}` };
  });
}

function numeratorBefore(left: readonly DraftColumn[]): string | undefined {
  const before = left.findLast(({ role }) => !role?.startsWith("denominator:"));
  return numeratorOf(before?.role ?? null);
}

function numeratorOf(role: ColumnRole | null): string | undefined {
  return role?.startsWith("numerator:") ? role.slice("numerator:".length) : undefined;
}

function columnFaults(
  sheet: string | null,
  draft: DraftColumn,
  long: boolean,
  dictionary: HeaderDictionary | false,
): readonly ImportFault[] {
  const header = headerOf(draft);
  const letter = columnLetter(draft.column.index);
  const stop = (
    code: string,
    facts: Readonly<Record<string, string | null | readonly string[]>>,
  ) => [
    faultAt({ sheet, column: header, value: header }, "V17", "reject_file", {
      code,
      header,
      letter,
      ...facts,
    }),
  ];
  if (draft.column.pieces.length === 0) return stop("no_header", {});
  if (draft.scaled) return stop("scaled_unit", {});
  if (draft.meaning !== null && "claimed" in draft.meaning) {
    return stop("several_meanings", { roles: draft.meaning.claimed });
  }
  if (draft.role === null)
    return stop("unknown_column", {
      nearest: dictionary === false ? null : dictionary.nearest(header),
    });
  if (!long && draft.role === "ratio") return stop("ratio_of_what", {});
  if (!long && (draft.role === "numerator" || draft.role === "denominator")) {
    return stop("count_of_what", {});
  }
  return [];
}

function twice(
  sheet: string | null,
  used: readonly DraftColumn[],
  long: boolean,
): readonly ImportFault[] {
  const seen = new Map<ColumnRole, DraftColumn>();
  return used.flatMap((draft) => {
    if (draft.role === null || draft.role === "ignored" || draft.role === "district") return [];
    // Without its indicator each of them was told by itself.
    if (!long && /^(?:numerator|denominator|ratio)$/u.test(draft.role)) return [];
    const first = seen.get(draft.role);
    seen.set(draft.role, first ?? draft);
    if (first === undefined) return [];
    const header = headerOf(draft);
    return faultAt({ sheet, column: header, value: header }, "V17", "reject_file", {
      code: "two_for_one",
      header,
      letter: columnLetter(draft.column.index),
      other: headerOf(first),
      other_letter: columnLetter(first.column.index),
    });
  });
}
