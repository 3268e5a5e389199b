import type { StartTag } from "parse5-sax-parser";
import { PageText } from "./page-text.ts";
import { type Attributes, references } from "./references.ts";
import type { ResourceCollector } from "./resource-urls.ts";
import { styleUrls } from "./style-urls.ts";
import type { DocumentHandler } from "./walk-document.ts";

/** Elements whose text nobody reads; where scripts run, `noscript` is one of them. */
const UNREAD = new Set(["script", "style", "noscript", "noframes", "noembed", "iframe", "title"]);

/** Characters of a title that are looked at. */
const TITLE_LENGTH = 10_000;

/** Reads one HTML document, tag by tag: its title, its visible text, and what it loads. */
export class PageReader implements DocumentHandler {
  readonly text = new PageText();
  readonly #resources: ResourceCollector;
  #title: string | null = null;
  #css = "";
  /** The element whose text is not read, null outside. */
  #unread: string | null = null;
  #inFirstTitle = false;
  #foreignDepth = 0;
  #templateDepth = 0;

  constructor(resources: ResourceCollector) {
    this.#resources = resources;
  }

  /** Text of the first title element, null if there is none. */
  get title(): string | null {
    return this.#title;
  }

  onStartTag({ tagName, attrs, selfClosing }: StartTag): void {
    this.text.endLine();
    const foreign = this.#foreignDepth > 0;
    if (tagName === "svg" || tagName === "math") this.#foreignDepth += selfClosing ? 0 : 1;
    else if (tagName === "template") this.#templateDepth += 1;
    else if (UNREAD.has(tagName) && !(foreign && selfClosing)) this.#unread = tagName;
    if (tagName === "title" && !foreign && this.#title === null) {
      this.#title = "";
      this.#inFirstTitle = true;
    }
    // What stands in a template is not loaded until a script asks for it.
    if (this.#templateDepth === 0) {
      this.#load(tagName, (name) => attrs.find((each) => each.name === name)?.value);
    }
  }

  onEndTag(tagName: string): void {
    this.text.endLine();
    if (tagName === this.#unread) this.#unread = null;
    if (tagName === "title") this.#inFirstTitle = false;
    else if (tagName === "style") this.#endStyle();
    else if (tagName === "template") this.#templateDepth = Math.max(0, this.#templateDepth - 1);
    else if (tagName === "svg" || tagName === "math") {
      this.#foreignDepth = Math.max(0, this.#foreignDepth - 1);
    }
  }

  onText(text: string): void {
    if (this.#templateDepth > 0) return;
    if (this.#unread === null) this.text.add(text);
    else if (this.#unread === "style") this.#css += text;
    else if (this.#inFirstTitle && this.#title!.length < TITLE_LENGTH) {
      this.#title += text.slice(0, TITLE_LENGTH);
    }
  }

  /** The end of the document closes what is still open. */
  onEnd(): void {
    this.text.endLine();
    this.#endStyle();
  }

  #endStyle(): void {
    this.#resources.take(styleUrls(this.#css));
    this.#css = "";
  }

  #load(tagName: string, attribute: Attributes): void {
    if (tagName === "base") this.#resources.setBase(attribute("href"));
    else if (tagName === "meta") this.#readPolicy(attribute);
    else this.#resources.take(references(tagName, attribute));
  }

  #readPolicy(attribute: Attributes): void {
    if (attribute("http-equiv")?.toLowerCase() !== "content-security-policy") return;
    this.#resources.readPolicy(attribute("content") ?? "");
  }
}
