import { JSONPathEnvironment, type JSONPathQuery, jsonpath } from "json-p3";

/** Longest JSONPath accepted. */
const MAX_LENGTH = 200;

const environment = new JSONPathEnvironment();
// Functions count and match over whole subtrees, so that their cost is not linear in the body any more.
environment.functionRegister.clear();

const { FilterSelector } = jsonpath.selectors;
const { FilterQuery, InfixExpression, LogicalExpression, PrefixExpression } = jsonpath.expressions;

/**
 * Compiles a JSONPath (RFC 9535) whose cost is linear in the size of the document: one selector per segment, at most
 * one `..`, no functions, and only single values inside filters. Throws a RangeError that says what is not allowed,
 * because the document comes from the portal and must not decide how long we compute.
 */
export function compileJsonPath(path: string): JSONPathQuery {
  if (path.length > MAX_LENGTH) {
    throw new RangeError(`JSONPath longer than ${MAX_LENGTH} characters`);
  }
  const query = parse(path);
  const { segments } = query;
  if (segments.some((segment) => segment.selectors.length !== 1)) {
    throw new RangeError("JSONPath with more than one selector in a segment");
  }
  if (segments.filter((segment) => segment.toString().startsWith("..")).length > 1) {
    throw new RangeError("JSONPath with more than one '..'");
  }
  for (const selector of segments.flatMap((segment) => segment.selectors)) {
    if (selector instanceof FilterSelector && !isCheap(selector.expression)) {
      throw new RangeError("JSONPath filter that looks at more than single values");
    }
  }
  return query;
}

function parse(path: string): JSONPathQuery {
  try {
    return environment.compile(path);
  } catch (cause) {
    throw new RangeError("not a JSONPath, or one with functions", { cause });
  }
}

function isCheap(expression: unknown): boolean {
  if (expression instanceof LogicalExpression) return isCheap(expression.expression);
  if (expression instanceof PrefixExpression) return isCheap(expression.right);
  if (expression instanceof InfixExpression) {
    return isCheap(expression.left) && isCheap(expression.right);
  }
  return !(expression instanceof FilterQuery) || expression.path.singularQuery();
}
