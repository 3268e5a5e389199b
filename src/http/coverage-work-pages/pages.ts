import type { OpenAPIHono } from "@hono/zod-openapi";
import { requireUnlimited } from "../access/guards.ts";
import { requireRegister } from "../coverage-imports/access.ts";
import { type ImportingDeps, limitUpload } from "../coverage-imports/run-import.ts";
import { limitBody } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { importHandler, importsHandler } from "./imports.ts";
import { answerHandler, challengeHandler, decideChallengeHandler } from "./challenge.ts";
import { challengesHandler, fileHandler, newChallengeHandler } from "./challenges.ts";
import { publishFormHandler, publishHandler } from "./publish.ts";
import { refusal } from "./refusal.ts";
import { bulkHandler, decideHandler, reviewHandler } from "./review.ts";
import { createRoundHandler, excuseHandler, roundHandler, roundsHandler } from "./rounds.ts";
import { againHandler, submissionHandler } from "./submission.ts";

/** The pages on which the register is worked at; writing needs a key, and each form works without scripts. */
export function coverageWorkPages(deps: ImportingDeps): OpenAPIHono<AppEnv> {
  const app = newApi();
  app.onError(refusal);
  const see = requireRegister("reader");
  const send = requireRegister("operator");
  app.get("/coverage/imports", see, importsHandler(deps));
  app.post("/coverage/imports", send, deps.importGate, limitUpload, importHandler(deps));
  app.get("/coverage/imports/:id", see, submissionHandler(deps));
  app.post("/coverage/imports/:id/again", send, deps.importGate, limitBody, againHandler(deps));
  const decide = requireUnlimited("operator");
  app.get("/coverage/review", see, reviewHandler(deps));
  app.post("/coverage/review/bulk", decide, limitBody, bulkHandler(deps));
  app.post("/coverage/review/:id/decide", decide, limitBody, decideHandler(deps));
  app.get("/coverage/rounds", see, roundsHandler(deps));
  app.post("/coverage/rounds", decide, limitBody, createRoundHandler(deps));
  app.get("/coverage/rounds/:id", see, roundHandler(deps));
  app.post("/coverage/rounds/:id/excuse", decide, limitBody, excuseHandler(deps));
  app.get("/coverage/challenges", challengesHandler(deps));
  app.post("/coverage/challenges", send, limitBody, fileHandler(deps));
  app.get("/coverage/challenges/new", send, newChallengeHandler(deps));
  app.get("/coverage/challenges/:id", challengeHandler(deps));
  app.post("/coverage/challenges/:id/answer", send, limitBody, answerHandler(deps));
  app.post("/coverage/challenges/:id/decide", decide, limitBody, decideChallengeHandler(deps));
  const publish = requireUnlimited("admin");
  app.get("/coverage/releases/publish", see, publishFormHandler(deps));
  app.post("/coverage/releases/publish", publish, limitBody, publishHandler(deps));
  return app;
}
