import { ActionIcon, Badge, Button, Divider, Text, TextInput, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconTerminal2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CaseMark } from '../../cases/case-mark.tsx';
import { formatHash } from '../../../lib/hash.ts';
import { ActionButton } from './actions/action-button.tsx';
import classes from './flow-editor.module.css';
import { useEditor, useEditorState } from './state/editor-context.tsx';
import { documentOf, isDirty } from './state/editor-store.ts';

type Props = {
  readonly canWrite: boolean;
  /** Why a person whose role may write cannot do so here; null where the role itself does not. */
  readonly readOnlyBecause: string | null;
  readonly saving: boolean;
  readonly canRun: boolean;
};

/** The two lines above the canvas: which flow, saved or not, run it; and the tools. */
export function Toolbar({ canWrite, readOnlyBecause, saving, canRun }: Props) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const name = useEditorState((state) => documentOf(state).name);
  const caseId = useEditorState((state) => state.caseId);
  const panel = useEditorState((state) => state.panel);
  const errors = useEditorState((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  const warnings = useEditorState((state) => state.problems.length) - errors;
  return (
    <>
      <header className={classes['header']}>
        <Tooltip label={t('editor.back')}>
          <ActionIcon variant="subtle" color="gray" component="a" href={formatHash('flows')} aria-label={t('editor.back')}>
            <IconArrowLeft size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <TextInput
          className={classes['name'] ?? ''}
          aria-label={t('details.name')}
          value={name}
          maxLength={120}
          readOnly={!canWrite}
          variant="unstyled"
          error={name.trim() === ''}
          onChange={(event) => {
            const next = event.currentTarget.value;
            editor.change({ label: 'renameFlow', merge: 'flow:name' }, (document) => ({ ...document, name: next }));
          }}
          onBlur={() => editor.seal()}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <Text component="div" fz="xs" c="dimmed" miw={0} className={classes['wideOnly'] ?? ''}>
          <CaseMark caseId={caseId} />
        </Text>
        <SaveState saving={saving} canWrite={canWrite} readOnlyBecause={readOnlyBecause} />
        <span className={classes['space']} />
        {canWrite && <ActionButton id="save" labelled loading={saving} />}
        {canRun && <ActionButton id="run" labelled variant="filled" />}
      </header>
      <div className={classes['tools']} role="toolbar" aria-label={t('editor.tools')}>
        {canWrite && (
          <>
            <span className={classes['wideOnly']}>
              <ActionButton id="palette" />
            </span>
            <ActionButton id="add" labelled variant="subtle" />
            <Divider orientation="vertical" />
            <ActionButton id="undo" />
            <ActionButton id="redo" />
            <Divider orientation="vertical" />
            <ActionButton id="connect" />
            <span className={classes['roomy']}>
              <ActionButton id="copy" />
              <ActionButton id="paste" />
              <ActionButton id="duplicate" />
            </span>
            <ActionButton id="remove" />
            <Divider orientation="vertical" />
            <ActionButton id="arrange" />
          </>
        )}
        <ActionButton id="fit" />
        <span className={classes['narrowOnly']}>
          <ActionButton id="configure" />
        </span>
        <ActionButton id="keys" />
        <span className={classes['space']} />
        <Button
          variant={panel === 'problems' ? 'light' : 'subtle'}
          color={errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'gray'}
          leftSection={<IconAlertTriangle size={16} aria-hidden />}
          aria-expanded={panel === 'problems'}
          onClick={() => editor.set({ panel: panel === 'problems' ? null : 'problems' })}
        >
          {errors + warnings === 0 ? t('problems.title') : t('problems.count', { count: errors + warnings })}
        </Button>
        <Button
          variant={panel === 'run' ? 'light' : 'subtle'}
          color="gray"
          leftSection={<IconTerminal2 size={16} aria-hidden />}
          aria-expanded={panel === 'run'}
          onClick={() => editor.set({ panel: panel === 'run' ? null : 'run' })}
        >
          {t('run.title')}
        </Button>
        <span className={classes['wideOnly']}>
          <ActionButton id="inspector" />
        </span>
      </div>
    </>
  );
}

function SaveState({ saving, canWrite, readOnlyBecause }: Pick<Props, 'saving' | 'canWrite' | 'readOnlyBecause'>) {
  const { t } = useTranslation('flows');
  const dirty = useEditorState(isDirty);
  const version = useEditorState((state) => state.saved.version);
  if (!canWrite)
    return (
      <Tooltip label={readOnlyBecause ?? ''} disabled={readOnlyBecause === null} multiline maw={320}>
        <Badge variant="light" color="gray" radius="sm" tt="none">
          {t('editor.readOnly')}
        </Badge>
      </Tooltip>
    );
  return (
    <Text fz="xs" c="dimmed" role="status" style={{ whiteSpace: 'nowrap' }}>
      {saving ? t('editor.saving') : dirty ? `● ${t('editor.unsaved')}` : t('editor.saved', { version })}
    </Text>
  );
}
