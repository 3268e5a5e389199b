import type { FailureKind } from "../domain/failure.ts";
import { HEADER_LIMIT } from "./answer.ts";
import { type AnswerHead, readHead } from "./answer-head.ts";
import { ChunkedBody } from "./chunked-body.ts";

/** Who is told of an answer while it comes: its head once, its body in pieces, and then its end or what is wrong. */
export interface AnswerSink {
  head(head: AnswerHead): void;
  body(piece: Buffer): void;
  end(): void;
  fail(kind: FailureKind, code: string): void;
}

const CR = 0x0d;
const LF = 0x0a;
const EMPTY_LINE = "\r\n\r\n";
const BEGINNING = Buffer.from("HTTP/");

/** Reads one answer of HTTP/1 (RFC 9112), octets in whatever pieces they come. Interim answers are passed over. */
export class AnswerParser {
  readonly #sink: AnswerSink;
  #part: "head" | "length" | "chunked" | "until-closed" | "over" = "head";
  /** Pieces of a head that is not whole yet. */
  #pieces: Buffer[] = [];
  #headBytes = 0;
  /** The last three octets of them: the empty line may lie across pieces. */
  #tail = Buffer.alloc(0);
  #left = 0;
  #chunked = new ChunkedBody();

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  /** Takes the next octets. */
  push(piece: Buffer): void {
    let rest: Buffer | null = piece;
    while (rest !== null && rest.length > 0 && this.#part === "head") rest = this.#head(rest);
    if (rest !== null && rest.length > 0) this.#body(rest);
  }

  /** The other side sends no more; `code` says how it ended, where it was not by the book. */
  close(code = "CLOSED"): void {
    if (this.#part === "until-closed") this.#end();
    else if (this.#part !== "over") this.#fail("http_closed", code);
  }

  /** What is left of a piece after the head, null if nothing is. */
  #head(piece: Buffer): Buffer | null {
    const given = this.#headBytes === 0 ? withoutEmptyLines(piece) : piece;
    if (given.length === 0) return null;
    if (!this.#begins(given)) return this.#fail("http_protocol", "STATUS_LINE");
    const across = this.#tail.length;
    const sought = across === 0 ? given : Buffer.concat([this.#tail, given]);
    const found = sought.indexOf(EMPTY_LINE);
    const end = found === -1 ? given.length : found - across;
    if (this.#headBytes + end > HEADER_LIMIT) {
      return this.#fail("http_header_overflow", "HEADER_LIMIT");
    }
    if (hasBareLineFeed(sought, across, found === -1 ? sought.length : found)) {
      return this.#fail("http_protocol", "LINE_END");
    }
    if (found === -1) {
      this.#pieces.push(given);
      this.#headBytes += given.length;
      this.#tail = Buffer.from(sought.subarray(-3));
      return null;
    }
    this.#pieces.push(given);
    const whole = this.#pieces.length === 1 ? given : Buffer.concat(this.#pieces);
    const length = this.#headBytes + end;
    this.#pieces = [];
    this.#headBytes = 0;
    this.#tail = Buffer.alloc(0);
    this.#take(whole.toString("latin1", 0, length));
    return given.subarray(end + EMPTY_LINE.length);
  }

  /** Whether the first octets can be those of an answer, so that what is none is known at once. */
  #begins(piece: Buffer): boolean {
    if (this.#headBytes >= BEGINNING.length) return true;
    const octets = Math.min(piece.length, BEGINNING.length - this.#headBytes);
    const expected = BEGINNING.subarray(this.#headBytes, this.#headBytes + octets);
    return piece.subarray(0, octets).equals(expected);
  }

  #take(text: string): void {
    const head = readHead(text);
    if ("wrong" in head) return void this.#fail("http_protocol", head.wrong);
    // Nothing else was asked for: what follows would not be HTTP.
    if (head.status === 101) return void this.#fail("http_closed", "UPGRADED");
    // Interim answers (RFC 9110 section 15.2) announce the real one.
    if (head.status < 200) return;
    this.#part = typeof head.body === "number" ? "length" : head.body;
    this.#left = typeof head.body === "number" ? head.body : 0;
    this.#sink.head(head);
    if (this.#part === "length" && this.#left === 0) this.#end();
  }

  #body(piece: Buffer): void {
    if (this.#part === "until-closed") this.#sink.body(piece);
    else if (this.#part === "length") {
      const data = piece.length > this.#left ? piece.subarray(0, this.#left) : piece;
      this.#left -= data.length;
      this.#sink.body(data);
      if (this.#left === 0) this.#end();
    } else if (this.#part === "chunked") {
      const isSound = this.#chunked.push(piece, (data) => this.#sink.body(data));
      if (!isSound) this.#fail("http_protocol", "CHUNK");
      else if (this.#chunked.over) this.#end();
    }
  }

  #end(): void {
    this.#part = "over";
    this.#sink.end();
  }

  #fail(kind: FailureKind, code: string): null {
    this.#part = "over";
    this.#sink.fail(kind, code);
    return null;
  }
}

/** Whether a line ends without CR there: who takes that for a line end, and who does not, see two different answers. */
function hasBareLineFeed(octets: Buffer, from: number, end: number): boolean {
  for (let at = octets.indexOf(LF, from); at !== -1 && at < end; at = octets.indexOf(LF, at + 1)) {
    if (octets[at - 1] !== CR) return true;
  }
  return false;
}

/** Some servers send a line end too many before an answer (RFC 9112 section 2.2 of requests). */
function withoutEmptyLines(piece: Buffer): Buffer {
  let at = 0;
  while (piece[at] === CR || piece[at] === LF) at += 1;
  return at === 0 ? piece : piece.subarray(at);
}
