import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { gzipSync } from "node:zlib";

/** Interval between two header lines of a server that is too slow, milliseconds. */
const DRIP_MS = 200;

/** What an endless answer ends at after all, so that a client without a limit does not run for ever. */
const ENDLESS_BYTES = 1024 * 1024 * 1024;

const CHUNK = Buffer.alloc(64 * 1024, "không bao giờ hết ");
const HEADER_LINES = Buffer.from(`X-Endless: ${"h".repeat(1000)}\r\n`.repeat(16));

const BOMB_MEMBER_BYTES = 16 * 1024 * 1024;
const BOMB_MEMBERS = 64;
let bombMember: Buffer | null = null;

/** Starts a good header and adds a line now and then, for ever. */
export function headersSlow(socket: Duplex): void {
  socket.write("HTTP/1.1 200 OK\r\n");
  const drip = setInterval(() => socket.write("X-Slow: yes\r\n"), DRIP_MS);
  socket.once("close", () => clearInterval(drip));
}

/** Sends header lines as fast as they are taken, and never the empty line. */
export function headersEndless(socket: Duplex): void {
  socket.write("HTTP/1.1 200 OK\r\n");
  pour(socket, HEADER_LINES);
}

/** Promises a body, sends its beginning and nothing more. */
export function bodyStalls(socket: Duplex): void {
  socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n");
  socket.write("Nửa chừng thì");
}

/** A body without length that goes on as long as it is read. */
export function bodyEndless(socket: Duplex): void {
  socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n");
  pour(socket, CHUNK);
}

/** About a megabyte of gzip that unpacks to 1 GiB: many members (RFC 1952 section 2.2), each of zeros. */
export function bodyBomb(response: ServerResponse): void {
  bombMember ??= gzipSync(Buffer.alloc(BOMB_MEMBER_BYTES));
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "content-length": bombMember.length * BOMB_MEMBERS,
  });
  response.end(Buffer.concat(Array.from({ length: BOMB_MEMBERS }, () => bombMember!)));
}

/** Bytes that no HTTP parser takes for a status line. */
export function garbage(socket: Duplex): void {
  socket.end("%%% đây không phải HTTP %%%\r\n\r\n");
}

/** Writes `chunk` again and again, no faster than the other side reads, until it goes. */
function pour(socket: Duplex, chunk: Buffer): void {
  let sent = 0;
  const more = (): void => {
    while (!socket.destroyed && sent < ENDLESS_BYTES) {
      sent += chunk.length;
      if (!socket.write(chunk)) return;
    }
    socket.destroy();
  };
  socket.on("drain", more);
  more();
}
