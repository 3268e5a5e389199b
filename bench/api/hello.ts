import { Hono } from "hono";
import { listen } from "../../src/listen.ts";
import { serveParent } from "../serving/serve-parent.ts";

/** The limit: the same framework behind the same server, saying nothing but a word. */
const app = new Hono();
app.get("*", (c) => c.text("hello"));
const server = await listen(app.fetch, "127.0.0.1", 0);
serveParent(server.url);
