import type { FileKind } from "./kind.ts";
import { type Refusal, unsafe } from "./refusal.ts";

/** What a file name ends in, in lower case and without the dot; empty where it has no ending. */
function endingOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** Endings that each format may have. A text file may have any ending that claims no format. */
const ENDINGS: Readonly<Record<"csv" | "xlsx" | "ods", readonly string[]>> = {
  csv: ["csv", "tsv", "tab", "txt", ""],
  xlsx: ["xlsx", ""],
  ods: ["ods", ""],
};

/** Endings that say what a file is; any other (`.2026`, `.bak`) claims nothing. */
const CLAIMS = /^(?:xlsx?|xlsm|xlsb|xltx|xltm|ods|csv|tsv|tab|txt|docx?|pdf|html?|xml|json|zip)$/;

/**
 * The refusal of a file whose name claims another format than its content has: somebody else's program would open it
 * as what it is not. The content alone decides how files are read.
 */
export function wrongEnding(name: string, format: keyof typeof ENDINGS): Refusal | null {
  const ending = endingOf(name);
  if (ENDINGS[format].includes(ending) || !CLAIMS.test(ending)) return null;
  return unsafe("wrong_extension", { ending, format });
}

/** The refusal of a file that is no table, by what it is. */
export function notATable(kind: FileKind): Refusal {
  if (kind === "empty") return unsafe("empty_file");
  if (kind === "encrypted_office") return unsafe("password_protected");
  return unsafe("not_a_table", { kind });
}
