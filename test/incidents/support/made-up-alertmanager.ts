import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** One alert as Alertmanager's API takes it (v2, `POST /api/v2/alerts`). */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A peer that takes alerts and keeps them. */
export interface MadeUpAlertmanager {
  readonly url: string;
  /** Each post with its alerts, in order. */
  readonly posts: PostedAlert[][];
  stop(): Promise<void>;
}

/** Starts a peer on a free port of 127.0.0.1; anything but a post of alerts is not found. */
export async function startMadeUpAlertmanager(): Promise<MadeUpAlertmanager> {
  const posts: PostedAlert[][] = [];
  const server = createServer((request, response) => {
    void (async () => {
      if (request.method !== "POST" || request.url !== "/api/v2/alerts") {
        response.writeHead(404).end();
        return;
      }
      posts.push((await json(request)) as PostedAlert[]);
      response.writeHead(200).end();
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
