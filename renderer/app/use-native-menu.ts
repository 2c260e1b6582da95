import { spotlight } from '@mantine/spotlight';
import { useEffect, useEffectEvent } from 'react';
import { importPaths } from '../features/documents/imports.ts';
import { importModelPath } from '../features/models/imports.ts';
import { desktop } from '../lib/desktop.ts';
import { notifyError } from '../lib/notify.ts';
import { navigate } from '../lib/route.ts';
import { useChosenCase, useWriting } from '../lib/cases.ts';
import { usePermission } from '../lib/session.ts';
import { lockVault } from './lock.ts';
import type { View } from './views.tsx';

/** Carries out what the native menu of the desktop window asks for, as far as this person may. */
export function useNativeMenu(views: readonly View[]): void {
  const chosen = useChosenCase();
  const { may: mayDocuments } = useWriting('documents.write', chosen?.id ?? null);
  const mayModels = usePermission('models.manage');

  const importDocuments = async (): Promise<void> => {
    const paths = (await desktop()?.openFiles('documents')) ?? [];
    if (paths.length === 0) return;
    navigate('documents');
    await importPaths(paths);
  };
  const importModel = async (): Promise<void> => {
    const [path] = (await desktop()?.openFiles('model')) ?? [];
    if (path === undefined) return;
    navigate('models');
    await importModelPath(path, 'copy');
  };
  const perform = useEffectEvent((command: string): void => {
    if (command === 'lock') void lockVault();
    else if (command === 'palette') spotlight.open();
    else if (command === 'import' && mayDocuments) importDocuments().catch(notifyError);
    else if (command === 'import-model' && mayModels) importModel().catch(notifyError);
    else if (views.some(({ id }) => command === `view:${id}`)) navigate(command.slice('view:'.length));
  });

  useEffect(() => desktop()?.onMenu((command) => perform(command)), []);
}
