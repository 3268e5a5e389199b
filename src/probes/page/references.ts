import type { Reference } from "./reference.ts";
import { srcsetUrls } from "./srcset.ts";
import { styleUrls } from "./style-urls.ts";

/** Reads an attribute of one element by its lower-case name. */
export type Attributes = (name: string) => string | undefined;

/** Attributes that load one URL each, by element. `background` is of HTML 3.2, and alive. */
const SINGLE: Readonly<Record<string, readonly string[]>> = {
  script: ["src"],
  img: ["src"],
  source: ["src"],
  iframe: ["src"],
  frame: ["src"],
  embed: ["src"],
  object: ["data"],
  audio: ["src"],
  video: ["src", "poster"],
  track: ["src"],
  image: ["href"],
  use: ["href"],
  feImage: ["href"],
  body: ["background"],
  table: ["background"],
  tr: ["background"],
  td: ["background"],
  th: ["background"],
};

/** What `as` of a preload (HTML standard, section 4.6.8.14) is called here. */
const PRELOADED: Readonly<Record<string, string>> = {
  font: "font",
  image: "img",
  script: "script",
  style: "stylesheet",
};

/** Types of script that a browser runs; others are data, and their `src` is not loaded. */
const RUNS = /^(?:|module|importmap|(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script.*)$/i;

/** Everything that a browser loads because of one start tag, without its text; lazily, so that a bound can end it. */
export function* references(tagName: string, attribute: Attributes): Generator<Reference> {
  if (tagName === "link") yield* ofLink(attribute);
  else if (Object.hasOwn(SINGLE, tagName)) yield* ofElement(tagName, attribute);
  else if (tagName === "input" && attribute("type")?.toLowerCase() === "image") {
    yield* one("img", attribute("src"));
  }
  const style = attribute("style");
  if (style !== undefined) yield* styleUrls(style);
}

function* ofElement(tagName: string, attribute: Attributes): Generator<Reference> {
  if (tagName === "script" && !RUNS.test(attribute("type")?.trim() ?? "")) return;
  if (tagName === "iframe" && attribute("srcdoc") !== undefined) return;
  const kind = ELEMENT_KINDS[tagName] ?? tagName;
  for (const name of SINGLE[tagName]!) yield* one(kind, attribute(name));
  if (tagName === "img" || tagName === "source") yield* all(kind, attribute("srcset"));
}

/** Elements that load images under other names. */
const ELEMENT_KINDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["image", "use", "feImage", "body", "table", "tr", "td", "th"].map((name) => [name, "img"]),
  ),
  frame: "iframe",
};

/** `dns-prefetch`, `preconnect`, `prefetch` and the like load nothing that the page needs. */
function* ofLink(attribute: Attributes): Generator<Reference> {
  const rel = new Set(attribute("rel")?.toLowerCase().split(/\s+/));
  const kind = linkKind(rel, attribute);
  if (kind === null) return;
  yield* one(kind, attribute("href"));
  if (rel.has("preload")) yield* all(kind, attribute("imagesrcset"));
}

function linkKind(rel: ReadonlySet<string>, attribute: Attributes): string | null {
  if (rel.has("stylesheet")) return attribute("disabled") === undefined ? "stylesheet" : null;
  if (rel.has("modulepreload")) return "script";
  if (rel.has("preload")) return PRELOADED[attribute("as")?.toLowerCase() ?? ""] ?? "preload";
  return rel.has("icon") ? "icon" : null;
}

function* one(kind: string, url: string | undefined): Generator<Reference> {
  if (url !== undefined) yield { kind, url };
}

function* all(kind: string, srcset: string | undefined): Generator<Reference> {
  if (srcset === undefined) return;
  for (const url of srcsetUrls(srcset)) yield { kind, url };
}
