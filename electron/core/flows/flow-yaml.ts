import { isMap, isNode, isScalar, LineCounter, parseDocument, stringify, visit, type Document } from 'yaml';
import { flowDocument, type FlowDocument } from '../contract/flows.ts';
import { AppError } from '../errors.ts';

/** Largest YAML text taken, in characters. */
const longestYaml = 1_000_000;

/** Writes a flow as YAML; `parseFlowYaml` gives back an equal document. */
export function formatFlowYaml(document: FlowDocument): string {
  const { redoubt, name, description, nodes, edges } = document;
  return stringify({ redoubt, name, description, nodes, edges }, { aliasDuplicateObjects: false, lineWidth: 100 });
}

/**
 * Reads a flow from YAML. Plain data only: no aliases, tags or merge keys, so a small text cannot grow into a large value.
 * @throws AppError `flows/invalid-yaml` with `line` and `column`
 */
export function parseFlowYaml(yaml: string): FlowDocument {
  if (yaml.length > longestYaml) throw invalid('The file is too large for a flow.', 1, 1);
  try {
    return read(yaml);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The parser's own stack limit, reached by absurd nesting.
    throw invalid('The file is nested too deeply to be a flow.', 1, 1, error);
  }
}

function read(yaml: string): FlowDocument {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, schema: 'core', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault?.message.includes('call stack')) throw new RangeError(fault.message);
  if (fault) throw at(lines, fault.pos[0], fault.message);
  refuseIndirection(document, lines);
  const parsed = flowDocument.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((key) => (typeof key === 'number' ? key : String(key)));
  throw at(lines, offsetOf(document, path), `${path.join('.') || 'flow'}: ${issue?.message ?? 'not valid'}`);
}

function refuseIndirection(document: Document.Parsed, lines: LineCounter): void {
  visit(document, {
    Alias: (_, alias) => {
      throw at(lines, alias.range?.[0] ?? 0, 'Aliases (*name) are not allowed in a flow.');
    },
    Node: (_, node) => {
      if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:'))
        throw at(lines, node.range?.[0] ?? 0, 'Tags (!name) are not allowed in a flow.');
    },
    Map: (_, map) => {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : null;
        const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
        if (name === null) throw at(lines, offset, 'Keys must be plain text.');
        if (keys.has(name)) throw at(lines, offset, `The key ${name} is there twice.`);
        keys.add(name);
      }
    },
  });
}

/** Where the value at `path`, or its nearest ancestor, stands in the text. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key: name }) => isScalar(name) && String(name.value) === String(key));
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function at(lines: LineCounter, offset: number, message: string): AppError {
  const { line, col } = lines.linePos(offset);
  return invalid(message, Math.max(line, 1), Math.max(col, 1));
}

function invalid(message: string, line: number, column: number, cause?: unknown): AppError {
  return new AppError(
    'flows/invalid-yaml',
    `This is no flow that Redoubt can read. Line ${line}: ${message} Nothing was imported.`,
    { line, column, reason: message },
    { cause },
  );
}
