import { triesOf, type LeafContent } from '../../../audit/leaf.ts';
import { openSockets } from '../../../compliance/network/open-sockets.ts';
import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import { channel, unproven, type Channel, type EgressData } from './data.ts';
import { leavingBy, signIns } from './channels.ts';

export type Period = { readonly from: number; readonly to: number };

/** Everything recorded of the period by which something left, and what the network looks like now. */
export function gatherEgress(vault: VaultFacts, { from, to }: Period): EgressData {
  const recorded = vault.leaves.ofActions([...Object.keys(leavingBy), ...signIns], from, to);
  const entries = recorded.flatMap((leaf) => {
    const by = channelOf(leaf);
    const { sequence, at, actor, action, subject, outcome } = leaf;
    return by === null ? [] : [{ sequence, at, channel: by, actor, action, subject, outcome }];
  });
  const directory = vault.directory();
  const sockets = openSockets(vault.processIds());
  const { witnesses, backup } = vault;
  return {
    from,
    to,
    channels: channel.options.map((each) => {
      const of = recorded.filter((leaf) => channelOf(leaf) === each);
      const count = (outcome: string) => of.filter((leaf) => leaf.outcome === outcome).length;
      const denied = of.filter(({ outcome }) => outcome === 'denied').reduce((sum, leaf) => sum + triesOf(leaf), 0);
      return { channel: each, done: count('done'), failed: count('failed'), denied, lastAt: of.at(-1)?.at ?? null };
    }),
    entries,
    network: {
      directory: { enabled: directory.enabled, url: directory.url === '' ? null : directory.url },
      listening: sockets && [...sockets.listening],
      connected: sockets && [...sockets.connected],
      backupFolder: backup().settings.folder,
    },
    unproven: unproven.options.filter((each) => each !== 'rolled-back' || witnesses().last === null),
  };
}

function channelOf({ action, details }: LeafContent): Channel | null {
  const by = leavingBy[action];
  if (by) return by;
  return details['directory'] === undefined ? null : 'directory';
}
