import { isUtf8 } from "node:buffer";
import type { Socket } from "node:net";
import { Client, type Dispatcher } from "undici";
import type { FailureKind } from "../domain/failure.ts";
import type { Skip, Stop } from "../domain/probe-facts.ts";
import type { Deadline, Expiry } from "./deadline.ts";
import { codeOf, httpFailure } from "./socket-failure.ts";

/** Bytes of a body that are read; the rest is cut. Enough for every landing page's text, too little to be a burden. */
export const BODY_LIMIT = 256 * 1024;

/** Bytes of header that are accepted; servers themselves send and take 8 to 32 KiB. */
const HEADER_LIMIT = 64 * 1024;

/**
 * Bytes that are read off the connection in all: what the other limits do not count (interim answers, a status line
 * without end, descriptions of chunks) ends here. Sixteen times the body leaves room for a body in tiny chunks.
 */
const WIRE_LIMIT = 16 * BODY_LIMIT;

/** What to ask for over a connection that is open already. */
export interface Request {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an answer with this status ends the chain, so that its body is read. */
  readonly isFinal: (status: number) => boolean;
  /** Whether the body is looked at later; if not, it is only measured. */
  readonly keepBody: boolean;
  /** Bytes of body that are read; default `BODY_LIMIT`. */
  readonly bodyLimit?: number | undefined;
}

/** Headers by lower-case name; a field that was sent several times is a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came back. Durations in milliseconds. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly setCookies: readonly string[];
  readonly contentType: string;
  readonly contentEncoding: string;
  /** Every header, lower-case names, repeated lines as the parser gave them (Latin-1). */
  readonly headers: AnswerHeaders;
  readonly bodyBytes: number;
  /** Empty unless the body was to be kept. */
  readonly body: Buffer;
  /** From the request to the first byte of the answer. */
  readonly processingMs: number;
  /** From there to the end of the body; null where the body was not read to its end or its limit. */
  readonly transferMs: number | null;
  /** What ended the body early, null if nothing did. */
  readonly stopped: Stop | null;
}

/**
 * Sends one GET and reads one answer; the socket is destroyed afterwards. A slow header ends in `http_timeout`,
 * a body that stalls past the deadline leaves an answer with `stopped` set to `body_timeout`.
 */
export function exchange(
  socket: Socket,
  request: Request,
  deadline: Deadline,
): Promise<Answer | Stop | Skip> {
  return new Promise((resolve) => {
    const handler = new AnswerReader(request, deadline, (result) => {
      socket.off("readable", count);
      resolve(result);
      client.destroy().catch(() => undefined);
      socket.destroy();
    });
    const readBefore = socket.bytesRead;
    // A larger body needs less room beside it: tiny chunks are rarer the more there is to send.
    const wireLimit = Math.max(WIRE_LIMIT, 4 * (request.bodyLimit ?? 0));
    const count = () => {
      if (socket.bytesRead - readBefore > wireLimit) handler.overflow();
    };
    socket.on("readable", count);
    const client = new Client(request.url.origin, {
      connect: offerOnce(socket),
      allowH2: false,
      maxHeaderSize: HEADER_LIMIT,
      // The run's own deadline covers both; undici's timers are too coarse for it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    client.dispatch(
      {
        method: "GET",
        path: request.url.pathname + request.url.search,
        headers: request.headers,
        reset: true,
      },
      handler,
    );
  });
}

/** Gives undici our socket, once: a second connection would be one that we have not looked at. */
function offerOnce(socket: Socket): NonNullable<Client.Options["connect"]> {
  let offered = false;
  return (_options, callback) => {
    // undici is not ready for an answer before its own call has returned.
    queueMicrotask(() => {
      if (offered || socket.destroyed) {
        callback(Object.assign(new Error("the connection is gone"), { code: "ECONNRESET" }), null);
      } else {
        offered = true;
        callback(null, socket);
      }
    });
  };
}

class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #request: Request;
  readonly #done: (result: Answer | Stop | Skip) => void;
  readonly #release: () => void;
  readonly #sentAt = performance.now();
  #firstByteAt = 0;
  #status = 0;
  #headers: AnswerHeaders = {};
  readonly #bodyLimit: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #settled = false;

  constructor(request: Request, deadline: Deadline, done: (result: Answer | Stop | Skip) => void) {
    this.#request = request;
    this.#bodyLimit = request.bodyLimit ?? BODY_LIMIT;
    this.#done = done;
    this.#release = deadline.guard((why) => this.#expire(why));
  }

  onRequestStart(): void {}

  onResponseStarted(): void {
    if (this.#firstByteAt === 0) this.#firstByteAt = performance.now();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // Interim answers (RFC 9110 section 15.2) announce the real one.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (!this.#request.isFinal(status)) this.#settle(this.#answer(null, null));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    const room = this.#bodyLimit - this.#bytes;
    const taken = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#bytes += taken.length;
    if (this.#request.keepBody) this.#chunks.push(taken);
    if (this.#bytes >= this.#bodyLimit) this.#finish();
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = codeOf(error);
    this.#stop(httpFailure(code), code);
  }

  /** Ends an answer that is larger on the wire than anything is worth: a body is cut, a header without end fails. */
  overflow(): void {
    if (this.#status === 0) this.#stop("http_header_overflow", "WIRE_LIMIT");
    else this.#finish();
  }

  #expire(why: Expiry): void {
    if (why === "cut") this.#settle({ skip: "skip_stopping" });
    else this.#stop(this.#status === 0 ? "http_timeout" : "body_timeout", "DEADLINE");
  }

  #stop(kind: FailureKind, code: string): void {
    if (this.#status === 0) this.#settle({ stop: kind, phase: "processing", code });
    else this.#settle(this.#answer(null, { stop: kind, phase: "transfer", code }));
  }

  #finish(): void {
    this.#settle(this.#answer(performance.now() - this.#firstByteAt, null));
  }

  #answer(transferMs: number | null, stopped: Stop | null): Answer {
    return {
      status: this.#status,
      location: asUtf8(this.#header("location")),
      setCookies: [this.#headers["set-cookie"] ?? []].flat(),
      contentType: this.#header("content-type") ?? "",
      contentEncoding: this.#header("content-encoding") ?? "",
      headers: this.#headers,
      bodyBytes: this.#bytes,
      body: Buffer.concat(this.#chunks),
      processingMs: this.#firstByteAt - this.#sentAt,
      transferMs,
      stopped,
    };
  }

  /** The first value of a header, null if it is absent. */
  #header(name: string): string | null {
    const value = this.#headers[name];
    return (typeof value === "string" ? value : value?.[0]) ?? null;
  }

  #settle(result: Answer | Stop | Skip): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#release();
    this.#done(result);
  }
}

/** undici reads header bytes as Latin-1; servers write Vietnamese paths in UTF-8, which is how browsers read them. */
function asUtf8(latin1: string | null): string | null {
  if (latin1 === null || !/[\x80-\xff]/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : latin1;
}
