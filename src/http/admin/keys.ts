import { createRoute, z } from "@hono/zod-openapi";
import {
  type ApiKey,
  type ApiKeyProblem,
  createKey,
  listKeys,
  revokeKey,
} from "../../store/api-keys.ts";
import { requireUnlimited } from "../access/guards.ts";
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
import { newApi } from "../env.ts";
import { noQuery, plainText, provinceCode, slug } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";

const instant = z.string().openapi({ format: "date-time" });
const role = z.enum(["reader", "operator", "admin"]);

const keySchema = z
  .object({
    id: z.number().int(),
    label: z.string(),
    prefix: z.string(),
    role,
    agency: z.string().nullable(),
    province: z.string().nullable(),
    created_at: instant,
    last_used_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .openapi("Key");

const keyInput = z
  .strictObject({
    label: plainText,
    role,
    agency: slug.nullish(),
    province: provinceCode.nullish(),
  })
  .openapi("KeyInput", { description: "A key can be limited to one agency or one province." });

const common = {
  tags: ["Administration"],
  security: KEY_NEEDED,
  middleware: [requireUnlimited("admin"), limitBody, onlyUtf8, onlyJson],
};

const list = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/keys",
  summary: "All keys, oldest first; never the keys themselves",
  request: { query: noQuery },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(keySchema), next_cursor: z.null() }),
      "All keys: there are few, so there is one page.",
    ),
    ...PROBLEMS,
  },
});

const create = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/keys",
  summary: "Make a key; `key` is shown in this answer and never again",
  request: { query: noQuery, body: jsonBody(keyInput) },
  responses: {
    201: jsonAnswer(keySchema.extend({ key: z.string() }).openapi("NewKey"), "The new key"),
    ...PROBLEMS,
  },
});

const revoke = createRoute({
  ...common,
  method: "delete",
  path: "/api/v1/keys/{id}",
  summary: "End a key's life at once",
  request: {
    params: z.object({
      id: z.coerce
        .number<string>()
        .int()
        .min(1)
        .max(2 ** 31 - 1),
    }),
    query: noQuery,
  },
  responses: { 200: jsonAnswer(keySchema, "The revoked key"), ...PROBLEMS },
});

/** GET and POST /api/v1/keys, DELETE /api/v1/keys/{id}. */
export function keys(deps: AppDeps) {
  return newApi()
    .openapi(list, async (c) => {
      const items = (await listKeys(deps.db)).map(toBody);
      return c.json({ items, next_cursor: null }, 200);
    })
    .openapi(create, async (c) => {
      const { label, role, agency = null, province = null } = c.req.valid("json");
      const context = { db: deps.db, actor: c.get("viewer").actor };
      const made = await createKey(context, { label, role, agency, province });
      if (!made.ok) throw toProblem(made.problem);
      return c.json({ ...toBody(made.value.record), key: made.value.key }, 201);
    })
    .openapi(revoke, async (c) => {
      const context = { db: deps.db, actor: c.get("viewer").actor };
      const ended = await revokeKey(context, c.req.valid("param").id);
      if (!ended.ok) throw toProblem(ended.problem);
      return c.json(toBody(ended.value), 200);
    });
}

function toBody(key: ApiKey): z.infer<typeof keySchema> {
  const { id, label, prefix, role, agency, province } = key;
  return {
    id,
    label,
    prefix,
    role,
    agency,
    province,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}

function toProblem({ kind }: ApiKeyProblem): Problem {
  if (kind === "not_found") return notFound("such key");
  const errors = {
    unknown_agency: { field: "body.agency", detail: "there is no agency with this id" },
    unknown_province: { field: "body.province", detail: "there is no province with this code" },
    two_limits: { field: "body.province", detail: "a key has one limit: agency or province" },
  };
  return new Problem(400, "The key was not made.", { errors: [errors[kind]] });
}
