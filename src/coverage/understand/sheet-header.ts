import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import type { RawRow, ReadSheet } from "../contract.ts";
import type { Context } from "./context.ts";
import { faultAt } from "./fault.ts";
import { saysScale, withoutAccents } from "./fold-header.ts";
import { findHeader, type HeaderBlock } from "./header-block.ts";
import { headerText } from "./header-columns.ts";
import { periodsIn } from "./period-text.ts";
import { titledProvince } from "./province-names.ts";
import type { SheetTitle } from "./sheet-layout.ts";

/** A sheet's header with what the lines above it say. */
export interface SheetHeader {
  readonly block: HeaderBlock;
  readonly named: SheetTitle;
  readonly faults: readonly ImportFault[];
}

/** Finds the header among the first rows of a sheet, or tells that there is none. */
export function sheetHeader(
  sheet: ReadSheet,
  first: readonly RawRow[],
  { dictionary, register }: Pick<Context, "dictionary" | "register">,
): SheetHeader | ImportFault {
  const block = findHeader(first, sheet.merges, dictionary);
  if (block === null) {
    const text = first.flatMap(({ cells }) => cells.map(headerText)).find((each) => each !== "");
    return faultAt({ sheet: sheet.name, value: text ?? null }, "V17", "reject_file", {
      code: "no_header_row",
      sheet: sheet.name,
      rows: first.length,
    });
  }
  const lines = block.titles.flatMap(({ number, cells }) =>
    cells.map((cell) => ({ number, text: headerText(cell) })),
  );
  const titles = lines.map(({ text }) => text);
  // Of sheets called `Quý I-2026` and `Quý II-2026` the name is the title.
  const periods = [...titles, headerText(sheet.name)].map((text) => periodsIn(text));
  const headed = block.columns.flatMap(({ meaning, days }) =>
    meaning !== null && "role" in meaning && /^(?:numerator|ratio)/u.test(meaning.role) ? days : [],
  );
  const years = [...new Set(periods.flatMap(({ year }) => year ?? []))];
  const scaled = lines.find(
    ({ text }) => saysScale(text) && /\b(?:dvt|don vi)\b/u.test(withoutAccents(text)),
  );
  return {
    block,
    named: {
      days: [...new Set([...periods.flatMap(({ days }) => days), ...headed])].sort(),
      year: years.length === 1 ? (years[0] ?? null) : null,
      province: titledProvince(sheet.name, titles, register.units),
    },
    faults: scaled
      ? [
          faultAt(
            { sheet: sheet.name, row: scaled.number, value: scaled.text },
            "V17",
            "reject_file",
            { code: "scaled_title" },
          ),
        ]
      : [],
  };
}
