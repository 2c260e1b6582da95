import {
  IconActivity,
  IconBriefcase,
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
  /** A person with none of these does not see the view; empty: everybody does. */
  readonly anyOf: readonly Permission[];
  readonly component: LazyExoticComponent<ComponentType>;
  /** Fetches its code; again is free. */
  readonly load: () => Promise<ComponentType>;
};

type Load = () => Promise<ComponentType>;

function view(id: string, icon: Icon, digit: number, anyOf: readonly Permission[], load: Load): View {
  return { id, icon, digit, anyOf, load, component: lazy(async () => ({ default: await load() })) };
}

/** Every view, in the order of the rail. */
export const views: readonly View[] = [
  view(
    'documents',
    IconFileText,
    1,
    ['documents.read'],
    async () => (await import('../features/documents/documents-view.tsx')).DocumentsView,
  ),
  view('flows', IconRoute, 2, ['flows.read'], async () => (await import('../features/flows/flows-view.tsx')).FlowsView),
  view('runs', IconHistory, 3, ['runs.read'], async () => (await import('../features/runs/runs-view.tsx')).RunsView),
  view(
    'assistant',
    IconMessageCircle,
    4,
    ['chat.use'],
    async () => (await import('../features/assistant/assistant-view.tsx')).AssistantView,
  ),
  view('models', IconCpu, 5, ['models.read'], async () => (await import('../features/models/models-view.tsx')).ModelsView),
  view('monitor', IconActivity, 6, ['monitor.read'], async () => (await import('../features/monitor/monitor-view.tsx')).MonitorView),
  view(
    'audit',
    IconShieldCheck,
    7,
    ['audit.read', 'reports.read', 'attestations.make'],
    async () => (await import('../features/audit/audit-view.tsx')).AuditView,
  ),
  view(
    'cases',
    IconBriefcase,
    8,
    ['cases.use', 'cases.administer'],
    async () => (await import('../features/cases/cases-view.tsx')).CasesView,
  ),
  view('settings', IconSettings, 9, [], async () => (await import('../features/settings/settings-view.tsx')).SettingsView),
];
