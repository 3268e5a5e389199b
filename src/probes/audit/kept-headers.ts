import type { AnswerHeaders } from "../answer.ts";
import { maskedUrl } from "../page/index.ts";
import { MAX_TEXT } from "./limits.ts";

/** The headers that checks read. */
export const KEPT_HEADERS = [
  "strict-transport-security",
  "content-security-policy",
  "x-frame-options",
  "x-content-type-options",
  "referrer-policy",
  "permissions-policy",
  "server",
  "content-type",
  "alt-svc",
] as const;

/** Lines of one header that are kept. */
const MAX_LINES = 10;

/** Characters of headers that are kept of one answer; what many proxies accept in all is the same. */
const MAX_CHARACTERS = 8192;

/**
 * Those headers of an answer, every field line by itself in the order sent; absent ones are left out. Bounded as a
 * whole, so that hundreds of answers of a hostile portal stay small; then the later names of the list go first.
 */
export function keptHeaders(headers: AnswerHeaders): Readonly<Record<string, readonly string[]>> {
  const kept: Record<string, readonly string[]> = {};
  let room = MAX_CHARACTERS;
  for (const name of KEPT_HEADERS) {
    const lines: string[] = [];
    for (const line of [headers[name] ?? []].flat().slice(0, MAX_LINES)) {
      if (room <= 0) break;
      const same = name === "content-security-policy" ? steady(line) : line;
      const short = same.slice(0, Math.min(MAX_TEXT, room));
      room -= short.length;
      lines.push(short);
    }
    if (lines.length > 0) kept[name] = lines;
  }
  return kept;
}

/** Nonces of a policy (CSP level 3) are new with every answer by their nature. */
const NONCE = /'nonce-[^']*'/gi;

/** A policy as far as it stays the same from answer to answer; what it says to the checks stays. */
function steady(line: string): string {
  return maskedUrl(line.slice(0, MAX_TEXT).replaceAll(NONCE, "'nonce-*'"));
}
