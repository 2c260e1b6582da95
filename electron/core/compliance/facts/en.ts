import type { Duty } from './duties.ts';

const time = (at: number | null) => (at === null ? 'never' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`);

const duties: Readonly<Record<Duty, string>> = {
  hosts: 'Updates, removal of what is not needed, and the hardening of the operating system are the operator’s.',
  malware:
    'Protection from malicious code on the machine is the operator’s; Redoubt reads documents in a process of its own that has no key and no network.',
  boot: 'Trusted boot of machine and operating system is the operator’s; Redoubt’s own files are checked against a signed manifest when it starts.',
  remote: 'Copies at another place are the operator’s: the folder of backups may be carried or mirrored there, it is encrypted.',
  redundancy: 'Redundant machines are the operator’s; a vault is restored on another one from a backup.',
  central: 'Central monitoring of networks and machines is the operator’s; Redoubt writes its records as ECS, CEF or syslog files for it.',
  incidents: 'Recognising, handling and reporting incidents is the operator’s; the audit log is the evidence.',
  risk: 'The analysis and treatment of risks is the operator’s.',
  people: 'Screening, training and sanctions are the operator’s.',
  contracts: 'Contracts with those who process data on one’s behalf are the operator’s. Redoubt sends them nothing.',
  consent: 'Legal basis, notice and consent are for who decides about the processing; each case states its purpose.',
  assessment: 'The impact assessment before the processing is for who decides about it; this report may be part of it.',
  review: 'Reading the records regularly is for the audit administrator; the figures here show that there is something to read.',
  rights: 'Answering people within the time the law sets is for who decides about the processing.',
  physical: 'Rooms, machines and media are the operator’s.',
  evaluation: 'The regular evaluation is the operator’s; this report can be made again at any time.',
  necessity: 'Whether a stated purpose is reasonable, and no more is collected than it needs, is for who decides about the processing.',
  clearance: 'A label decides nothing by itself: who leads a case lets in only people who are cleared for its label.',
  abroad: 'Where exported files are taken is the operator’s; the egress attestation lists what left.',
  rules: 'Written rules and procedures are the operator’s; what the policies here enforce is part of them.',
  plans: 'The written plan, and its revision after each drill, are the operator’s.',
};

/** What checks find, as sentences. */
export const enFacts = {
  failed: (v: { reason: string }) => `The check could not be carried out: ${v.reason}`,
  duty: (v: { duty: Duty }) => duties[v.duty],
  accounts: (v: { people: number; active: number; withoutSlot: number; repeated: number }) =>
    `Accounts: ${v.people}, active: ${v.active}; names that occur twice: ${v.repeated}; active accounts without a key slot of their own: ${v.withoutSlot}.`,
  passwords: (v: { length: number; kinds: number; history: number; days: number }) =>
    `Passwords: at least ${v.length} characters of ${v.kinds} kinds, the last ${v.history} are refused, ${v.days === 0 ? 'no change is asked for' : `to be changed after ${v.days} days`}. Required: 8 characters, 3 kinds, a change within 180 days.`,
  lockout: (v: { attempts: number; minutes: number; locked: number }) =>
    `Locked out after ${v.attempts} wrong passwords for ${v.minutes} minutes; ${v.locked} accounts are now. Required: 5 tries at most, 30 minutes at least.`,
  idle: (v: { minutes: number; hours: number }) =>
    `A session ends after ${v.minutes} minutes without activity, and after ${v.hours} hours in any case; with the last one the vault is locked. Required: 15 minutes at most.`,
  secondFactor: (v: { policy: string; administrators: number; withFactor: number }) =>
    `The policy asks for a second factor of: ${v.policy}. ${v.withFactor} of ${v.administrators} active administrators have one.`,
  secondFactorOfAll: (v: { policy: string; active: number; withFactor: number }) =>
    `The policy asks for a second factor of: ${v.policy}. ${v.withFactor} of ${v.active} active people have one. Required: everybody.`,
  separation: (v: { mode: string; system: number; security: number; audit: number; owners: number }) =>
    `Duties: ${v.mode}. Active administrators: ${v.system} system, ${v.security} security, ${v.audit} audit; ${v.owners} hold everything.`,
  exclusive: (v: { shared: number; content: number }) =>
    `The three administrators share ${v.shared} rights that change something by themselves, and hold ${v.content} rights to the content of cases.`,
  defaults: (v: { calls: number; open: number; signedIn: number; granted: number }) =>
    `Calls: ${v.calls}. Without a session: ${v.open}, for anybody who is signed in: ${v.signedIn}, only where the role grants it: ${v.granted}. Everything else is refused.`,
  privileges: (v: { calls: number; largest: number; owners: number }) =>
    `Of ${v.calls} calls the largest role in use, but for owner, may make ${v.largest}; active accounts that may make all of them: ${v.owners}.`,
  rulers: (v: { calls: number; roles: string }) => `The ${v.calls} calls that set the rules of access are granted to: ${v.roles}.`,
  origins: (v: { people: number; unexplained: number }) =>
    `Redoubt comes without accounts. Of ${v.people} accounts ${v.unexplained} have no record of who made them.`,
  dormant: (v: { days: number; dormant: number; disabledWithSlot: number }) =>
    `Active accounts without a sign-in for ${v.days} days: ${v.dormant}; disabled ones that still have a key slot: ${v.disabledWithSlot}.`,
  granularity: (v: { cases: number; memberships: number; wrong: number }) =>
    `Who sees what is decided by memberships of cases: ${v.cases} cases, ${v.memberships} memberships, of which ${v.wrong} contradict the role or a personal case.`,
  labels: (v: { public: number; internal: number; confidential: number; secret: number }) =>
    `Every case bears a label: ${v.public} public, ${v.internal} internal, ${v.confidential} confidential, ${v.secret} secret.`,
  coverage: (v: { commands: number; unrecorded: number; entries: number; people: number }) =>
    `${v.commands} commands change something, ${v.unrecorded} of them without an audit action; the log holds ${v.entries} entries of ${v.people} actors. A command whose record cannot be written fails.`,
  content: (v: { entries: number; incomplete: number }) =>
    `Of the newest ${v.entries} entries ${v.incomplete} lack one of time, actor, action, subject or outcome.`,
  auditWhole: (v: { entries: number; problems: number; ms: number }) =>
    `The whole log was checked for this report: ${v.entries} entries, ${v.problems} problems, ${Math.round(v.ms)} ms.`,
  auditGuarded: (v: { triggers: number; changeRefused: boolean }) =>
    `${v.triggers} triggers guard the log; a change of an entry was tried and ${v.changeRefused ? 'refused' : 'NOT refused'}.`,
  auditRetention: (v: { days: number; required: number }) => `Audit records are kept ${v.days} days. Required: ${v.required}.`,
  witness: (v: { count: number; size: number; at: number | null; behind: number; alarms: number }) =>
    `Witnesses outside: ${v.count}; the newest confirmed head: ${v.size} entries, ${time(v.at)}; ${v.behind} written since; ${v.alarms} alarms. Required: one within 31 days, no alarm.`,
  backup: (v: { schedule: string; at: number | null; problem: string }) =>
    `Encrypted backups: ${v.schedule}; the last: ${time(v.at)}${v.problem === '' ? '' : `, which failed (${v.problem})`}. Required: on schedule, the last one within 8 days.`,
  drill: (v: { at: number | null; ok: boolean; rows: number; blobs: number; ms: number }) =>
    `Last restore drill: ${time(v.at)}${v.at === null ? '' : `, ${v.ok ? 'good' : 'FAILED'}: ${v.rows} rows and ${v.blobs} files in ${Math.round(v.ms / 1000)} s`}. Required: a good one within 100 days.`,
  cipher: (v: { cipher: string; pageBytes: number; secureDelete: boolean }) =>
    `Database: ${v.cipher}, AES-256, pages of ${v.pageBytes} bytes with HMAC-SHA-512 each; deleted content is ${v.secureDelete ? 'overwritten' : 'NOT overwritten'}.`,
  files: (v: { files: number; tried: number; damaged: number }) =>
    `${v.files} encrypted files beside it; of ${v.tried} that were opened for this report ${v.damaged} failed their authentication.`,
  rotation: (v: { epoch: number; at: number; due: boolean; days: number }) =>
    `Vault key number ${v.epoch}, in use since ${time(v.at)}; ${v.days === 0 ? 'no replacement is asked for' : `to be replaced every ${v.days} days`}${v.due ? ', overdue' : ''}.`,
  anchor: (v: { commits: number; places: string }) =>
    `${v.commits} commits are counted outside the database; compared when the vault was opened: ${v.places}.`,
  sockets: (v: { listening: number; outside: number; connections: number; others: number; unread: number }) =>
    `Listening sockets: ${v.listening}, reachable from other machines: ${v.outside}; connections to other machines: ${v.connections}, not to the directory: ${v.others}. Sandboxed parts that could not be looked into: ${v.unread}.`,
  directory: (v: { enabled: boolean; url: string; certificate: boolean }) =>
    v.enabled
      ? `A directory server is asked at sign-in: ${v.url}, over TLS, its certificate ${v.certificate ? 'checked against the named authority' : 'WITHOUT a named authority'}.`
      : 'No directory server is asked.',
  erasure: (v: { removals: number; left: number; pending: number }) =>
    `Proven deletions of cases: ${v.removals}, with something left: ${v.left}; unfinished: ${v.pending}. The keys of deleted content are destroyed.`,
  masking: (v: { kinds: number; examples: number; missed: number }) =>
    `${v.kinds} kinds of personal data are recognised and masked; of ${v.examples} examples tried for this report ${v.missed} were missed.`,
  purposes: (v: { cases: number; without: number }) => `Shared cases: ${v.cases}; without a stated purpose: ${v.without}.`,
  caseRetention: (v: { days: number; closed: number; unlimited: number; overdue: number }) =>
    `Cases are deleted ${v.days === 0 ? 'by hand' : `${v.days} days after they were closed`}; of ${v.closed} closed ones ${v.unlimited} have no term and ${v.overdue} are overdue.`,
  access: (v: { roles: number; mayExport: number; exports: number }) =>
    `People of ${v.mayExport} of ${v.roles} roles can export what is held about them; it was done ${v.exports} times.`,
  fourEyes: (v: { classes: string; count: number; all: number }) =>
    `Two persons are needed for ${v.count} of ${v.all} kinds of acts${v.count === 0 ? '' : `: ${v.classes}`}.`,
  signIns: (v: { done: number; refused: number; days: number }) =>
    `In the last ${v.days} days ${v.done} sign-ins and ${v.refused} refused ones were recorded.`,
  emergency: (v: { recovery: boolean; threshold: number; shares: number; used: number }) =>
    `Ways in for an emergency: ${v.recovery ? 'a recovery code' : 'no recovery code'}, ${v.threshold === 0 ? 'no custodians' : `custodians (${v.threshold} of ${v.shares})`}; used ${v.used} times, each on record.`,
  alerts: (v: { on: number; all: number; open: number; days: number }) =>
    `Unusual acts are looked for by ${v.on} of ${v.all} rules; alerts that nobody has looked into: ${v.open}${v.open === 0 ? '' : `, the oldest for ${v.days} days`}. Required: a rule at least, and no alert waiting longer than 7 days.`,
  validation: (v: { calls: number; unchecked: number }) =>
    `The input of ${v.calls} calls is checked against a schema before anything is done; ${v.unchecked} calls take none and ignore what they are given.`,
} as const;

export type FactTexts = typeof enFacts;
