import { MAX_SMALL_PART_BYTES } from "../limits.ts";
import { attribute, readXml } from "../xml.ts";
import { type Archive, inflate } from "../zip.ts";
import { unsafe } from "../refusal.ts";

/** Number formats that every Excel knows as dates and times (ECMA-376 18.8.30), those of East Asia included. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const PERCENT_FORMATS = new Set([9, 10]);
const FIRST_EAST_ASIAN = [27, 36] as const;
const MORE_EAST_ASIAN = [50, 58] as const;

/** As what the numbers of a cell are shown, where that is not as numbers. */
export type NumberLook = "date" | "percent" | null;

/** Of each cell style, by its number: as what its numbers are shown. */
export async function readNumberLooks(
  archive: Archive,
  part: string | null,
): Promise<readonly NumberLook[]> {
  const entry = part === null ? undefined : archive.get(part);
  if (!entry) return [];
  if (entry.size > MAX_SMALL_PART_BYTES * 4) {
    throw unsafe("part_too_large", { name: entry.name, bytes: entry.size });
  }
  const own = new Map<number, NumberLook>();
  const styles: NumberLook[] = [];
  let inCellFormats = false;
  await readXml(inflate(entry), entry.name, {
    open: (tag, attributes) => {
      if (tag === "cellXfs") inCellFormats = true;
      if (tag === "numFmt") {
        own.set(
          Number(attribute(attributes, "numFmtId")),
          lookOf(attribute(attributes, "formatCode") ?? ""),
        );
      }
      if (tag === "xf" && inCellFormats) {
        const format = Number(attribute(attributes, "numFmtId") ?? 0);
        styles.push(own.has(format) ? (own.get(format) ?? null) : builtInLook(format));
      }
    },
    close: (tag) => {
      if (tag === "cellXfs") inCellFormats = false;
    },
    text: () => {},
  });
  return styles;
}

function builtInLook(format: number): NumberLook {
  if (PERCENT_FORMATS.has(format)) return "percent";
  const within = ([from, to]: readonly [number, number]) => format >= from && format <= to;
  const date = DATE_FORMATS.has(format) || within(FIRST_EAST_ASIAN) || within(MORE_EAST_ASIAN);
  return date ? "date" : null;
}

/** What a format shows by its letters and signs outside of quotes, brackets and escapes: days, months, years or `%`. */
function lookOf(code: string): NumberLook {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
  if (/[ymd]/i.test(bare.replace(/general/gi, ""))) return "date";
  // A quoted sign is only written behind the number, which is not multiplied for it.
  return bare.includes("%") ? "percent" : null;
}
