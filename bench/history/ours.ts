import { openPostgres } from "../../src/store/database.ts";
import { startApp } from "../../test/http/support/app-server.ts";
import { serveParent } from "../serving/serve-parent.ts";

/** The whole HTTP side, open to everybody so that nothing is left out, over the database and at the instant that are the arguments. */
const [url = "", now = ""] = process.argv.slice(2);
const app = await startApp(openPostgres(url), { publicRead: "all" });
app.clock.now = Number(now);
serveParent(app.url);
