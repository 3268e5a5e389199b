import { type Server, type Socket, createServer } from "node:net";
import { type BlackHole, digBlackHole } from "./black-hole.ts";
import { type ListenOutcome, tryListen } from "./ports.ts";

/** What happens to a SYN: `dead` swallows it. */
export type TcpMode = "accept" | "refuse" | "dead";

/** Connections on which nothing happens are let go after this long: longer than the longest probe deadline. */
const IDLE_MS = 120_000;

/** One literal address and port that can be opened, closed and made to hang; it refuses until `apply`. */
export class Endpoint {
  readonly address: string;
  readonly #port: number;
  readonly #onConnection: (socket: Socket) => void;
  readonly #sockets = new Set<Socket>();
  #mode: TcpMode = "refuse";
  #server: Server | null = null;
  #hole: BlackHole | null = null;

  /** Accepted sockets go to `onConnection`; their errors are handled here. */
  constructor(address: string, port: number, onConnection: (socket: Socket) => void) {
    this.address = address;
    this.#port = port;
    this.#onConnection = onConnection;
  }

  /** Changes the mode; connections that exist are cut. Throws where the address or port can't be had. */
  async apply(mode: TcpMode): Promise<void> {
    if (mode === this.#mode) {
      // Closing and listening again would refuse whoever comes in between.
      this.#cut();
      return;
    }
    await this.close();
    if (mode === "accept") await this.#accept();
    if (mode === "dead") this.#hole = await digBlackHole(this.address, this.#port);
    this.#mode = mode;
  }

  /** Refuses from now on and cuts what there is. */
  async close(): Promise<void> {
    const [server, hole] = [this.#server, this.#hole];
    this.#server = null;
    this.#hole = null;
    this.#mode = "refuse";
    const closed = server === null ? null : closeServer(server);
    this.#cut();
    await Promise.all([closed, hole?.close()]);
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #accept(): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#take(socket));
    const outcome: ListenOutcome = await tryListen(server, this.address, this.#port);
    if (outcome !== "listening") throw new Error(`${this.address} port ${this.#port}: ${outcome}`);
    this.#server = server;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    // Clients of a lab full of defects break off at will; that is their right, not an error.
    socket.on("error", () => socket.destroy());
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    this.#onConnection(socket);
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()));
}
