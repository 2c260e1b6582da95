import { expect, test } from 'vitest';
import { procedures } from '../testing/procedures.ts';

test('what one person alone could take the vault, its people or its content over with can be made to wait for a second one', () => {
  const asking = procedures().flatMap(({ name, meta }) => (meta.approval === null ? [] : [`${meta.approval} ${name}`]));
  expect(asking.toSorted()).toEqual([
    'export attestations.export',
    'export identity.exportOwn',
    'export identity.exportPerson',
    'export reports.export',
    'key-operation identity.resetPassword',
    'key-operation identity.setDirectory',
    'key-operation keys.addToken',
    'key-operation keys.beginCustodians',
    'key-operation keys.beginRecovery',
    'key-operation keys.removeSlot',
    'key-operation keys.rotate',
    'key-operation signing.importChain',
    'key-operation signing.removeChain',
    'key-operation signing.useToken',
    'key-operation signing.useVaultKey',
    'retention-change audit.liftHold',
    'retention-change cases.liftLegalHold',
    'retention-change cases.remove',
    'retention-change cases.setRetention',
    'retention-change policies.setRetention',
    'role-change identity.separateDuties',
    'role-change identity.setRole',
  ]);
});
