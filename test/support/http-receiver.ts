import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a request is answered; `hang`: nothing, `reset`: the connection is cut. */
export type HttpAnswer =
  | "hang"
  | "reset"
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** A server on loopback that keeps what it is asked. */
export interface HttpReceiver {
  /** Without a slash at the end. */
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** Change it at will; default 200 without a body. */
  answer: (request: ReceivedRequest) => HttpAnswer;
  stop(): Promise<void>;
}

/** Starts a receiver on a free port of 127.0.0.1. */
export async function startHttpReceiver(): Promise<HttpReceiver> {
  const server = createServer((request, response) => {
    void (async () => {
      const received = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: await text(request),
      };
      state.requests.push(received);
      const answer = state.answer(received);
      if (answer === "reset") response.destroy();
      else if (answer !== "hang") {
        response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? "");
      }
    })();
  });
  const state: HttpReceiver = {
    url: "",
    requests: [],
    answer: () => ({}),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
}
