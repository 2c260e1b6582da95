/**
 * Actions that must work on a full disk: they make room, end something, let people in and out, or record what happened
 * anyway. They alone may use the last room there is.
 */
export const roomMaking: ReadonlySet<string> = new Set([
  'approvals.decide',
  'approvals.withdraw',
  'backup.cancel',
  'backup.run',
  'cases.prove-removal',
  'cases.remove',
  'chat.remove',
  'documents.cancel',
  'documents.read',
  'documents.remove',
  'flows.remove',
  'identity.change-password',
  'identity.end-session',
  'identity.set-person-status',
  'identity.sign-in',
  'identity.sign-out',
  'identity.unlock-person',
  'models.remove',
  'models.unload',
  'policies.set',
  'runs.cancel',
  'runs.finish',
  'system.clock-step',
  'vault.accept-older',
  'vault.check',
  'vault.lock',
  'vault.recover',
  'vault.unlock',
]);
