import { archive } from './archive/archive.ts';
import { documentRead } from './document.read/document-read.ts';
import { input } from './input/input.ts';
import { jsonValidate } from './json.validate/json-validate.ts';
import { llmExtract } from './llm.extract/llm-extract.ts';
import type { FlowNodeType } from './node.ts';
import { output } from './output/output.ts';
import { piiMask } from './pii.mask/pii-mask.ts';
import { textClean } from './text.clean/text-clean.ts';

/** Every node type, in the order of the palette. A new one is a folder and a line here. */
export const nodeTypes: readonly FlowNodeType[] = [input, documentRead, textClean, llmExtract, jsonValidate, piiMask, archive, output];

const byType = new Map(nodeTypes.map((node) => [node.type, node]));

export function findNodeType(type: string): FlowNodeType | undefined {
  return byType.get(type);
}
