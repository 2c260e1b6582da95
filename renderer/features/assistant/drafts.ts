import { create } from 'zustand';
import type { DocumentSummary } from '../../../electron/core/contract/index.ts';
import { inCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { whenSessionEnds } from '../../lib/connection.ts';
import { fileSourceOf } from '../../lib/upload.ts';

export type DraftAttachment = Pick<DocumentSummary, 'id' | 'name'>;
export type Draft = { readonly text: string; readonly attachments: readonly DraftAttachment[] };

/** The place of a question that has no conversation yet. */
export const newConversation = 'new';
const emptyDraft: Draft = { text: '', attachments: [] };
const mostAttachments = 20;

type Store = {
  readonly drafts: Readonly<Record<string, Draft>>;
  /** The model chosen by hand, or null for the default. */
  readonly modelId: string | null;
};

/** What was typed and not sent survives going to another view, not the end of the session. */
export const useDrafts = create<Store>(() => ({ drafts: {}, modelId: null }));
whenSessionEnds(() => useDrafts.setState({ drafts: {}, modelId: null }));

export function useDraft(key: string): Draft {
  return useDrafts(({ drafts }) => drafts[key] ?? emptyDraft);
}

export function changeDraft(key: string, values: Partial<Draft>): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: { ...(drafts[key] ?? emptyDraft), ...values } } }));
}

export function clearDraft(key: string): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: emptyDraft } }));
}

export function attach(key: string, added: readonly DraftAttachment[]): void {
  const { attachments } = useDrafts.getState().drafts[key] ?? emptyDraft;
  const fresh = added.filter(({ id }) => !attachments.some((each) => each.id === id));
  changeDraft(key, { attachments: [...attachments, ...fresh.map(({ id, name }) => ({ id, name }))].slice(0, mostAttachments) });
}

export function detach(key: string, id: string): void {
  const { attachments } = useDrafts.getState().drafts[key] ?? emptyDraft;
  changeDraft(key, { attachments: attachments.filter((each) => each.id !== id) });
}

/** Copies files into the case of the conversation and attaches them; they are read while the question is written. */
export async function importAndAttach(key: string, files: readonly File[], caseId: string | null): Promise<void> {
  const taken = [];
  for (const file of files.slice(0, mostAttachments)) taken.push({ name: file.name.slice(-255), source: await fileSourceOf(file) });
  if (taken.length > 0) attach(key, await client.documents.import({ ...inCase(caseId), files: taken }));
}
