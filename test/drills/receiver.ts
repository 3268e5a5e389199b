import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A server on loopback that takes whatever is posted to it. */
export interface Receiver {
  /** Without a slash at its end. */
  readonly url: string;
  /** Resolves when the condition holds, looked at with each message; false if it does not in time. */
  until(condition: () => boolean, withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts it; `take` remembers a message and answers it. */
export async function startReceiver(
  take: (body: string, request: IncomingMessage, response: ServerResponse) => void,
): Promise<Receiver> {
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      take(body, request, response);
      for (const look of waiting) look();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    until: (condition, withinMs) =>
      new Promise((resolve) => {
        const settle = (held: boolean) => {
          waiting.delete(look);
          clearTimeout(timer);
          resolve(held);
        };
        const look = () => void (condition() && settle(true));
        const timer = setTimeout(() => settle(condition()), withinMs);
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
