import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { FAMILIES } from "../src/domain/family.ts";
import { behaviourChangeSchema } from "./behaviour.ts";
import { CATALOGUE } from "./catalogue/all.ts";
import type { Lab } from "./types.ts";

/** The control API: HTTP on loopback, for whoever is not in the lab's process. */
export interface ControlApi {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Longest request body, octets: a behaviour is a few hundred. */
const MAX_BODY = 1_000_000;

/** The id of the portal to behave like, or what differs from health. */
const behaviourBody = z.union([z.enum(CATALOGUE.map(({ id }) => id)), behaviourChangeSchema]);
const resolverBody = z.strictObject({
  mode: z.enum(["ok", "servfail", "timeout", "refused", "nxdomain", "down"]).optional(),
  dns64: z.boolean().optional(),
});
const anchorsBody = z.strictObject({
  family: z.enum(FAMILIES),
  mode: z.enum(["answering", "refusing", "dead", "captive", "intercepted"]),
});

/** Starts it on 127.0.0.1 (port 0: any); `lab` is asked at each request. */
export async function startControl(port: number, lab: () => Lab): Promise<ControlApi> {
  const server = createServer((request, response) => {
    handle(lab(), request).then(
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

interface Handled {
  readonly status: number;
  readonly body: unknown;
}

const DONE: Handled = { status: 200, body: { done: true } };

async function handle(lab: Lab, request: IncomingMessage): Promise<Handled> {
  const [what, id, part] = (request.url ?? "/").split("?")[0]!.split("/").slice(1);
  const call = `${request.method} /${what}`;
  if (call === "GET /portals" && id === undefined) return { status: 200, body: lab.portals };
  if (call === "PUT /portals" && id !== undefined && part === "behaviour") {
    if (!lab.portals.some((portal) => portal.id === id)) return notFound(`no portal "${id}"`);
    await lab.setBehaviour(id, behaviourBody.parse(await json(request)));
    return DONE;
  }
  if (call === "PUT /resolver") {
    const { mode, dns64 } = resolverBody.parse(await json(request));
    if (mode !== undefined) await lab.setResolver(mode);
    if (dns64 !== undefined) lab.setDns64(dns64);
    return DONE;
  }
  if (call === "PUT /anchors") {
    const { family, mode } = anchorsBody.parse(await json(request));
    await lab.setAnchors(family, mode);
    return DONE;
  }
  return notFound("GET /portals, PUT /portals/{id}/behaviour, PUT /resolver, PUT /anchors");
}

function notFound(detail: string): Handled {
  return { status: 404, body: { title: "Not found", detail } };
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
