import { TextDecoder, isDeepStrictEqual } from "node:util";
import { type JSONPathQuery, JSONPathRecursionLimitError } from "json-p3";
import { RE2JS } from "re2js";
import type { Expectation } from "../domain/portal.ts";
import type { BodyMismatch } from "../domain/probe-facts.ts";
import { compileJsonPath } from "./json-path.ts";
import { composed } from "../domain/composed-text.ts";

/**
 * Largest compiled pattern, in instructions of the regular expression machine, which at worst takes this many steps
 * per character. The worst pattern of 128 that was found takes 0.9 s over 256 KiB made for it, ordinary ones take
 * milliseconds; were it ever to happen, the runs beside it are unknown (`event_loop_lag`), not wrong.
 */
const MAX_PROGRAM = 128;

/** What the body must contain, ready to be looked for. */
export interface BodyMatcher {
  /** What is missing from this body; `null` stands for one that could not be decoded. */
  mismatches(body: Buffer | null, contentType: string): readonly BodyMismatch[];
}

/** Whether an expectation needs the body at all. */
export function looksAtBody(expectation: Expectation): boolean {
  return (
    expectation.bodyText !== undefined ||
    expectation.bodyRegex !== undefined ||
    expectation.jsonPath !== undefined
  );
}

/** Compiles an expectation; throws a RangeError that says which part can't be used and why. */
function compileMatcher(expectation: Expectation): BodyMatcher {
  const { bodyText, bodyRegex, jsonPath } = expectation;
  const text = bodyText === undefined ? undefined : composed(bodyText);
  const pattern = bodyRegex === undefined ? undefined : compilePattern(bodyRegex);
  const query = jsonPath === undefined ? undefined : compileJsonPath(jsonPath.path);
  const parts = [
    ...(text === undefined ? [] : (["bodyText"] as const)),
    ...(pattern === undefined ? [] : (["bodyRegex"] as const)),
    ...(query === undefined ? [] : (["jsonPath"] as const)),
  ];
  return {
    mismatches: (body, contentType) => {
      if (body === null) return parts.map((part) => ({ part, why: "undecodable" }));
      // Vietnamese text comes with its marks joined or apart (Unicode NFC and NFD); both read the same.
      const page = composed(decoderFor(contentType).decode(body));
      const found: BodyMismatch[] = [];
      if (text !== undefined && !page.includes(text))
        found.push({ part: "bodyText", why: "absent" });
      if (pattern && !pattern.test(page)) found.push({ part: "bodyRegex", why: "absent" });
      const why = query && jsonMismatch(page, query, jsonPath);
      if (why) found.push({ part: "jsonPath", why });
      return found;
    },
  };
}

function compilePattern(source: string): RE2JS {
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(composed(source));
  } catch (cause) {
    throw new RangeError("not a regular expression in RE2 syntax", { cause });
  }
  if (pattern.programSize() > MAX_PROGRAM) {
    throw new RangeError("regular expression too large; shorten it or its repetitions");
  }
  return pattern;
}

/** The decoder for the charset that the server names; UTF-8 where it names none or one that nobody knows. */
function decoderFor(contentType: string): TextDecoder {
  const charset = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(charset ?? "utf-8");
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder("utf-8");
    throw error;
  }
}

function jsonMismatch(
  page: string,
  query: JSONPathQuery,
  expected: Expectation["jsonPath"],
): BodyMismatch["why"] | null {
  try {
    const document = JSON.parse(page);
    let selected = false;
    for (const { value } of query.lazyQuery(document)) {
      if (expected?.equals === undefined || isDeepStrictEqual(value, expected.equals)) return null;
      selected = true;
    }
    return selected ? "other_value" : "absent";
  } catch (error) {
    // Text that is no JSON, and JSON that is nested deeper than anybody looks.
    if (error instanceof SyntaxError) return "not_json";
    if (error instanceof JSONPathRecursionLimitError) return "absent";
    throw error;
  }
}

/** Matchers are kept per target, whose expectation object is replaced when it changes. */
const compiled = new WeakMap<Expectation, BodyMatcher>();

/** The matcher of an expectation, compiled at its first use. */
export function matcherFor(expectation: Expectation): BodyMatcher {
  let matcher = compiled.get(expectation);
  if (matcher === undefined) {
    matcher = compileMatcher(expectation);
    compiled.set(expectation, matcher);
  }
  return matcher;
}
