import type { OpenAPIHono } from "@hono/zod-openapi";
import { requireRole, requireUnlimited } from "../access/guards.ts";
import { limitBody } from "../define-route.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { incidentHandler } from "./incident.ts";
import {
  acknowledgeHandler,
  commentHandler,
  postMortemHandler,
  resolveHandler,
  unacknowledgeHandler,
} from "./incident-forms.ts";
import { incidentsHandler } from "./incidents.ts";
import { cancelWindowHandler, createWindowHandler, maintenanceHandler } from "./maintenance.ts";
import { notificationsHandler, retryHandler, testChannelHandler } from "./notifications.ts";
import { portalTimesHandler } from "./portal-times.ts";
import { refusal } from "./refusal.ts";
import {
  addNoteHandler,
  choosePortalsHandler,
  endNoteHandler,
  statusEditHandler,
} from "./status-edit.ts";

/** The pages about outages; writing needs an operator's key, and each form works without scripts. */
export function outagePages(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = newApi();
  app.onError(refusal);
  const write = [requireRole("operator"), limitBody] as const;
  app.get("/incidents", incidentsHandler(deps));
  app.get("/incidents/:id", incidentHandler(deps));
  app.post("/incidents/:id/acknowledge", ...write, acknowledgeHandler(deps));
  app.post("/incidents/:id/unacknowledge", ...write, unacknowledgeHandler(deps));
  app.post("/incidents/:id/comment", ...write, commentHandler(deps));
  app.post("/incidents/:id/resolve", ...write, resolveHandler(deps));
  app.post("/incidents/:id/post-mortem", ...write, postMortemHandler(deps));
  app.get("/maintenance", maintenanceHandler(deps));
  app.post("/maintenance", ...write, createWindowHandler(deps));
  app.post("/maintenance/:id/cancel", ...write, cancelWindowHandler(deps));
  app.get("/portals/:id/times", portalTimesHandler(deps));
  const all = requireUnlimited("operator");
  app.get("/notifications", all, notificationsHandler(deps));
  app.post("/notifications/:id/retry", all, limitBody, retryHandler(deps));
  app.post("/notifications/channels/:name/test", all, limitBody, testChannelHandler(deps));
  app.get("/status/edit", all, statusEditHandler(deps));
  app.post("/status/edit/portals", all, limitBody, choosePortalsHandler(deps));
  app.post("/status/edit/notes", all, limitBody, addNoteHandler(deps));
  app.post("/status/edit/notes/:id/end", all, limitBody, endNoteHandler(deps));
  return app;
}
