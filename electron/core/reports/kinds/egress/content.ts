import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import type { Block, Section } from '../../blocks.ts';
import { facts, list, table, text } from '../blocks.ts';
import { day, time, timeOr } from '../format.ts';
import type { Language, ReportContent } from '../kind.ts';
import { isOfVault } from '../of-vault.ts';
import { wordsOf } from '../words.ts';
import type { EgressData } from './data.ts';
import { gatherEgress, type Period } from './gather.ts';
import { egressTexts } from './texts.ts';

/** What left the vault in a period, the network as it is, and what nobody can prove. */
export function egressContent(vault: VaultFacts, period: Period, language: Language): ReportContent {
  const data = gatherEgress(vault, period);
  return {
    // The end is the first moment that no longer counts.
    title: egressTexts[language].title(day(period.from), day(period.to - 1)),
    matter: { kind: 'egress', data },
    sections: egressSections(data, language),
    // What an export of a case was about stays with the case; that it happened is shown.
    evidence: { sequences: data.entries.map(({ sequence }) => sequence), mayShow: isOfVault },
  };
}

/** `summary`, `entries`, `network`, `limits`. */
export function egressSections(data: EgressData, language: Language): Section[] {
  const texts = egressTexts[language];
  return [
    { id: 'summary', title: texts.summary, blocks: summary(data, language) },
    { id: 'entries', title: texts.entries, blocks: [entries(data, language)] },
    { id: 'network', title: texts.network, blocks: [network(data, language)] },
    { id: 'limits', title: texts.limits, blocks: [list(data.unproven.map((each) => texts.unproven[each]))] },
  ];
}

function summary({ from, to, channels }: EgressData, language: Language): Block[] {
  const texts = egressTexts[language];
  const { never, labels, period } = wordsOf(language);
  const left = channels.reduce((sum, { done }) => sum + done, 0);
  const refused = channels.reduce((sum, { failed, denied }) => sum + failed + denied, 0);
  const rows = channels.map(({ channel, done, failed, denied, lastAt }) => [
    texts.channels[channel],
    String(done),
    String(failed),
    String(denied),
    timeOr(lastAt, never),
  ]);
  return [
    text(`${texts.intro}\n\n${texts.conclusion(left, refused)}`),
    facts([[labels.period, period(time(from), time(to))]]),
    table(texts.channelHead, [5, -1.4, -1.4, -1.4, 3], rows),
    {
      type: 'chart',
      chart: 'bar',
      caption: texts.chart,
      unit: null,
      labels: channels.map(({ channel }) => texts.channels[channel]),
      series: [{ name: texts.done, values: channels.map(({ done }) => done) }],
    },
  ];
}

function entries(data: EgressData, language: Language): Block {
  const texts = egressTexts[language];
  const { outcomes } = wordsOf(language);
  if (data.entries.length === 0) return text(texts.nothing);
  const rows = data.entries.map(({ sequence, at, actor, channel, action, subject, outcome }) => [
    String(sequence),
    time(at),
    actor,
    texts.channels[channel],
    action,
    subject,
    outcomes[outcome],
  ]);
  return table(texts.entryHead, [-1, 2.6, 1.6, 2.4, 2.8, 3.6, 1.4], rows);
}

function network({ network: { directory, listening, connected, backupFolder } }: EgressData, language: Language): Block {
  const { labels, ...texts } = egressTexts[language];
  const shown = (all: readonly string[]) => (all.length === 0 ? texts.noSocket : all.join('\n'));
  return facts([
    [labels.directory, directory.enabled && directory.url !== null ? texts.directoryOn(directory.url) : texts.directoryOff],
    [
      labels.listening,
      listening === null
        ? texts.unknown
        : shown(
            listening.map(
              ({ protocol, address, port, loopback }) =>
                `${protocol} ${address} : ${port} (${loopback ? texts.loopback : texts.notLoopback})`,
            ),
          ),
    ],
    [labels.connected, connected === null ? texts.unknown : shown(connected.map(({ address, port }) => `${address} : ${port}`))],
    [labels.backups, backupFolder ?? texts.nowhere],
  ]);
}
