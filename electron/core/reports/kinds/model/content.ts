import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import type { ModelRecord } from '../../../models/model-record.ts';
import type { Block, Section } from '../../blocks.ts';
import { facts, notice, table, text } from '../blocks.ts';
import { time, timeOr } from '../format.ts';
import type { Language, ReportContent } from '../kind.ts';
import { isOfVault } from '../of-vault.ts';
import { wordsOf } from '../words.ts';
import type { ModelData } from './data.ts';
import { gatherModel } from './gather.ts';
import { modelTexts } from './texts.ts';

/** Model card and history of changes. @throws AppError `models/not-found` */
export function modelContent(vault: VaultFacts, records: readonly ModelRecord[], id: string, language: Language): ReportContent {
  const data = gatherModel(vault, records, id);
  return {
    title: modelTexts[language].title(data.card?.displayName ?? data.sha256?.slice(0, 16) ?? id),
    matter: { kind: 'model', data },
    sections: modelSections(data, language),
    evidence: { sequences: data.history.map(({ sequence }) => sequence), mayShow: isOfVault },
  };
}

/** `card`, `history`, `versions`, `use`, `evaluations`. */
export function modelSections(data: ModelData, language: Language): Section[] {
  const texts = modelTexts[language];
  return [
    { id: 'card', title: texts.card, blocks: [text(texts.intro), ...card(data, language)] },
    { id: 'history', title: texts.history, blocks: [history(data, language)] },
    { id: 'versions', title: texts.versions, blocks: [versions(data, language)] },
    { id: 'use', title: texts.use, blocks: usage(data, language) },
    { id: 'evaluations', title: texts.evaluations, blocks: [text(texts.noEvaluations)] },
  ];
}

function card({ card: found, sha256 }: ModelData, language: Language): Block[] {
  const { labels, storages, removed } = modelTexts[language];
  const { none, yes, no, bytes, modelLabels } = wordsOf(language);
  if (!found) return [notice(removed, 'warning'), facts([[labels.sha256, sha256 ?? none]])];
  const { header } = found;
  const number = (value: number | null) => (value === null ? none : value.toLocaleString('en'));
  return [
    facts([
      [labels.name, found.displayName],
      [labels.headerName, header.name ?? none],
      [labels.sha256, found.sha256],
      [labels.size, bytes(header.fileSize)],
      [labels.storage, storages[found.storage]],
      [labels.label, found.label === null ? none : (modelLabels[found.label] ?? found.label)],
      [labels.importedAt, timeOr(found.importedAt, none)],
      [labels.importedBy, found.importedBy ?? none],
      [labels.architecture, header.architecture],
      [labels.quantisation, header.quantisation],
      [labels.parameters, number(header.parameters)],
      [labels.context, number(header.contextLength)],
      [labels.embedding, number(header.embeddingLength)],
      [labels.layers, number(header.layers)],
      [labels.vocabulary, number(header.vocabularySize)],
      [labels.template, header.hasChatTemplate ? yes : no],
      [labels.format, String(header.formatVersion)],
    ]),
  ];
}

function history(data: ModelData, language: Language): Block {
  const texts = modelTexts[language];
  const { outcomes, none } = wordsOf(language);
  if (data.history.length === 0) return text(texts.noHistory);
  return table(
    texts.historyHead,
    [-1, 2.6, 1.6, 2.6, 1.4, 4.4],
    data.history.map(({ sequence, at, actor, action, outcome, sha256 }) => [
      String(sequence),
      time(at),
      actor,
      action,
      outcomes[outcome],
      sha256 ?? none,
    ]),
  );
}

function versions(data: ModelData, language: Language): Block {
  const texts = modelTexts[language];
  const { none } = wordsOf(language);
  if (data.versions.length === 0) return text(texts.noVersions);
  return table(
    texts.versionHead,
    [3, 2, 2.6, 5],
    data.versions.map(({ displayName, quantisation, importedAt, sha256 }) => [displayName, quantisation, timeOr(importedAt, none), sha256]),
  );
}

function usage({ use: used }: ModelData, language: Language): Block[] {
  const texts = modelTexts[language];
  const { useLabels: labels } = texts;
  const { never } = wordsOf(language);
  const nodes = Object.entries(used.nodeTypes);
  const blocks: Block[] = [
    facts([
      [labels.runs, String(used.runs)],
      [labels.steps, String(used.steps)],
      [labels.failed, String(used.failedSteps)],
      [labels.messages, String(used.messages)],
      [labels.tokens, used.tokens.toLocaleString('en')],
      [labels.first, timeOr(used.first, never)],
      [labels.last, timeOr(used.last, never)],
    ]),
    text(texts.useNote),
  ];
  if (used.months.length > 0)
    blocks.push({
      type: 'chart',
      chart: 'line',
      caption: texts.chart,
      unit: null,
      labels: used.months.map(({ month }) => month),
      series: [{ name: texts.calls, values: used.months.map(({ calls }) => calls) }],
    });
  if (nodes.length > 0)
    blocks.push(
      table(
        texts.nodeHead,
        [9, -3],
        nodes.map(([type, count]) => [type, String(count)]),
      ),
    );
  return blocks;
}
