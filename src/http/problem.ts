import { STATUS_CODES } from "node:http";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** One field that was refused, and why. */
export interface FieldError {
  /** `query.limit`, `body.url`, `path.id` and the like. */
  readonly field: string;
  readonly detail: string;
}

/** An answer that refuses, as RFC 9457 wants it; thrown by what finds the fault, written by the error handler. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ContentfulStatusCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` is one sentence for people: what was wrong and what to do. */
  constructor(
    status: ContentfulStatusCode,
    detail: string,
    extra: { errors?: readonly FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = extra.errors ?? [];
    this.headers = extra.headers ?? {};
  }

  /** The answer: `application/problem+json` with type, title, status, detail and the refused fields. */
  toResponse(): Response {
    const body = {
      type: "about:blank",
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      detail: this.message,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
    };
    return Response.json(body, {
      status: this.status,
      headers: { ...this.headers, "Content-Type": "application/problem+json; charset=utf-8" },
    });
  }
}

/** A request that names a thing which does not exist. */
export function notFound(what: string): Problem {
  return new Problem(404, `There is no ${what}.`);
}
