/** What one Strict-Transport-Security field says (RFC 6797 section 6.1). */
export type HstsField =
  | { readonly valid: true; readonly maxAge: number; readonly includeSubDomains: boolean }
  | { readonly valid: false };

const INVALID: HstsField = { valid: false };

/** `token` and `token "=" ( token | quoted-string )`, RFC 9110 section 5.6; white space around "=" is not allowed for. */
const DIRECTIVE =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:[ \t]*=[ \t]*(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+)|"((?:[^"\\]|\\[\s\S])*)"))?$/;

/**
 * Reads one field value: directives between semicolons, names in any case, none twice, empty ones skipped,
 * `max-age` required and made of digits, quoted or not; unknown directives are passed over. `includeSubDomains` must
 * have no value. A max-age beyond the safe integers counts as the largest of them.
 */
export function parseHsts(field: string): HstsField {
  const directives = new Map<string, string | null>();
  for (const part of splitOutsideQuotes(field)) {
    const text = part.replace(/^[ \t]+|[ \t]+$/g, "");
    if (text === "") continue;
    const match = DIRECTIVE.exec(text);
    const name = match?.[1]?.toLowerCase();
    if (!match || name === undefined || directives.has(name)) return INVALID;
    directives.set(name, match[2] ?? match[3]?.replace(/\\([\s\S])/g, "$1") ?? null);
  }
  const maxAge = directives.get("max-age") ?? "";
  if (!/^\d+$/.test(maxAge)) return INVALID;
  if ((directives.get("includesubdomains") ?? null) !== null) return INVALID;
  return {
    valid: true,
    maxAge: Math.min(Number(maxAge), Number.MAX_SAFE_INTEGER),
    includeSubDomains: directives.has("includesubdomains"),
  };
}

/** Parts between semicolons that are not inside a quoted string. */
function splitOutsideQuotes(text: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? "";
    if (char === ";" && !quoted) {
      parts.push(part);
      part = "";
      continue;
    }
    part += char;
    if (char === '"') quoted = !quoted;
    if (char === "\\" && quoted) {
      index += 1;
      part += text[index] ?? "";
    }
  }
  return [...parts, part];
}
