import type { SiemFormat } from '../../../../electron/core/contract/audit-records.ts';

export const formats = ['ecs', 'cef', 'syslog'] as const satisfies readonly SiemFormat[];
