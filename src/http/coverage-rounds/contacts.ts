import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listContacts } from "../../reports/coverage-rounds/contacts.ts";
import { addContact, type ContactProblem, removeContact } from "../../store/coverage-contacts.ts";
import { demandCovered, notCovered } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import { requireRegister } from "../coverage-imports/access.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  onlyJson,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, provinceCode, rowNumber } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";
import { contactInput, contactSchema } from "./schemas.ts";

const tags = ["Coverage rounds"];
const path = "/api/v1/coverage/contacts";

const list = createRoute({
  method: "get",
  path,
  summary: "Who is reminded for which province; a province's key sees its own",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("operator"), onlyJson],
  request: { query: z.strictObject({ province: provinceCode.optional() }) },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(contactSchema).readonly(), next_cursor: z.null() }),
      "All of them: there are few, so there is one page.",
    ),
    ...PROBLEMS,
  },
});

const add = createRoute({
  method: "post",
  path,
  summary: "Remind an address for a province",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("operator"), limitBody, onlyUtf8, onlyJson],
  request: { query: noQuery, body: jsonBody(contactInput) },
  responses: { 201: jsonAnswer(contactSchema, "The new contact"), ...PROBLEMS },
});

const remove = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  summary: "Remind an address no more",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("operator")],
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 204: { description: "It is gone." }, ...PROBLEMS },
});

/** GET and POST /api/v1/coverage/contacts, DELETE one. */
export function coverageContacts(deps: AppDeps) {
  return newApi()
    .openapi(list, async (c) => {
      const viewer = c.get("viewer");
      const { province = viewer.province } = c.req.valid("query");
      demandCovered(viewer, { agency: "", province });
      return c.json({ items: await listContacts(deps.db, province), next_cursor: null }, 200);
    })
    .openapi(add, async (c) => {
      const contact = c.req.valid("json");
      const added = await addContact(writeContext(c, deps), contact);
      if (!added.ok) throw toProblem(c, added.problem);
      return c.json({ id: added.value, ...contact }, 201);
    })
    .openapi(remove, async (c) => {
      const removed = await removeContact(writeContext(c, deps), c.req.valid("param").id);
      if (!removed.ok) throw toProblem(c, removed.problem);
      return c.body(null, 204);
    });
}

function toProblem(c: Context<AppEnv>, { kind }: ContactProblem): Problem {
  switch (kind) {
    case "no_contact":
      return notFound("such contact");
    case "no_province":
      return new Problem(400, "The contact was not added.", {
        errors: [{ field: "body.province", detail: "there is no such province" }],
      });
    case "not_covered":
      return notCovered(c.get("viewer"));
    case "too_many":
      return new Problem(409, "The province has as many contacts as it can; use a mailing list.");
    case "duplicate":
      return new Problem(409, "The contact was not added.", {
        errors: [{ field: "body.address", detail: "the province has it already" }],
      });
  }
}
