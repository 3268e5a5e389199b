import iconv from "iconv-lite";
import type { ImportFault } from "../../../domain/coverage/import-fault.ts";
import { fault } from "../refusal.ts";
import { decodeOld } from "./encodings.ts";
import { spellingOf } from "./vietnamese.ts";

/** How letters may have been lost on the way, each with how to read the text as it was. */
const CAUSES: readonly {
  readonly code: string;
  readonly seenAs: string;
  readonly reread: (bytes: Buffer) => string;
}[] = [
  { code: "mojibake", seenAs: "windows-1252", reread: utf8 },
  { code: "mojibake", seenAs: "windows-1258", reread: utf8 },
  { code: "mojibake", seenAs: "latin1", reread: utf8 },
  { code: "legacy_font", seenAs: "windows-1252", reread: (bytes) => decodeOld(bytes, "tcvn3") },
  { code: "legacy_font", seenAs: "windows-1252", reread: (bytes) => decodeOld(bytes, "vni") },
];

/** The font family that text of a legacy font was written for, in the order of `CAUSES`. */
const FONTS = ["", "", "", "TCVN3", "VNI"];

/** UTF-8 that was read as a western code page: Ã¡, áº¡, á»‡, Æ°, Ä‘. */
const TRACES = /Ã[\u00a0-\u00bf]|áº|á»|Æ[°¡¯]|Ä[‘ƒ\u0090\u0091]|Ã\u0083|Â[\u00a0-\u00bf]/g;
const LEAST_TRACES = 3;

/** Letters that became a question mark when a file was saved in a code page that lacks them, or U+FFFD. */
const LOST = /\p{L}*(?:\p{L}\?\p{L}|\?\p{L}{2}|\ufffd)\p{L}*/gu;
const LEAST_LOST = 3;

/**
 * Why a text is not what was meant, with the text as it was, as far as it can be told; null where nothing speaks
 * against it. Text that merely is not Vietnamese is nobody's fault.
 */
export function garbled(text: string): ImportFault | null {
  const now = spellingOf(text);
  if (now.words >= 2 && now.share < 0.5) {
    for (const [at, cause] of CAUSES.entries()) {
      const meant = reread(text, cause.seenAs, cause.reread);
      const then = spellingOf(meant);
      if (then.syllables >= 2 && then.share >= 0.6 && then.share - now.share >= 0.3) {
        return reject(cause.code, text, { font: FONTS[at] ?? "", meant: firstWords(meant) });
      }
    }
  }
  if ((text.match(TRACES)?.length ?? 0) >= LEAST_TRACES && now.share < 0.5) {
    return reject("mojibake", text, { font: "", meant: "" });
  }
  const lost = new Set(text.match(LOST));
  return lost.size >= LEAST_LOST ? reject("letters_lost", [...lost].join(" "), {}) : null;
}

/** Lines that can be put back into the bytes that they were read from, read as they were meant. */
function reread(text: string, seenAs: string, read: (bytes: Buffer) => string): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const bytes = bytesOf(line, seenAs);
      return bytes === null ? [] : [read(bytes)];
    })
    .join("\n");
}

function bytesOf(line: string, encoding: string): Buffer | null {
  const bytes = iconv.encode(line, encoding);
  return iconv.decode(bytes, encoding) === line ? bytes : null;
}

function utf8(bytes: Buffer): string {
  return bytes.toString("utf8");
}

function firstWords(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 80);
}

function reject(code: string, text: string, facts: Record<string, string>): ImportFault {
  return fault("V15", "reject_file", code, { ...facts, sample: firstWords(text) });
}
