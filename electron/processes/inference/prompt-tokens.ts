import type { ChatHistoryItem, ChatWrapper, LlamaModel, Token } from 'node-llama-cpp';
import type { ChatTurn, Prompt } from '../../core/inference/engine.protocol.ts';

export type PreparedPrompt = {
  readonly tokens: readonly Token[];
  /** Texts that end the answer beside the model's own end tokens. */
  readonly stops: readonly string[];
  /** Whether an answer may begin with the model's thoughts, and whether the template has opened them already. */
  readonly thoughts: 'none' | 'possible' | 'opened';
};

/**
 * A chat goes through the model's own template; marks of the template inside a message stay plain text, so a message
 * cannot pretend to be another speaker. Raw text only gets the start token if the model wants one.
 */
export function prepare(model: LlamaModel, wrapper: ChatWrapper, prompt: Prompt): PreparedPrompt {
  if (prompt.kind === 'raw') {
    const tokens = model.tokenize(prompt.text);
    const { bos, shouldPrependBosToken } = model.tokens;
    return { tokens: shouldPrependBosToken && bos !== null ? [bos, ...tokens] : tokens, stops: [], thoughts: 'none' };
  }
  const history: ChatHistoryItem[] = prompt.turns.map(historyItem);
  if (prompt.turns.at(-1)?.role !== 'assistant') history.push({ type: 'model', response: [] });
  const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory: history });
  const stops = stopGenerationTriggers
    .filter((trigger) => trigger.values.every((value) => typeof value === 'string'))
    .map((trigger) => trigger.values.join(''))
    .filter((text) => text !== '');
  const tokens = contextText.tokenize(model.tokenizer);
  const opened = model.detokenize(tokens.slice(-8), true).trimEnd().endsWith('<think>');
  return { tokens, stops, thoughts: opened ? 'opened' : 'possible' };
}

function historyItem({ role, text }: ChatTurn): ChatHistoryItem {
  if (role === 'system') return { type: 'system', text };
  return role === 'user' ? { type: 'user', text } : { type: 'model', response: [text] };
}
