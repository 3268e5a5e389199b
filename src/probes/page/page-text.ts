import { createHash } from "node:crypto";
import { COMPARED_WORDS } from "./limits.ts";
import { readable } from "./readable.ts";
import { stableWords } from "./stable-words.ts";

/** Characters of a line by which lines are told apart, and of a line as it is shown. */
const LINE_KEY = 300;
const LINE_SHOWN = 120;

/** Lines that are kept to show what differs, far more than any landing page has. */
const LINES = 5000;

/** Text that waits for its end longer than this is taken as it is: a word without end is no word. */
const PENDING = 32 * 1024;

/** The visible text of a page, reduced to what two visits can be compared by. */
export interface TextFacts {
  /** SHA-256 of all words, lower-case hex. */
  readonly digest: string;
  /** Characters of all words with one space between them. */
  readonly length: number;
  /** How often each pair of neighbouring words occurs, within the first COMPARED_WORDS words. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly pairCount: number;
  /** Lines by their words, as they read. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Takes the text of a page piece by piece; bounded by what it is given. */
export class PageText {
  readonly #hash = createHash("sha256");
  readonly #pairs = new Map<string, number>();
  readonly #lines = new Map<string, string>();
  #pending = "";
  #length = 0;
  #pairCount = 0;
  #last = "";

  /** Text that goes on from the text before it. */
  add(text: string): void {
    this.#pending += text;
    if (this.#pending.length < PENDING) return;
    const end = this.#pending.search(/\s\S*$/) + 1;
    const whole = end === 0 ? this.#pending : this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(whole.length);
    this.#take(whole);
  }

  /** A tag: what comes next is another line. */
  endLine(): void {
    if (this.#pending === "") return;
    const text = this.#pending;
    this.#pending = "";
    this.#take(text);
  }

  /** Everything that was taken; nothing may be added afterwards. */
  facts(): TextFacts {
    this.endLine();
    return {
      digest: this.#hash.digest("hex"),
      length: this.#length,
      pairs: this.#pairs,
      pairCount: this.#pairCount,
      lines: this.#lines,
    };
  }

  #take(text: string): void {
    for (const line of text.split(/[\n\r]+/)) {
      const words = stableWords(line);
      if (words.length === 0) continue;
      const joined = words.join(" ");
      const added = this.#length === 0 ? joined : ` ${joined}`;
      this.#hash.update(added);
      this.#length += added.length;
      for (const word of words) this.#addPair(word);
      const key = joined.slice(0, LINE_KEY);
      if (this.#lines.size < LINES && !this.#lines.has(key)) {
        this.#lines.set(key, readable(line, LINE_SHOWN));
      }
    }
  }

  #addPair(word: string): void {
    if (this.#pairCount >= COMPARED_WORDS) return;
    const pair = `${this.#last} ${word}`;
    this.#pairs.set(pair, (this.#pairs.get(pair) ?? 0) + 1);
    this.#pairCount += 1;
    this.#last = word;
  }
}
