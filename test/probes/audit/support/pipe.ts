import { type Socket, connect } from "node:net";

/** Hands a connection on to a server behind this one; `first` was read off it already. */
export function pipeTo(port: number, socket: Socket, first: Buffer = Buffer.alloc(0)): void {
  const inner = connect(port, "127.0.0.1");
  inner.on("error", () => socket.destroy());
  inner.write(first);
  socket.pipe(inner).pipe(socket);
  socket.once("close", () => inner.destroy());
}
