import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { isMailAddress } from "../../domain/mail-address.ts";
import { findAgencyOwner } from "../../reports/agency-owner.ts";
import { listRecipients } from "../../reports/digest-recipients.ts";
import {
  addRecipient,
  type RecipientProblem,
  removeRecipient,
} from "../../store/digest-recipients.ts";
import { demandCovered, notCovered, requireRole } from "../access/guards.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, onlyJson, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { day, noQuery, rowNumber, slug } from "../lists/fields.ts";
import { isoInstant } from "../portals/schemas.ts";
import { notFound, Problem } from "../problem.ts";

const langSchema = z.enum(["vi", "en"]);

const recipientSchema = z
  .object({
    id: z.number().int(),
    address: z.string(),
    lang: langSchema,
    created_at: isoInstant,
    last: z
      .object({
        month: day,
        state: z.enum(["sending", "sent", "failed"]),
        attempts: z.number().int(),
        at: isoInstant,
        error: z.string().nullable(),
        retry_at: isoInstant.nullable(),
      })
      .nullable(),
  })
  .openapi("DigestRecipient", { description: "`last` is what became of the last digest." });

const recipientInput = z
  .strictObject({
    address: z.string().refine(isMailAddress, "must be one plain mail address in ASCII"),
    lang: langSchema.default("vi"),
  })
  .openapi("DigestRecipientInput");

const common = {
  tags: ["Digest"],
  ...OPERATOR_WRITES,
};
const path = "/api/v1/agencies/{id}/digest-recipients";
const params = z.object({ id: slug });

const list = createRoute({
  ...common,
  method: "get",
  path,
  middleware: [requireRole("operator"), onlyJson],
  summary: "Who gets the agency's monthly digest by mail",
  request: { params, query: noQuery },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(recipientSchema).readonly(), next_cursor: z.null() }),
      "All of them: there are few, so there is one page.",
    ),
    ...PROBLEMS,
  },
});

const add = createRoute({
  ...common,
  method: "post",
  path,
  summary: "Send the agency's monthly digest to an address",
  request: { params, query: noQuery, body: jsonBody(recipientInput) },
  responses: { 201: jsonAnswer(recipientSchema, "The new recipient"), ...PROBLEMS },
});

const remove = createRoute({
  ...common,
  method: "delete",
  path: `${path}/{recipient}`,
  summary: "Send no more digests to a recipient",
  request: { params: params.extend({ recipient: rowNumber }), query: noQuery },
  responses: { 204: { description: "They are gone." }, ...PROBLEMS },
});

/** GET and POST /api/v1/agencies/{id}/digest-recipients, DELETE one; addresses are shown to operators of the agency. */
export function digestRecipients(deps: AppDeps) {
  return newApi()
    .openapi(list, async (c) => {
      const { id } = c.req.valid("param");
      const agency = await findAgencyOwner(deps.db, id);
      if (agency === null) throw notFound(`agency ${id}`);
      demandCovered(c.get("viewer"), { agency: id, province: agency.province });
      return c.json({ items: await listRecipients(deps.db, id), next_cursor: null }, 200);
    })
    .openapi(add, async (c) => {
      const { id } = c.req.valid("param");
      const now = new Date(deps.clock());
      const added = await addRecipient(writeContext(c, deps), id, c.req.valid("json"), now);
      if (!added.ok) throw toProblem(c, added.problem);
      const recipients = await listRecipients(deps.db, id);
      const recipient = recipients.find((each) => each.id === added.value);
      if (!recipient) throw notFound("such recipient");
      return c.json(recipient, 201);
    })
    .openapi(remove, async (c) => {
      const { id, recipient } = c.req.valid("param");
      const removed = await removeRecipient(writeContext(c, deps), id, recipient);
      if (!removed.ok) throw toProblem(c, removed.problem);
      return c.body(null, 204);
    });
}

function toProblem(c: Context<AppEnv>, problem: RecipientProblem): Problem {
  switch (problem.kind) {
    case "no_agency":
      return notFound("such agency");
    case "no_recipient":
      return notFound("such recipient");
    case "not_covered":
      return notCovered(c.get("viewer"));
    case "too_many":
      return new Problem(409, "The agency has as many recipients as it can; use a mailing list.");
    case "duplicate":
      return new Problem(409, "The recipient was not added.", {
        errors: [{ field: "body.address", detail: "the agency has it already" }],
      });
  }
}
