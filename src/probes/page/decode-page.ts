import { codeOf } from "../socket-failure.ts";

/** The characters of a page. */
export interface DecodedPage {
  readonly text: string;
  /** Name of the encoding standard (https://encoding.spec.whatwg.org), lower case. */
  readonly encoding: string;
  /** Bytes were not valid in it, or no encoding that anybody knows was declared and it had to be guessed. */
  readonly faults: boolean;
}

/** Where browsers look for a declaration; the HTML standard asks for the first 1024 bytes at least. */
const PRESCAN_BYTES = 4096;

const CHARSET = /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i;
const META = /<meta\b[^>]*?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i;

/** Names of encodings without ASCII, which a declaration within the page itself can't mean. */
const NOT_IN_ASCII = new Set(["utf-16le", "utf-16be"]);

/** For what is neither declared nor UTF-8: what browsers fall back to. */
const FALLBACK = "windows-1252";

/**
 * Decodes as browsers do: byte order mark, else the charset of the Content-Type, else that of a meta element; a name
 * that nobody knows is passed over. Without any of them UTF-8 if the bytes are, else windows-1252. Never throws.
 */
export function decodePage(body: Buffer, contentType: string, cut: boolean): DecodedPage {
  const declared = [CHARSET.exec(contentType)?.[1], metaCharset(body)].filter(
    (label) => label !== undefined,
  );
  const known = declared.map(encodingOf);
  const encoding = markedEncoding(body) ?? known.find((name) => name !== null);
  if (encoding !== undefined && encoding !== null) {
    const { text, valid } = decode(body, encoding, cut);
    return { text, encoding, faults: !valid };
  }
  const utf8 = decode(body, "utf-8", cut);
  if (utf8.valid) return { text: utf8.text, encoding: "utf-8", faults: known.length > 0 };
  return { text: decode(body, FALLBACK, cut).text, encoding: FALLBACK, faults: true };
}

function markedEncoding(body: Buffer): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return "utf-8";
  if (body[0] === 0xfe && body[1] === 0xff) return "utf-16be";
  if (body[0] === 0xff && body[1] === 0xfe) return "utf-16le";
  return null;
}

function metaCharset(body: Buffer): string | undefined {
  const start = withoutComments(body.subarray(0, PRESCAN_BYTES).toString("latin1"));
  const label = META.exec(start)?.[1];
  // Whoever could read the element read ASCII (HTML standard, section 13.2.3.2).
  return label !== undefined && NOT_IN_ASCII.has(encodingOf(label) ?? "") ? "utf-8" : label;
}

function withoutComments(html: string): string {
  let kept = "";
  for (let at = 0; ;) {
    const opens = html.indexOf("<!--", at);
    if (opens < 0) return kept + html.slice(at);
    kept += html.slice(at, opens);
    const closes = html.indexOf("-->", opens + 2);
    if (closes < 0) return kept;
    at = closes + 3;
  }
}

/** The name of the encoding that a label means, null for a label that nobody knows. */
function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (codeOf(error) === "ERR_ENCODING_NOT_SUPPORTED") return null;
    throw error;
  }
}

/** A body that was cut may end within a character, which is nobody's fault. */
function decode(body: Buffer, encoding: string, cut: boolean): { text: string; valid: boolean } {
  try {
    const strict = new TextDecoder(encoding, { fatal: true });
    return { text: strict.decode(body, { stream: cut }), valid: true };
  } catch (error) {
    if (codeOf(error) !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    return { text: new TextDecoder(encoding).decode(body, { stream: cut }), valid: false };
  }
}
