import type { ApprovalClass } from '../../../../electron/core/contract/index.ts';

/** What the policy can ask a second person for, as in the contract; a test holds them together. */
export const approvalClasses = ['export', 'role-change', 'retention-change', 'key-operation'] as const satisfies readonly ApprovalClass[];
