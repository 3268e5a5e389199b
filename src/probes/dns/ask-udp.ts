import { type Socket, createSocket } from "node:dgram";
import type { Deadline } from "../deadline.ts";
import { codeOf } from "../socket-failure.ts";
import { type Asked, type Server, failedWith } from "./asked.ts";
import { type Sent, decodeReply } from "./message.ts";

/** Packets looked at while waiting for one answer; a flood of strays is not read to its end. */
const MAX_PACKETS = 64;

/**
 * Asks over UDP once, from a socket of its own, so that the kernel draws a fresh random source port and lets only
 * this server's packets through. What does not belong to the question is passed over until the deadline.
 */
export function askUdp(server: Server, sent: Sent, deadline: Deadline): Promise<Asked> {
  return new Promise((resolve) => {
    const socket: Socket = createSocket(server.address.includes(":") ? "udp6" : "udp4");
    let [packets, settled] = [0, false];
    const settle = (asked: Asked) => {
      if (settled) return;
      settled = true;
      release();
      socket.close();
      resolve(asked);
    };
    const release = deadline.guard((why) => {
      if (why === "cut") settle({ outcome: "cut" });
      // Something came, but nothing that could be read as the answer.
      else settle({ outcome: packets > 0 ? "malformed" : "timeout" });
    });
    socket.on("error", (error) => settle(failedWith(codeOf(error))));
    socket.on("message", (bytes) => {
      packets += 1;
      const reply = decodeReply(bytes, sent);
      if (reply === "malformed") settle({ outcome: "malformed" });
      else if (reply !== "stray") settle({ outcome: "answered", reply });
      else if (packets >= MAX_PACKETS) settle({ outcome: "malformed" });
    });
    socket.once("connect", () => {
      if (settled) return;
      socket.send(sent.bytes, (error) => {
        if (error) settle(failedWith(codeOf(error)));
      });
    });
    socket.connect(server.port, server.address);
  });
}
