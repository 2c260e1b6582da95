import { createHash, verify } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCheckpoint } from '../audit/checkpoint.ts';
import { leafHash, rootFromInclusion } from '../audit/merkle.ts';
import { openCore } from '../rpc/router.fixture.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { WritableDb } from '../vault/database.ts';
import { formatAnswer, parseAnswer, requireSigned } from './answer.ts';
import { openCosignature } from './cosignature.ts';
import { noteCosignature, parseNoteKey } from './note-key.ts';
import { proveEntry } from './prove-entry.ts';
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
  const { size, checkpoint } = audit.signedHead();
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

/** RFC 6962 from its text: the root that a path leads to, by descending from the top. Written apart from `merkle.ts`. */
function rootBy(index: number, size: number, leaf: Buffer, path: readonly Buffer[]): Buffer {
  if (size === 1) return leaf;
  const k = 2 ** Math.ceil(Math.log2(size) - 1);
  const [rest, top = leaf] = [path.slice(0, -1), path.at(-1)];
  const pair = index < k ? [rootBy(index, k, leaf, rest), top] : [top, rootBy(index - k, size - k, leaf, rest)];
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([1]), ...pair]))
    .digest();
}

test('the proof of an entry is a C2SP tlog-proof that leads from the entry to the head that a witness cosigned', async () => {
  const { workspace, witnesses, audit, act, grow } = await open();
  grow(40);
  const { id } = witnesses.add(act('add'), { kind: 'folder', folder: temporaryFolder(), create: { name: 'safe' } });
  const { key } = await witnesses.cosign(act('cosign'), { id, folder: null });
  grow(25);
  for (const sequence of [0, 17, audit.head().size - 1]) {
    const proof = proveEntry(workspace.audit, witnesses, sequence);
    const [header, extra = '', index, ...rest] = proof.file.split('\n');
    const [path, note] = [rest.slice(0, rest.indexOf('')).map((line) => Buffer.from(line, 'base64')), rest.slice(rest.indexOf('') + 1)];
    expect([header, index]).toEqual(['c2sp.org/tlog-proof@v1', `index ${sequence}`]);
    const entry = Buffer.from(extra.replace('extra ', ''), 'base64');
    expect(JSON.parse(entry.toString())).toMatchObject({ sequence });
    const [origin = '', size, root, blank, logLine = '', ...cosignatures] = note;
    const leaf = createHash('sha256')
      .update(Buffer.from([0]))
      .update(entry)
      .digest();
    expect([rootBy(sequence, Number(size), leaf, path).toString('base64'), blank]).toEqual([root, '']);
    const body = `${origin}\n${size}\n${root}\n`;
    expect(logLine.startsWith(`— ${origin} `)).toBe(true);
    expect(verify(null, Buffer.from(body), proof.publicKey, Buffer.from(logLine.split(' ')[2] ?? '', 'base64').subarray(4))).toBe(true);
    // The newest entry was written after the witness looked.
    const seen = sequence < audit.head().size - 1;
    expect(proof.witnesses).toEqual(seen ? [{ name: 'safe', key }] : []);
    expect(cosignatures.filter(Boolean)).toHaveLength(seen ? 1 : 0);
  }
  expect(() => proveEntry(workspace.audit, witnesses, 9_999)).toThrow(expect.objectContaining({ code: 'audit/no-entry' }));
});

test('an alarm stays until as much as it was raised about is borne out, and cosignatures written by hand count for nothing', async () => {
  const { workspace, witnesses, audit, act, grow } = await open();
  const folder = join(temporaryFolder(), 'w');
  const { id } = witnesses.add(act('add'), { kind: 'folder', folder, create: { name: null } });
  const old = WitnessFolder.open(folder).cosign(audit.signer.origin, parseRequest(witnesses.request({ id }).text));
  witnesses.accept(act('accept'), { text: formatAnswer(old), trust: false });
  cpSync(folder, `${folder}-old`, { recursive: true });
  grow(9);
  const seen = (await witnesses.cosign(act('cosign'), { id, folder: null })).last?.size ?? 0;
  const { db } = workspace.vaultFacts as unknown as { db: WritableDb };
  // As after the vault was put back, which the witness told.
  db.prepare("UPDATE witnesses SET alarm = 'older', alarm_at = 1, alarm_size = ?").run(seen + 1_000);
  db.prepare('DELETE FROM cosignatures WHERE size = ?').run(seen);
  witnesses.accept(act('accept'), { text: formatAnswer(old), trust: false });
  expect(witnesses.summary().alarms).toMatchObject([{ verdict: 'older' }]);
  witnesses.check(act('check'), { id, folder: `${folder}-old` });
  expect(witnesses.summary().alarms).toMatchObject([{ verdict: 'older' }]);
  const { size, root, checkpoint } = audit.signedHead();
  db.prepare('INSERT INTO cosignatures (witness_id, size, root, at, checkpoint, line) VALUES (?, ?, ?, 1, ?, ?)').run(
    id,
    size,
    root,
    checkpoint,
    old.cosignature,
  );
  expect(witnesses.list()).toMatchObject([{ last: { size: parseAnswer(formatAnswer(old)).head.size } }]);
  expect([witnesses.heads.cosigners(size), witnesses.cosignatures(size)]).toEqual([[], []]);
});
