import type { Socket } from "node:net";
import type { FailureKind } from "../domain/failure.ts";
import type { Skip, Stop } from "../domain/probe-facts.ts";
import { type Answer, BODY_LIMIT, firstOf, type Request, WIRE_LIMIT } from "./answer.ts";
import type { AnswerHead } from "./answer-head.ts";
import { AnswerParser, type AnswerSink } from "./answer-parser.ts";
import type { Deadline, Expiry } from "./deadline.ts";
import { asUtf8 } from "./header-text.ts";
import { codeOf, httpFailure } from "./socket-failure.ts";

/**
 * Sends one GET and reads one answer; the caller destroys the socket. A slow header ends in `http_timeout`, a body that
 * stalls past the deadline leaves an answer with `stopped` set to `body_timeout`. By hand, because a client that can do
 * more costs a fifth of a probe: docs/adr/0021-light-probes-speak-http-by-hand.md.
 */
export function exchange(
  socket: Socket,
  request: Request,
  deadline: Deadline,
): Promise<Answer | Stop | Skip> {
  return new Promise((resolve) => {
    const reader = new AnswerReader(request, deadline, resolve);
    const parser = new AnswerParser(reader);
    socket.on("data", (piece: Buffer) => {
      if (reader.takes(piece.length)) parser.push(piece);
    });
    socket.once("end", () => parser.close());
    socket.once("error", (error) => {
      const code = codeOf(error);
      // Some servers end every connection so, also where its end is that of the body.
      if (code === "ECONNRESET") parser.close(code);
      else reader.fail(httpFailure(code), code);
    });
    socket.once("close", () => parser.close());
    if (socket.destroyed) parser.close();
    else socket.write(headOf(request), "latin1");
  });
}

/** Line ends and other controls in a value would begin another line; whoever puts them there is at fault. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

function headOf({ url, headers }: Request): string {
  let head = `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: close\r\n`;
  for (const [name, value] of Object.entries(headers)) {
    if (UNSENDABLE.test(value)) throw new TypeError(`${name} holds what no header can`);
    head += `${name}: ${value}\r\n`;
  }
  return `${head}\r\n`;
}

/** Octets of room for a body at first: most pages, without their pictures. */
const FIRST_ROOM = 32 * 1024;

/** Puts an answer together while it comes, and ends at the first of its end, its limits and the deadline. */
class AnswerReader implements AnswerSink {
  readonly #request: Request;
  readonly #done: (result: Answer | Stop | Skip) => void;
  readonly #release: () => void;
  readonly #sentAt = performance.now();
  #firstByteAt = 0;
  #wireBytes = 0;
  #head: AnswerHead | null = null;
  #kept = Buffer.alloc(0);
  #bytes = 0;
  readonly #bodyLimit: number;
  readonly #wireLimit: number;
  #settled = false;

  constructor(request: Request, deadline: Deadline, done: (result: Answer | Stop | Skip) => void) {
    this.#request = request;
    this.#done = done;
    this.#bodyLimit = request.bodyLimit ?? BODY_LIMIT;
    // A larger body needs less room beside it: tiny chunks are rarer the more there is to send.
    this.#wireLimit = Math.max(WIRE_LIMIT, 4 * this.#bodyLimit);
    this.#release = deadline.guard((why) => this.#expire(why));
  }

  /** Whether so many octets more are looked at. */
  takes(octets: number): boolean {
    if (this.#settled) return false;
    if (this.#firstByteAt === 0) this.#firstByteAt = performance.now();
    this.#wireBytes += octets;
    if (this.#wireBytes <= this.#wireLimit) return true;
    // Larger on the wire than anything is worth: a body is cut, a header without end fails.
    if (this.#head === null) this.fail("http_header_overflow", "WIRE_LIMIT");
    else this.end();
    return false;
  }

  head(head: AnswerHead): void {
    if (this.#settled) return;
    this.#head = head;
    if (!this.#request.isFinal(head.status)) this.#conclude(null, null);
  }

  body(piece: Buffer): void {
    if (this.#settled) return;
    const room = this.#bodyLimit - this.#bytes;
    const taken = piece.length > room ? piece.subarray(0, room) : piece;
    if (this.#request.keepBody) this.#keep(taken);
    this.#bytes += taken.length;
    if (this.#bytes >= this.#bodyLimit) this.end();
  }

  /** Copied, because a body may come octet by octet, and each piece would be an object. */
  #keep(piece: Buffer): void {
    const needed = this.#bytes + piece.length;
    if (needed > this.#kept.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#kept.length, FIRST_ROOM));
      this.#kept.copy(larger, 0, 0, this.#bytes);
      this.#kept = larger;
    }
    piece.copy(this.#kept, this.#bytes);
  }

  end(): void {
    this.#conclude(performance.now() - this.#firstByteAt, null);
  }

  fail(kind: FailureKind, code: string): void {
    if (this.#head === null) this.#settle({ stop: kind, phase: "processing", code });
    else this.#conclude(null, { stop: kind, phase: "transfer", code });
  }

  #expire(why: Expiry): void {
    if (why === "cut") this.#settle({ skip: "skip_stopping" });
    else this.fail(this.#head === null ? "http_timeout" : "body_timeout", "DEADLINE");
  }

  #conclude(transferMs: number | null, stopped: Stop | null): void {
    if (this.#head === null || this.#settled) return;
    const { status, headers } = this.#head;
    const location = firstOf(headers["location"]);
    this.#settle({
      status,
      location: location === null ? null : asUtf8(location),
      setCookies: [headers["set-cookie"] ?? []].flat(),
      contentType: firstOf(headers["content-type"]) ?? "",
      contentEncoding: firstOf(headers["content-encoding"]) ?? "",
      headers,
      bodyBytes: this.#bytes,
      body: this.#request.keepBody ? this.#kept.subarray(0, this.#bytes) : this.#kept,
      processingMs: this.#firstByteAt - this.#sentAt,
      transferMs,
      stopped,
    });
  }

  #settle(result: Answer | Stop | Skip): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#release();
    this.#done(result);
  }
}
