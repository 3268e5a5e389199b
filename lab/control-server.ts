import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";

/** The control API: HTTP on loopback, for whoever is not in the lab's process. */
export interface ControlApi {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What a request came to. */
export interface Handled {
  readonly status: number;
  readonly body: unknown;
}

/** A request that was done and has nothing to tell. */
export const DONE: Handled = { status: 200, body: { done: true } };

/** Nothing is there, and why. */
export function notFound(detail: string): Handled {
  return { status: 404, body: { title: "Not found", detail } };
}

/** Longest request body, octets: a behaviour is a few hundred. */
const MAX_BODY = 1_000_000;

/**
 * Starts it on 127.0.0.1 (port 0: any). `handle` is given the method, the parts of the path and a body that is read
 * when it is asked for; a zod or syntax error that it throws is the caller's fault.
 */
export async function startControlServer(
  port: number,
  handle: (
    method: string,
    path: readonly string[],
    body: () => Promise<unknown>,
  ) => Promise<Handled>,
): Promise<ControlApi> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0]!.split("/").slice(1);
    handle(request.method ?? "", path, () => json(request)).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => send(response, ...refusal(error)),
    );
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("control API has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Wrong bodies are the caller's fault, the rest is ours; the lab tells both plainly. */
function refusal(error: unknown): [number, unknown] {
  if (error instanceof z.ZodError) return [400, { title: "Bad behaviour", issues: error.issues }];
  if (error instanceof SyntaxError) return [400, { title: "Bad JSON", detail: error.message }];
  return [500, { title: "The lab failed", detail: String(error) }];
}

async function json(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) throw new SyntaxError("too long");
  return JSON.parse(await text(request));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port }, resolve);
  });
}
