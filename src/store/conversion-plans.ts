import type { Day } from "../domain/calendar.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import { holdAgency } from "./belonging.ts";
import type { Database } from "./database.ts";
import { type ConversionPlan, planById } from "./plan-record.ts";
import { type PlanChange, type PlanFault, planFaults, type PlanInput } from "./plan-input.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** Why a plan was not written. */
export type PlanProblem =
  | { readonly kind: "no_agency" | "no_plan" }
  | { readonly kind: "duplicate_number"; readonly field: "number" }
  | { readonly kind: "wrong_days"; readonly faults: readonly PlanFault[] }
  | NotCovered;

/** Registers a plan of an agency; the audit log gets it in the same transaction. */
export async function createPlan(
  context: WriteContext,
  agency: string,
  input: PlanInput,
  today: Day,
): Promise<Result<ConversionPlan, PlanProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const owner = await holdAgency(trx, agency);
    if (owner === null) return refused({ kind: "no_agency" });
    if (!mayTouchAll(context, [owner.belonging])) return refused({ kind: "not_covered" });
    const faults = planFaults(input, today);
    if (faults.length > 0) return refused({ kind: "wrong_days", faults });
    const row = await trx
      .insertInto("conversion_plan")
      .values({ agency_id: owner.number, ...columnsOf(input) })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!row) return refused({ kind: "duplicate_number", field: "number" });
    await putPhases(trx, row.id, input.phases ?? []);
    const after = await mustExist(trx, row.id);
    await note(context, trx, "create", null, after);
    return done(after);
  });
}

/** Changes what `change` names; given phases replace all of them. A change that changes nothing writes nothing. */
export async function changePlan(
  context: WriteContext,
  id: number,
  change: PlanChange,
  at: { readonly today: Day; readonly now: Date },
): Promise<Result<ConversionPlan, PlanProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const held = await holdPlan(context, trx, id);
    if (!held.ok) return held;
    const before = held.value;
    const wanted: PlanInput = { ...inputOf(before), ...withoutUndefined(change) };
    const faults = planFaults(wanted, at.today);
    if (faults.length > 0) return refused({ kind: "wrong_days", faults });
    const holder = await numberHolder(trx, before.agency, wanted.number);
    if (holder !== null && holder !== id) {
      return refused({ kind: "duplicate_number", field: "number" });
    }
    const columns = columnsOf(wanted);
    await trx
      .updateTable("conversion_plan")
      .set({ ...columns, updated_at: at.now })
      .where("id", "=", id)
      .execute();
    await putPhases(trx, id, wanted.phases ?? []);
    const after = await mustExist(trx, id);
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      await note(context, trx, "change", before, after);
    }
    return done(after);
  });
}

/** Takes a plan out of the register; the audit log keeps what it was. */
export async function deletePlan(
  context: WriteContext,
  id: number,
): Promise<Result<ConversionPlan, PlanProblem>> {
  return context.db.transaction().execute(async (trx) => {
    const held = await holdPlan(context, trx, id);
    if (!held.ok) return held;
    await trx.deleteFrom("conversion_plan").where("id", "=", id).execute();
    await note(context, trx, "delete", held.value, null);
    return held;
  });
}

/** Locks the plan's row, so that changes follow each other, and asks whether the writer may touch it. */
async function holdPlan(
  context: WriteContext,
  trx: Database,
  id: number,
): Promise<Result<ConversionPlan, PlanProblem>> {
  const locked = await trx
    .selectFrom("conversion_plan")
    .select("id")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  const plan = locked ? await planById(trx, id) : null;
  if (plan === null) return refused({ kind: "no_plan" });
  const owner = await holdAgency(trx, plan.agency);
  if (owner === null) throw new Error(`The agency of plan ${id} vanished while it was held`);
  return mayTouchAll(context, [owner.belonging]) ? done(plan) : refused({ kind: "not_covered" });
}

async function numberHolder(trx: Database, agency: string, number: string) {
  const row = await trx
    .selectFrom("conversion_plan as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .select("p.id")
    .where("a.slug", "=", agency)
    .where("p.number", "=", number)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function putPhases(trx: Database, plan: number, phases: NonNullable<PlanInput["phases"]>) {
  await trx.deleteFrom("plan_phase").where("plan_id", "=", plan).execute();
  if (phases.length === 0) return;
  const rows = phases.map(({ title, due_on, done_on, outcome }, index) => ({
    plan_id: plan,
    position: index + 1,
    title,
    due_on,
    done_on: done_on ?? null,
    outcome: outcome ?? null,
  }));
  await trx.insertInto("plan_phase").values(rows).execute();
}

async function mustExist(trx: Database, id: number): Promise<ConversionPlan> {
  const plan = await planById(trx, id);
  if (plan === null) throw new Error(`Plan ${id} vanished while it was written`);
  return plan;
}

function note(
  { actor }: WriteContext,
  trx: Database,
  action: "create" | "change" | "delete",
  before: ConversionPlan | null,
  after: ConversionPlan | null,
) {
  const objectId = String((after ?? before)?.id);
  return writeAudit(trx, actor, [
    { action, objectType: "conversion_plan", objectId, before, after },
  ]);
}

function columnsOf(plan: PlanInput) {
  return {
    number: plan.number,
    title: plan.title,
    issued_on: plan.issued_on,
    lead_unit: plan.lead_unit,
    cooperating_units: plan.cooperating_units ?? [],
    due_on: plan.due_on ?? null,
    fulfilled_on: plan.fulfilled_on ?? null,
    outcome: plan.outcome ?? null,
    source: plan.source ?? null,
    note: plan.note ?? null,
  };
}

function inputOf({ id: _id, agency: _agency, ...plan }: ConversionPlan): PlanInput {
  return {
    ...plan,
    cooperating_units: [...plan.cooperating_units],
    phases: plan.phases.map((phase) => ({ ...phase })),
  };
}

function withoutUndefined(change: PlanChange): Partial<PlanInput> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
