import { type Socket, connect } from "node:net";
import { type Family, familyNumber } from "../domain/family.ts";
import type { Skip, Stop } from "../domain/probe-facts.ts";
import type { Deadline } from "./deadline.ts";
import { codeOf, connectFailure } from "./socket-failure.ts";

/** One literal address and the port to go to. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly family: Family;
}

/**
 * Opens a TCP connection to one literal address; the stack chooses nothing.
 * Ends with `connect_timeout` after `timeoutMs` or at the deadline, whichever comes first.
 */
export function connectTcp(
  { address, port, family }: Endpoint,
  timeoutMs: number,
  deadline: Deadline,
): Promise<Socket | Stop | Skip> {
  return new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      family: familyNumber(family),
      autoSelectFamily: false,
      noDelay: true,
    });
    const settle = (result: Socket | Stop | Skip) => {
      clearTimeout(timer);
      release();
      socket.off("connect", onConnect);
      if (result !== socket) socket.destroy();
      resolve(result);
    };
    const timedOut = (code: string) => settle({ stop: "connect_timeout", phase: "connect", code });
    const timer = setTimeout(() => timedOut("ATTEMPT"), timeoutMs);
    const release = deadline.guard((why) =>
      why === "cut" ? settle({ skip: "skip_stopping" }) : timedOut("DEADLINE"),
    );
    const onConnect = () => settle(socket);
    socket.once("connect", onConnect);
    // Stays for the socket's life, so that a late reset never becomes an uncaught exception.
    socket.on("error", (error) => {
      const code = codeOf(error);
      settle({ stop: connectFailure(code), phase: "connect", code });
    });
  });
}
