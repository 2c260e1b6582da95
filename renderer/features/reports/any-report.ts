import {
  IconBuildingBank,
  IconBriefcase,
  IconCpu,
  IconDatabaseExport,
  IconHistory,
  IconKey,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import type { Attestation, Report, ReportKind, ReportLanguage } from '../../../electron/core/contract/index.ts';

export type ReportFile = Report['files'][number];

/** A signed report, whether it is kept in a case or is about the vault. */
export type AnyReport = {
  readonly id: string;
  readonly kind: ReportKind;
  readonly title: string;
  readonly language: ReportLanguage;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly files: readonly ReportFile[];
  readonly about: AboutCase | AboutVault;
};
type AboutCase = { readonly of: 'case'; readonly caseId: string; readonly runIds: readonly string[] };
type AboutVault = { readonly of: 'vault'; readonly subject: string };

/** Equal to the contract's; a test holds them together (importing it would bring zod into the page). */
export const caseKinds = ['run', 'case'] as const satisfies readonly ReportKind[];
export const vaultKinds = ['person', 'model', 'access', 'compliance', 'egress'] as const satisfies readonly ReportKind[];
export const reportKinds = [...caseKinds, ...vaultKinds] as const satisfies readonly ReportKind[];
export const frameworks = ['gbt22239', 'pipl', 'hipaa'] as const;

export const kindIcons: Readonly<Record<ReportKind, Icon>> = {
  run: IconHistory,
  case: IconBriefcase,
  person: IconUser,
  model: IconCpu,
  access: IconKey,
  compliance: IconBuildingBank,
  egress: IconDatabaseExport,
};

export function ofCase({ caseId, runIds, ...rest }: Report): AnyReport {
  return { ...rest, about: { of: 'case', caseId, runIds } };
}

export function ofVault({ subject, ...rest }: Attestation): AnyReport {
  return { ...rest, about: { of: 'vault', subject } };
}

export function newestFirst(reports: readonly AnyReport[]): AnyReport[] {
  return [...reports].sort((one, other) => other.createdAt - one.createdAt);
}
