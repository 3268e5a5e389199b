import { setImmediate as nextTurn } from "node:timers/promises";
import { type EndTag, SAXParser, type StartTag, type Text } from "parse5-sax-parser";
import { SLICE_CHARACTERS } from "./limits.ts";

/** Told what stands in a document, in order. */
export interface DocumentHandler {
  onStartTag(tag: StartTag): void;
  onEndTag(tagName: string): void;
  /** May come in several pieces. */
  onText(text: string): void;
  onEnd(): void;
}

/**
 * Roots of foreign content (`svg`, `math`) on one page: the parser keeps a stack of them that costs more the deeper
 * it is, and no honest page has this many.
 */
const FOREIGN_ROOTS = 10_000;

/**
 * Tells the handler what stands in a document, without building a tree, so that depth costs nothing; other work of
 * this thread gets its turn after every slice. True if a bound ended it before the document did.
 */
export async function walkDocument(
  text: string,
  contentType: string,
  handler: DocumentHandler,
): Promise<boolean> {
  const stopped = await (isMarkup(text, contentType) ? walkMarkup : walkText)(text, handler);
  handler.onEnd();
  return stopped;
}

/** Where the server says nothing, what begins like a tag is one. */
function isMarkup(text: string, contentType: string): boolean {
  const type = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (type === "" || !type.includes("/")) return /^\s*</.test(text);
  return /[/+](?:html|xhtml|xml)$/.test(type);
}

async function walkText(text: string, handler: DocumentHandler): Promise<boolean> {
  for (const slice of slices(text)) {
    handler.onText(slice);
    await nextTurn();
  }
  return false;
}

/** Tokenizes as the HTML standard says. */
async function walkMarkup(html: string, handler: DocumentHandler): Promise<boolean> {
  const parser = new SAXParser();
  let roots = 0;
  parser.on("startTag", (tag) => {
    if (tag.tagName === "svg" || tag.tagName === "math") roots += 1;
    if (roots > FOREIGN_ROOTS) parser.stop();
    else handler.onStartTag(tag);
  });
  parser.on("endTag", ({ tagName }: EndTag) => handler.onEndTag(tagName));
  parser.on("text", ({ text }: Text) => handler.onText(text));
  for (const slice of slices(html)) {
    await write(parser, slice);
    if (roots > FOREIGN_ROOTS) break;
    await nextTurn();
  }
  await end(parser);
  return roots > FOREIGN_ROOTS;
}

function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE_CHARACTERS) {
    yield text.slice(at, at + SLICE_CHARACTERS);
  }
}

function write(parser: SAXParser, html: string): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(html, (error) => (error ? reject(error) : resolve()));
  });
}

function end(parser: SAXParser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once("error", reject);
    parser.end(resolve);
  });
}
