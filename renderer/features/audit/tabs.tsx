import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Permission } from '../../../electron/core/contract/index.ts';

export type AuditTab = {
  /** Second part of the address (`#/audit/witnesses`), and the key of its name in `audit.tabs`. */
  readonly id: string;
  /** A person with none of these does not see the tab. */
  readonly anyOf: readonly Permission[];
  readonly component: LazyExoticComponent<ComponentType>;
};

const later = (load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> => lazy(async () => ({ default: await load() }));

/** Every tab of the view, in their order. A tab reads the rest of the address itself. */
export const auditTabs: readonly AuditTab[] = [
  { id: 'log', anyOf: ['audit.read'], component: later(async () => (await import('./log/log-tab.tsx')).LogTab) },
  { id: 'alerts', anyOf: ['audit.read'], component: later(async () => (await import('./alerts/alerts-tab.tsx')).AlertsTab) },
  {
    id: 'reports',
    anyOf: ['reports.read', 'attestations.make'],
    component: later(async () => (await import('../reports/reports-tab.tsx')).ReportsTab),
  },
  { id: 'witnesses', anyOf: ['audit.read'], component: later(async () => (await import('./witnesses/witnesses-tab.tsx')).WitnessesTab) },
  { id: 'export', anyOf: ['audit.read'], component: later(async () => (await import('./export/export-tab.tsx')).ExportTab) },
];
