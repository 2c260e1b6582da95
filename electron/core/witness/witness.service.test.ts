import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCheckpoint } from '../audit/checkpoint.ts';
import { leafHash, rootFromInclusion } from '../audit/merkle.ts';
import { openCore } from '../rpc/router.fixture.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { parseAnswer, requireSigned } from './answer.ts';
import { openCosignature } from './cosignature.ts';
import { noteCosignature, parseNoteKey } from './note-key.ts';
import { parseRequest } from './request.ts';
import { WitnessFolder } from './witness-folder.ts';

async function open() {
  const core = await openCore(join(temporaryFolder(), 'vault'));
  onTestFinished(() => core.close());
  const { workspace } = core;
  if (!workspace) throw new Error('not open');
  const act = (action: string) => workspace.systemAct(`witness.${action}`);
  const grow = (by: number) => {
    for (let each = 0; each < by; each += 1) workspace.systemAct('test.grow').commit({ subject: '' }, () => undefined);
  };
  return { workspace, witnesses: workspace.witnesses, audit: workspace.audit, act, grow };
}

test('what was cosigned is kept: lines for the exact head, the head over an entry, the proof to the head of now', async () => {
  const { witnesses, audit, act, grow } = await open();
  const folders = [temporaryFolder(), temporaryFolder()];
  const added = folders.map((folder, at) => witnesses.add(act('add'), { kind: 'folder', folder, create: { name: `w${at}` } }));
  expect(witnesses.summary()).toMatchObject({ count: 2, last: null, behind: audit.head().size, alarms: [] });
  const { size, checkpoint } = audit.head();
  const shown = await witnesses.cosign(act('cosign'), { id: added[0]?.id ?? '', folder: null });
  expect(shown).toMatchObject({ name: 'w0', last: { size }, behind: 1, reachable: true });
  const [line = ''] = witnesses.cosignatures(size);
  const body = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
  expect(openCosignature(line, body, parseNoteKey(shown.key, noteCosignature)).at * 1_000).toBe(shown.last?.at);
  expect(witnesses.heads.over(size - 1)).toEqual({ size, checkpoint: `${checkpoint}${line}` });
  expect(witnesses.heads.over(size)).toBeNull();
  grow(30);
  await witnesses.cosign(act('cosign'), { id: added[1]?.id ?? '', folder: null });
  expect(witnesses.heads.newest(size + 5)).toMatchObject({ size });
  expect(witnesses.summary()).toMatchObject({ last: { name: 'w1', size: size + 31 }, behind: 1 });
  expect(witnesses.cosignatures(size + 1)).toEqual([]);
  const entry = leafHash(Buffer.from(audit.prove([added[0]?.id ?? '']).leaves[0]?.canonical ?? ''));
  const place = audit.prove([added[0]?.id ?? '']).leaves[0]?.sequence ?? 0;
  expect(rootFromInclusion(entry, place, size, audit.inclusion(place, size))).toEqual(
    openCheckpoint(checkpoint, audit.signer.publicKey).root,
  );
  witnesses.remove(act('remove'), { id: added[0]?.id ?? '' });
  expect(witnesses.cosignatures(size)).toEqual([]);
  expect(witnesses.add(act('add'), { kind: 'folder', folder: folders[0] ?? '', create: null })).toMatchObject({
    id: added[0]?.id,
    last: { size },
  });
});

test('a witness whose files were put back or exchanged is not believed, and a request made of nothing is refused', async () => {
  const { witnesses, act, grow } = await open();
  const folder = join(temporaryFolder(), 'w');
  const { id, key } = witnesses.add(act('add'), { kind: 'folder', folder, create: { name: null } });
  expect(() => witnesses.add(act('add'), { kind: 'folder', folder, create: null })).toThrow(
    expect.objectContaining({ code: 'witness/known' }),
  );
  await witnesses.cosign(act('cosign'), { id, folder: null });
  cpSync(folder, `${folder}-old`, { recursive: true });
  grow(3);
  await witnesses.cosign(act('cosign'), { id, folder: null });
  rmSync(folder, { recursive: true });
  cpSync(`${folder}-old`, folder, { recursive: true });
  await expect(witnesses.cosign(act('cosign'), { id, folder: null })).rejects.toMatchObject({ code: 'witness/forgot' });
  expect(witnesses.check(act('check'), { id, folder: null })).toMatchObject({ verdict: 'forgot' });
  const other = temporaryFolder();
  WitnessFolder.create(other);
  await expect(witnesses.cosign(act('cosign'), { id, folder: other })).rejects.toMatchObject({ code: 'witness/other-witness' });
  expect(witnesses.check(act('check'), { id: null, folder: other })).toMatchObject({ verdict: 'new' });
  rmSync(folder, { recursive: true });
  await expect(witnesses.cosign(act('cosign'), { id, folder: null })).rejects.toMatchObject({ code: 'witness/not-a-witness' });
  expect(witnesses.list()).toMatchObject([{ key, reachable: false }]);
  expect(() => witnesses.request({ id: 'none' })).toThrow(expect.objectContaining({ code: 'witness/unknown' }));
});

test('an answer for another vault, or one that its witness did not make, changes nothing', async () => {
  const [one, two] = [await open(), await open()];
  const witness = WitnessFolder.create(temporaryFolder());
  const { text } = one.witnesses.request({ id: null });
  const { head, ...request } = parseRequest(text);
  expect(requireSigned(request.checkpoint, request.logKey).size).toBe(head.size);
  const answer = { format: 'redoubt-witness-answer/1', ...witness.cosign(head.origin, request) };
  const accept = (to: typeof one, changed: Record<string, unknown>, trust = true) => {
    try {
      to.witnesses.accept(to.act('accept'), { text: JSON.stringify({ ...answer, ...changed }), trust });
      return 'done';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(accept(two, {})).toBe('witness/other-log');
  expect(accept(one, {}, false)).toBe('witness/untrusted');
  const forger = WitnessFolder.create(temporaryFolder()).cosign(head.origin, request);
  expect(accept(one, { cosignature: forger.cosignature })).toBe('witness/bad-answer');
  expect(accept(one, { checkpoint: answer.checkpoint.replace(`\n${head.size}\n`, '\n999\n') })).toBe('witness/bad-answer');
  expect(one.witnesses.list()).toEqual([]);
  expect(accept(one, {})).toBe('done');
  expect(parseAnswer(JSON.stringify(answer)).head.size).toBe(head.size);
  expect(one.witnesses.list()).toMatchObject([{ folder: null, last: { size: head.size } }]);
});
