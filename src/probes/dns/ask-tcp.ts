import type { Deadline } from "../deadline.ts";
import { connect } from "node:net";
import { codeOf } from "../socket-failure.ts";
import { type Asked, type Server, failedWith } from "./asked.ts";
import { type Sent, decodeReply } from "./message.ts";

/** Asks over a TCP connection of its own (RFC 7766); a message has 65,535 octets at most by its length field. */
export function askTcp(server: Server, sent: Sent, deadline: Deadline): Promise<Asked> {
  return new Promise((resolve) => {
    const socket = connect({
      host: server.address,
      port: server.port,
      family: server.address.includes(":") ? 6 : 4,
      autoSelectFamily: false,
      noDelay: true,
    });
    const settle = (asked: Asked) => {
      release();
      socket.destroy();
      resolve(asked);
    };
    const release = deadline.guard((why) => settle({ outcome: why === "cut" ? "cut" : "timeout" }));
    const incoming = new Incoming();
    socket.once("connect", () => socket.write(framed(sent.bytes)));
    socket.on("data", (chunk) => {
      const message = incoming.add(chunk);
      if (message === null) return;
      const reply = decodeReply(message, sent);
      // On a connection of our own there is nobody else whose answer a stray could be.
      if (typeof reply === "string") settle({ outcome: "malformed" });
      else settle({ outcome: "answered", reply });
    });
    socket.once("end", () => settle({ outcome: "reset" }));
    socket.on("error", (error) => settle(failedWith(codeOf(error))));
  });
}

function framed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Gathers one message after its length in two octets (RFC 1035 section 4.2.2). */
class Incoming {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  /** The whole message once it is there, else null. */
  add(chunk: Buffer): Buffer | null {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < 2) return null;
    const start = Buffer.concat(this.#chunks.slice(0, 2));
    if (this.#length < 2 + start.readUInt16BE(0)) return null;
    const all = Buffer.concat(this.#chunks);
    return all.subarray(2, 2 + all.readUInt16BE(0));
  }
}
