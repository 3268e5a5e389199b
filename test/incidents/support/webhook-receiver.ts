import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { NotifyMessage } from "../../../src/domain/incident/notice.ts";

/** A call as it came over the wire. */
export interface WebhookCall {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly message: NotifyMessage;
  /** What it was answered; null: the connection was cut instead. */
  readonly answered: number | null;
}

/** A server on loopback that takes webhooks and keeps them. */
export interface WebhookReceiver {
  readonly url: string;
  /** Every call, refused ones too. */
  readonly calls: WebhookCall[];
  /** What the next calls are answered: a status, or null to cut the connection. Change it at will. */
  answer: number | null;
  stop(): Promise<void>;
}

/** Starts a receiver on a free port of 127.0.0.1 that takes everything. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    void (async () => {
      const message = (await json(request)) as NotifyMessage;
      state.calls.push({ headers: request.headers, message, answered: state.answer });
      if (state.answer === null) response.destroy();
      else response.writeHead(state.answer).end();
    })();
  });
  const state: WebhookReceiver = {
    url: "",
    calls: [],
    answer: 204,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
  });
}
