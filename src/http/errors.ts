import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { isConnectionLost } from "../store/database.ts";
import { noticePage } from "../web/notice-page.ts";
import type { HttpLog } from "./deps.ts";
import type { AppEnv } from "./env.ts";
import { Problem } from "./problem.ts";

/** How soon a client may ask again while the database is away, in seconds; it is tried about that often. */
const RETRY_SECONDS = "5";

/** The one place where what was thrown becomes an answer; our own faults are logged and not told. */
export function errorHandler(log: HttpLog) {
  return (error: Error, c: Context<AppEnv>): Response | Promise<Response> => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      log.error({ err: error, method: c.req.method, path: c.req.path }, "a request failed");
    }
    return answer(c, problem);
  };
}

/** 404 for a path that does not exist. */
export function notFoundHandler(): Response {
  return new Problem(404, "There is nothing here; /openapi.json lists what there is.").toResponse();
}

/** 405 for a path that exists for other methods. */
export function methodNotAllowedHandler(_c: Context<AppEnv>, methods: readonly string[]): Response {
  const allow = methods.join(", ");
  return new Problem(405, `This path takes ${allow}.`, { headers: { Allow: allow } }).toResponse();
}

function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) {
    return new Problem(error.status, EXPLAINED[error.status] ?? error.message);
  }
  if (isConnectionLost(error)) {
    return new Problem(503, "The database cannot be reached now; probing goes on.", {
      headers: { "Retry-After": RETRY_SECONDS },
    });
  }
  return new Problem(500, "The service failed at this; its log says why.");
}

/** What the framework refuses by itself. */
const EXPLAINED: Readonly<Record<number, string>> = {
  400: "The body is not JSON.",
  415: "The body must be JSON, with Content-Type: application/json.",
};

/** People who come with a browser to a page without the right to see it are told what to do. */
function answer(c: Context<AppEnv>, problem: Problem): Response | Promise<Response> {
  const page =
    /^\/(docs|notifications|(compliance|coverage|incidents|maintenance|portals|status)(\/.*)?)?$/.test(
      c.req.path,
    );
  if (!page || problem.status !== 401) return problem.toResponse();
  for (const [name, value] of Object.entries(problem.headers)) c.header(name, value);
  return c.html(
    noticePage("You need to sign in", [
      "This service shows nothing to the public.",
      "Sign in at /sign-in with a key; or open the sign-in link that the service printed when it started, a restart prints a new one.",
    ]),
    401,
  );
}
