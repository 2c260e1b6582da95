import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHost } from '../cases/people.fixture.ts';
import { temporaryFolder } from '../testing/folder.ts';

const canary = 'QX-4417-CANARY';

test(
  'a run’s model call, from its texts to their end: shown to who may, in no export, gone with the document',
  { timeout: 240_000 },
  async () => {
    const { owner, add } = await openHost();
    const { client: ben } = await add('ben');
    const { retention: _retention, ...rules } = (await owner.policies.get()).policies;
    await owner.policies.set({ ...rules, audit: { ...rules.audit, modelTexts: 'texts' } });

    const path = join(temporaryFolder(), 'letter.txt');
    writeFileSync(path, `ACME Ltd\nInvoice Number: ${canary}\nName: Mary Poppins\nTotal due: 1,204.00 EUR\n`);
    const [document] = await owner.documents.import({ files: [{ name: 'letter.txt', source: { kind: 'path', path } }] });
    const documentId = document?.id ?? '';
    const [flow] = await owner.flows.list({ caseId: document?.caseId ?? '' });
    const run = await owner.runs.start({ flowId: flow?.id ?? '', documentIds: [documentId] });
    for await (const event of await owner.runs.watch({ runId: run.id })) if (event.type === 'run' && event.run.finishedAt !== null) break;

    const { entries } = await owner.audit.list({ action: 'model.call', subject: run.id });
    expect(entries.length).toBeGreaterThan(0);
    const sequence = entries.at(-1)?.sequence ?? 0;
    const call = await owner.audit.modelCall({ sequence });
    expect(call).toMatchObject({ kept: 'texts', texts: { fits: true }, subject: run.id });
    expect(call.texts?.prompt.map(({ text }) => text).join('\n')).toContain(canary);
    const answer = (to: number): Promise<unknown> => ben.audit.modelCall({ sequence: to }).catch((error: unknown) => error);
    // A call in a foreign case, an entry that is none, and one that is not there: nobody learns which it was.
    expect(await answer(sequence)).toMatchObject({ code: 'request/not-found' });
    for (const other of [1, 1_000_000]) expect(await answer(other)).toEqual(await answer(sequence));
    expect((await owner.audit.list({ action: 'audit.read-text' })).entries).toMatchObject([
      ...Array.from({ length: 5 }, () => ({ outcome: 'denied' })),
      { outcome: 'done' },
    ]);

    const folder = join(temporaryFolder(), 'collected');
    mkdirSync(folder);
    for (const format of ['ecs', 'cef', 'syslog'] as const) await owner.audit.exportTo({ folder, format });
    await owner.audit.setSiem({ folder, format: 'ecs', everyMinutes: 60, filesTaken: false });
    expect(await owner.audit.exportNow()).toMatchObject({ error: null, problems: [] });
    const exported = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(exported.length).toBe(4);
    expect(exported.every((text) => text.includes('model.call'))).toBe(true);
    expect(exported.filter((text) => text.includes(canary))).toEqual([]);

    await owner.documents.remove({ ids: [documentId] });
    expect(await owner.audit.modelCall({ sequence })).toMatchObject({ kept: 'erased', texts: null });
    // The document's life, from its import to its end.
    const life = (await owner.audit.life({ id: documentId })).entries.map(({ action }) => action);
    expect([life[0], life.at(-1)]).toEqual(['documents.import', 'documents.remove']);
    expect(life).toContain('model.call');
    expect(await owner.audit.verify()).toMatchObject({ ok: true });
  },
);
