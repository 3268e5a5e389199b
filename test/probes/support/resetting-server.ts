import { createServer } from "node:net";

/** A process of its own whose server resets every connection at once, while the test's process is busy. */
const server = createServer((socket) => void socket.resetAndDestroy());
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
