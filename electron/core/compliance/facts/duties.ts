/** What is left to the operator, whatever the software does. */
export type Duty =
  | 'hosts'
  | 'malware'
  | 'boot'
  | 'remote'
  | 'redundancy'
  | 'central'
  | 'incidents'
  | 'risk'
  | 'people'
  | 'contracts'
  | 'consent'
  | 'assessment'
  | 'review'
  | 'rights'
  | 'physical'
  | 'evaluation';
