import {
  IconAddressBook,
  IconDatabase,
  IconDatabaseExport,
  IconDevices,
  IconGavel,
  IconInfoCircle,
  IconKey,
  IconPalette,
  IconSignature,
  IconTable,
  IconTemplate,
  IconUserCheck,
  IconUserCircle,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Permission } from '../../../electron/core/contract/index.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';

/** Headings of the list of sections, in its order; `settings.groups` names them. */
export const sectionGroups = ['you', 'vault', 'people', 'installation'] as const;
export type SectionGroup = (typeof sectionGroups)[number];

export type Section = {
  /** Second part of the address (`#/settings/keys`), and the key of its name in `settings.sections`. */
  readonly id: string;
  readonly group: SectionGroup;
  readonly icon: Icon;
  /** A person without it does not see the section. */
  readonly permission: Permission | null;
  readonly component: ComponentType | LazyExoticComponent<ComponentType>;
};

const later = (load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> => lazy(async () => ({ default: await load() }));

/** Every section of the settings, in the order of its group. */
export const sections: readonly Section[] = [
  {
    id: 'account',
    group: 'you',
    icon: IconUserCircle,
    permission: null,
    component: later(async () => (await import('./account/account-section.tsx')).AccountSection),
  },
  { id: 'appearance', group: 'you', icon: IconPalette, permission: null, component: Appearance },
  {
    id: 'keys',
    group: 'vault',
    icon: IconKey,
    permission: 'keys.read',
    component: later(async () => (await import('./keys/keys-section.tsx')).KeysSection),
  },
  {
    id: 'backup',
    group: 'vault',
    icon: IconDatabaseExport,
    permission: 'backup.read',
    component: later(async () => (await import('./backup/backup-section.tsx')).BackupSection),
  },
  {
    id: 'storage',
    group: 'vault',
    icon: IconDatabase,
    permission: 'monitor.read',
    component: later(async () => (await import('./storage/storage-section.tsx')).StorageSection),
  },
  {
    id: 'design',
    group: 'vault',
    icon: IconTemplate,
    permission: 'design.manage',
    component: later(async () => (await import('./design/design-section.tsx')).DesignSection),
  },
  {
    id: 'signing',
    group: 'vault',
    icon: IconSignature,
    permission: 'design.manage',
    component: later(async () => (await import('./signing/signing-section.tsx')).SigningSection),
  },
  {
    id: 'approvals',
    group: 'people',
    icon: IconUserCheck,
    permission: null,
    component: later(async () => (await import('./approvals/approvals-section.tsx')).ApprovalsSection),
  },
  {
    id: 'people',
    group: 'people',
    icon: IconUsers,
    permission: 'people.read',
    component: later(async () => (await import('./people/people-section.tsx')).PeopleSection),
  },
  {
    id: 'roles',
    group: 'people',
    icon: IconTable,
    permission: 'people.read',
    component: later(async () => (await import('./roles/roles-section.tsx')).RolesSection),
  },
  {
    id: 'sessions',
    group: 'people',
    icon: IconDevices,
    permission: null,
    component: later(async () => (await import('./sessions/sessions-section.tsx')).SessionsSection),
  },
  {
    id: 'policies',
    group: 'people',
    icon: IconGavel,
    permission: null,
    component: later(async () => (await import('./policies/policies-section.tsx')).PoliciesSection),
  },
  {
    id: 'directory',
    group: 'people',
    icon: IconAddressBook,
    permission: 'policies.read',
    component: later(async () => (await import('./directory/directory-section.tsx')).DirectorySection),
  },
  { id: 'about', group: 'installation', icon: IconInfoCircle, permission: null, component: About },
];
