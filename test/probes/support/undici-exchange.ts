import type { Socket } from "node:net";
import { Client, type Dispatcher } from "undici";
import type { FailureKind } from "../../../src/domain/failure.ts";
import type { Skip, Stop } from "../../../src/domain/probe-facts.ts";
import {
  type Answer,
  BODY_LIMIT,
  HEADER_LIMIT,
  type Request,
  WIRE_LIMIT,
} from "../../../src/probes/answer.ts";
import type { Deadline, Expiry } from "../../../src/probes/deadline.ts";
import { asUtf8 } from "../../../src/probes/header-text.ts";
import { codeOf, httpFailure } from "../../../src/probes/socket-failure.ts";

/** What to ask for; more of the body may be wanted than light probes read. */
export interface AuditRequest extends Request {
  /** Bytes of body that are read; default `BODY_LIMIT`. */
  readonly bodyLimit?: number | undefined;
}

/** Headers by lower-case name; a field that was sent several times is a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came back, with every header. */
export interface AuditAnswer extends Answer {
  /** Lower-case names, repeated lines as the parser gave them (Latin-1). */
  readonly headers: AnswerHeaders;
}

/**
 * Sends one GET and reads one answer; the socket is destroyed afterwards. A slow header ends in `http_timeout`,
 * a body that stalls past the deadline leaves an answer with `stopped` set to `body_timeout`.
 */
export function exchangeByUndici(
  socket: Socket,
  request: AuditRequest,
  deadline: Deadline,
): Promise<AuditAnswer | Stop | Skip> {
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
  readonly #request: AuditRequest;
  readonly #done: (result: AuditAnswer | Stop | Skip) => void;
  readonly #release: () => void;
  readonly #sentAt = performance.now();
  #firstByteAt = 0;
  #status = 0;
  #headers: AnswerHeaders = {};
  readonly #bodyLimit: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #settled = false;

  constructor(
    request: AuditRequest,
    deadline: Deadline,
    done: (result: AuditAnswer | Stop | Skip) => void,
  ) {
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

  #answer(transferMs: number | null, stopped: Stop | null): AuditAnswer {
    const location = this.#header("location");
    return {
      status: this.#status,
      location: location === null ? null : asUtf8(location),
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

  #settle(result: AuditAnswer | Stop | Skip): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#release();
    this.#done(result);
  }
}
