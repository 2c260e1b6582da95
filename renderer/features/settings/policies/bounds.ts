/** The smallest and largest value of each numeric policy, equal to the contract's; a test holds them together. */
export const bounds = {
  'password.minimumLength': [8, 128],
  'password.minimumKinds': [1, 4],
  'password.history': [0, 24],
  'password.maximumAgeDays': [0, 3650],
  'lockout.attempts': [3, 20],
  'lockout.minutes': [1, 1440],
  'session.idleMinutes': [1, 480],
  'session.maximumHours': [1, 168],
  approvalHours: [1, 720],
  rotationDays: [0, 3650],
  'retention.caseDays': [0, 36_500],
  'retention.auditDays': [180, 36_500],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;
export type Bounded = keyof typeof bounds;
