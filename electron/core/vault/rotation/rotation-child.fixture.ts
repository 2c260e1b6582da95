import { openRotation } from './rotation.fixture.ts';

/**
 * Opens the vault, takes up its rotation or begins one, and stores blobs meanwhile; each is acknowledged on a line of its
 * own once it is durable. Killed at any moment by its test.
 */
const { rotation, systemAct, settled, store, storage, audit, vault, close } = await openRotation(process.argv[2] ?? '');
console.log('open');
rotation.start();
if (!vault.existing().rotation) rotation.begin(systemAct('keys.rotate'));
const state = { over: false };
const over = settled().finally(() => (state.over = true));
while (!state.over) {
  console.log(`stored ${store(200_000)}`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
const { epoch } = await over;
const { ok } = await audit.verify(storage.freshness.mark());
await close();
console.log(`finished ${epoch} ${ok}`);
