import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../serving/serve-parent.ts";

/** The limit: the same octets, ready in one piece, from Node's own server. The URL to take them from is the argument. */
const body = Buffer.from(await (await fetch(process.argv[2] as string)).arrayBuffer());
const server = createServer((_, response) => void response.end(body));
server.listen(0, "127.0.0.1");
await once(server, "listening");
serveParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
  octets: body.length,
});
