import { noticePage } from "../../web/notice-page.ts";
import type { Attempts } from "../access/attempts.ts";
import { remoteAddress } from "../access/authenticate.ts";
import { endSession, startSession } from "../access/session-cookie.ts";
import type { AppDeps } from "../deps.ts";
import { newApi } from "../env.ts";
import { askForKey, signInWithKey } from "./sign-in-key.ts";

/**
 * GET /sign-in?token=… opens a session once per token, without a token it asks for a key; POST /sign-in takes the key,
 * POST /sign-out closes the session.
 */
export function signIn(deps: Pick<AppDeps, "db" | "signIn">, attempts: Attempts) {
  const app = newApi();
  app.get("/sign-in", async (c) => {
    // A link checker that asks with HEAD must not use the link up.
    if (c.req.method === "HEAD") return c.body(null, 204);
    const token = c.req.query("token");
    if (token === undefined) return askForKey(c, { next: c.req.query("next"), note: null });
    const address = remoteAddress(c);
    await attempts.check(address, token);
    const session = deps.signIn.redeem(token);
    if (session === null) {
      await attempts.failed(address, token);
      return c.html(
        noticePage("This link does not sign you in", [
          "It was used already, it is older than twelve hours, or it is not complete.",
          "Restart the service: it prints a new link. Or sign in with a key at /sign-in, which “npx hatangso keys create --role operator” makes.",
        ]),
        403,
      );
    }
    startSession(c, session);
    return c.redirect("/", 303);
  });
  app.route("/", signInWithKey(deps, attempts));
  app.post("/sign-out", (c) => {
    endSession(c, deps.signIn);
    return c.redirect("/", 303);
  });
  return app;
}
