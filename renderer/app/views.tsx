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

const modules = import.meta.glob<Record<string, ComponentType>>('../features/*/*-view.tsx');

function view(id: string, component: string, icon: Icon, digit: number, permission: Permission | null): View[] {
  const load = modules[`../features/${id}/${id}-view.tsx`];
  if (!load) return [];
  return [{ id, icon, digit, permission, component: lazy(async () => ({ default: (await load())[component] as ComponentType })) }];
}

/** Every view, in the order of the rail. */
export const views: readonly View[] = [
  ...view('documents', 'DocumentsView', IconFileText, 1, 'documents.read'),
  ...view('flows', 'FlowsView', IconRoute, 2, 'flows.read'),
  ...view('runs', 'RunsView', IconHistory, 3, 'runs.read'),
  ...view('assistant', 'AssistantView', IconMessageCircle, 4, 'chat.use'),
  ...view('models', 'ModelsView', IconCpu, 5, 'models.read'),
  ...view('monitor', 'MonitorView', IconActivity, 6, 'monitor.read'),
  ...view('audit', 'AuditView', IconShieldCheck, 7, 'audit.read'),
  ...view('settings', 'SettingsView', IconSettings, 9, null),
];
