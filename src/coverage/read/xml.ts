import { MAX_TAG_CHARACTERS, MAX_XML_DEPTH } from "./limits.ts";
import { unsafe } from "./refusal.ts";

/** Who is told what stands in an XML part; names are without their prefix. */
export interface XmlReader {
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COLON = 0x3a;

/** Longest reference that is waited for at the end of a piece: `&#x10FFFF;`. */
const MAX_REFERENCE = 12;

/**
 * Reads the XML of spreadsheets in pieces, in time and memory that grow with the piece alone. hucre's readers build a
 * tree, or queue all rows when whoever takes them is slow, and tell neither a formula without result from an empty
 * cell nor a document type definition; so this one does: entities can't be defined (a DOCTYPE is refused), tags and
 * depth are bounded, and a part that ends before its root does is refused as cut off.
 */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  reader: XmlReader,
): Promise<void> {
  const tokens = new XmlTokens(part, reader);
  for await (const text of decoded(chunks, part)) tokens.take(text);
  tokens.end();
}

/** The pieces as text; anything but UTF-8 is refused. */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  for await (const chunk of chunks) {
    const text = decodeOrRefuse(() => decoder.decode(chunk, { stream: true }), part);
    if (first && declaresOther(text)) throw unsafe("xml_encoding", { name: part });
    first = false;
    yield text;
  }
  yield decodeOrRefuse(() => decoder.decode(), part);
}

/** The value of an attribute, by its name without prefix, or null. */
export function attribute(attributes: string, name: string): string | null {
  let at = attributes.indexOf(`${name}=`);
  while (at > 0 && !beginsName(attributes.charCodeAt(at - 1))) {
    at = attributes.indexOf(`${name}=`, at + 1);
  }
  if (at < 0) return null;
  const start = at + name.length + 2;
  const end = attributes.indexOf(attributes[start - 1] ?? '"', start);
  return end < 0 ? null : unescapeXml(attributes.slice(start, end));
}

/** The text with its references resolved; only the five of XML and numbers are known. */
function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === "string") return ENTITIES[name] ?? whole;
      const point = typeof hex === "string" ? parseInt(hex, 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
    },
  );
}

/** After white space, or after the colon of a prefix. */
function beginsName(before: number): boolean {
  return before <= SPACE || before === COLON;
}

function declaresOther(text: string): boolean {
  const declared = /^\uFEFF?<\?xml[^>]*encoding\s*=\s*["']([^"']+)/i.exec(text)?.[1];
  return declared !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(declared);
}

function decodeOrRefuse(decode: () => string, part: string): string {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw unsafe("xml_encoding", { name: part });
    throw cause;
  }
}

/** The tokenizer: what is left of a piece waits for the next one. */
export class XmlTokens {
  readonly #part: string;
  readonly #reader: XmlReader;
  #rest = "";
  #depth = 0;
  #seenRoot = false;
  /** Inside of a comment, an instruction or CDATA: what ends it. */
  #until: string | null = null;

  constructor(part: string, reader: XmlReader) {
    this.#part = part;
    this.#reader = reader;
  }

  take(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    for (;;) {
      const next = this.#until === null ? this.#step(text, at) : this.#skip(text, at, this.#until);
      if (next === null) break;
      at = next;
    }
    this.#rest = text.slice(this.#handOver(text, at));
    if (this.#rest.length > MAX_TAG_CHARACTERS) throw unsafe("broken_xml", { name: this.#part });
  }

  end(): void {
    if (!this.#seenRoot || this.#depth !== 0 || this.#until !== null) {
      throw unsafe("truncated", { name: this.#part });
    }
  }

  /** Past the next token that is whole, or null. */
  #step(text: string, at: number): number | null {
    const start = text.indexOf("<", at);
    if (start < 0) return null;
    if (start > at) {
      this.#text(text.slice(at, start));
      return start;
    }
    const special = this.#special(text, start);
    if (special !== undefined) return special;
    const end = tagEnd(text, start);
    if (end < 0) return null;
    this.#tag(text.slice(start + 1, end));
    return end + 1;
  }

  /** Comments, instructions, CDATA and declarations; undefined: it is a tag. */
  #special(text: string, start: number): number | null | undefined {
    const second = text[start + 1];
    if (second === "?") return this.#enter("?>", start + 2);
    if (second !== "!") return undefined;
    if (text.startsWith("<!--", start)) return this.#enter("-->", start + 4);
    if (text.startsWith("<![CDATA[", start)) return this.#enter("]]>", start + 9);
    if (text.length - start < 9) return null;
    throw unsafe("xml_doctype", { name: this.#part });
  }

  #enter(until: string, at: number): number {
    this.#until = until;
    return at;
  }

  #skip(text: string, at: number, until: string): number | null {
    const end = text.indexOf(until, at);
    // The end may lie across two pieces: its first characters wait.
    const upTo = end < 0 ? Math.max(at, text.length - until.length) : end;
    if (until === "]]>" && upTo > at) this.#reader.text(text.slice(at, upTo));
    if (end < 0) return upTo > at ? upTo : null;
    this.#until = null;
    return end + until.length;
  }

  #tag(inner: string): void {
    if (inner.startsWith("/")) {
      this.#depth -= 1;
      this.#reader.close(localName(inner.slice(1).trim()));
      return;
    }
    const closed = inner.endsWith("/");
    const content = closed ? inner.slice(0, -1) : inner;
    const space = firstSpace(content);
    const name = localName(space < 0 ? content : content.slice(0, space));
    this.#seenRoot = true;
    this.#reader.open(name, space < 0 ? "" : content.slice(space));
    if (closed) this.#reader.close(name);
    else this.#depth += 1;
    if (this.#depth > MAX_XML_DEPTH) throw unsafe("broken_xml", { name: this.#part });
  }

  #text(text: string): void {
    if (this.#depth > 0) this.#reader.text(unescapeXml(text));
  }

  /** Hands over text that can't change any more; returns where what waits begins. */
  #handOver(text: string, at: number): number {
    if (this.#until !== null || text.indexOf("<", at) >= 0) return at;
    const reference = text.lastIndexOf("&");
    const end =
      reference >= at && text.length - reference < MAX_REFERENCE ? reference : text.length;
    if (end > at) this.#text(text.slice(at, end));
    return end;
  }
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Where the tag ends that begins at `start`, `>` in quotes left aside; -1: not yet. */
function tagEnd(text: string, start: number): number {
  const end = text.indexOf(">", start);
  if (end < 0 || text[start + 1] === "/" || !mayBeInQuotes(text, start, end)) return end;
  let open = "";
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (open !== "") open = character === open ? "" : open;
    else if (character === '"' || character === "'") open = character;
    else if (character === ">") return at;
  }
  return -1;
}

/** Nearly all tags have an even number of `"` and no `'`: only the others are looked at letter by letter. */
function mayBeInQuotes(text: string, start: number, end: number): boolean {
  let odd = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === APOSTROPHE) return true;
    if (code === QUOTE) odd = !odd;
  }
  return odd;
}

/** Where the first white space is, or -1. */
function firstSpace(text: string): number {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) <= SPACE) return at;
  return -1;
}
