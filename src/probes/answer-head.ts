import type { AnswerHeaders } from "./answer.ts";

/** The beginning of an answer, and how its body ends. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Octets, or how one sees where the body ends. */
  readonly body: number | "chunked" | "until-closed";
}

/** RFC 9112 section 4; a missing reason is common. */
const STATUS_LINE = /^HTTP\/(?:1\.[01]|0\.9|2\.0) (\d{3})(?: [^\r\n]*)?$/;

/** RFC 9110 section 5.6.2, no space before the colon, no control characters in the value, no folding. */
const FIELD = /^([!#$%&'*+.^_`|~\w-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

/** Reads a status line and header fields, as Latin-1 without the empty line at the end; or says what is wrong. */
export function readHead(text: string): AnswerHead | { readonly wrong: string } {
  const lines = text.split("\r\n");
  const [, status] = STATUS_LINE.exec(lines[0] ?? "") ?? [];
  if (status === undefined) return { wrong: "STATUS_LINE" };
  // Without a prototype: a field may be called `__proto__`.
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let index = 1; index < lines.length; index += 1) {
    const [, name, value = ""] = FIELD.exec(lines[index] ?? "") ?? [];
    if (name === undefined) return { wrong: "HEADER_FIELD" };
    keep(headers, name.toLowerCase(), value.trimEnd());
  }
  const body = framing(Number(status), headers);
  return typeof body === "object" ? body : { status: Number(status), headers, body };
}

function keep(headers: Record<string, string | string[]>, name: string, value: string): void {
  const known = headers[name];
  if (known === undefined) headers[name] = value;
  else if (typeof known === "string") headers[name] = [known, value];
  else known.push(value);
}

/**
 * How the body ends (RFC 9112 section 6.3), as browsers see it: a coding overrides a length, the same length twice is one.
 * Two different ones are refused.
 */
function framing(
  status: number,
  headers: AnswerHeaders,
): AnswerHead["body"] | { readonly wrong: string } {
  const lengths = new Set([headers["content-length"] ?? []].flat());
  const [length = "0"] = lengths;
  // More digits than any body has, and than a number holds exactly.
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) return { wrong: "CONTENT_LENGTH" };
  if (status < 200 || status === 204 || status === 304) return 0;
  const codings = headers["transfer-encoding"];
  if (codings !== undefined) {
    return /(?:^|,)[\t ]*chunked$/i.test([codings].flat().join()) ? "chunked" : "until-closed";
  }
  return lengths.size === 0 ? "until-closed" : Number(length);
}
