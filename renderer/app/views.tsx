import {
  IconActivity,
  IconCpu,
  IconFileText,
  IconHistory,
  IconMessageCircle,
  IconRoute,
  IconSettings,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Permission } from '../../electron/core/contract/index.ts';

export type View = {
  /** First part of the address, and the key of the title in `common.views`. */
  readonly id: string;
  readonly icon: Icon;
  /** The digit that opens it together with Ctrl or Cmd. */
  readonly digit: number;
  /** A person without it does not see the view. */
  readonly permission: Permission | null;
  readonly component: LazyExoticComponent<ComponentType>;
};

/** Every view, in the order of the rail. */
export const views: readonly View[] = [
  {
    id: 'documents',
    icon: IconFileText,
    digit: 1,
    permission: 'documents.read',
    component: lazy(async () => ({ default: (await import('../features/documents/documents-view.tsx')).DocumentsView })),
  },
  {
    id: 'flows',
    icon: IconRoute,
    digit: 2,
    permission: 'flows.read',
    component: lazy(async () => ({ default: (await import('../features/flows/flows-view.tsx')).FlowsView })),
  },
  {
    id: 'runs',
    icon: IconHistory,
    digit: 3,
    permission: 'runs.read',
    component: lazy(async () => ({ default: (await import('../features/runs/runs-view.tsx')).RunsView })),
  },
  {
    id: 'assistant',
    icon: IconMessageCircle,
    digit: 4,
    permission: 'chat.use',
    component: lazy(async () => ({ default: (await import('../features/assistant/assistant-view.tsx')).AssistantView })),
  },
  {
    id: 'models',
    icon: IconCpu,
    digit: 5,
    permission: 'models.read',
    component: lazy(async () => ({ default: (await import('../features/models/models-view.tsx')).ModelsView })),
  },
  {
    id: 'monitor',
    icon: IconActivity,
    digit: 6,
    permission: 'monitor.read',
    component: lazy(async () => ({ default: (await import('../features/monitor/monitor-view.tsx')).MonitorView })),
  },
  {
    id: 'audit',
    icon: IconShieldCheck,
    digit: 7,
    permission: 'audit.read',
    component: lazy(async () => ({ default: (await import('../features/audit/audit-view.tsx')).AuditView })),
  },
  {
    id: 'settings',
    icon: IconSettings,
    digit: 9,
    permission: null,
    component: lazy(async () => ({ default: (await import('../features/settings/settings-view.tsx')).SettingsView })),
  },
];
