import { ActionIcon, Badge, Tabs, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import type { Panel } from '../state/editor-store.ts';
import classes from './dock.module.css';
import { ProblemsPanel } from './problems-panel.tsx';

/** The lower part of the editor: problems, and the run. */
export function Dock({ run }: { readonly run: ReactNode }) {
  const { t } = useTranslation(['flows', 'common']);
  const editor = useEditor();
  const panel = useEditorState((state) => state.panel);
  const problems = useEditorState((state) => state.problems.length);
  const [tall, setTall] = useState(false);
  if (panel === null) return null;
  return (
    <section className={classes['dock']} data-tall={tall || undefined} aria-label={t('dock.label')}>
      <Tabs
        value={panel}
        onChange={(next) => editor.set({ panel: next as Panel | null })}
        keepMounted={false}
        className={classes['tabs'] ?? ''}
      >
        <Tabs.List className={classes['tabList'] ?? ''}>
          <Tabs.Tab
            value="problems"
            rightSection={
              problems > 0 ? (
                <Badge size="xs" variant="light">
                  {problems}
                </Badge>
              ) : null
            }
          >
            {t('problems.title')}
          </Tabs.Tab>
          <Tabs.Tab value="run">{t('run.title')}</Tabs.Tab>
          <span className={classes['space']} />
          <Tooltip label={t(tall ? 'dock.lower' : 'dock.raise')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t(tall ? 'dock.lower' : 'dock.raise')} onClick={() => setTall(!tall)}>
              {tall ? <IconArrowsDiagonalMinimize size={16} aria-hidden /> : <IconArrowsDiagonal size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('common:close')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('dock.close')} onClick={() => editor.set({ panel: null })}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Tabs.List>
        <Tabs.Panel value="problems" className={classes['panel'] ?? ''}>
          <ProblemsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="run" className={classes['panel'] ?? ''}>
          {run}
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
