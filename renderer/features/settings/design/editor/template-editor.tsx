import { ActionIcon, Button, Tabs, TextInput, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconCopy, IconDeviceFloppy } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportTemplate } from '../../../../../electron/core/contract/index.ts';
import { languageNames } from '../../../../lib/i18n.ts';
import { formatHash } from '../../../../lib/route.ts';
import { FormError } from '../../../../ui/form-error.tsx';
import { useLeaveGuard } from '../../../../ui/use-leave-guard.tsx';
import { previewQuery } from '../queries.ts';
import { CodeArea, type CodeAreaHandle } from './code-area.tsx';
import classes from './editor.module.css';
import { PagePreview } from './page-preview.tsx';
import { Problems } from './problems.tsx';
import { useSaveTemplate } from './use-save-template.ts';
import { Vocabulary } from './vocabulary.tsx';

/** How long the text rests before it is laid out. */
const restMs = 450;

type Props = { readonly source: ReportTemplate; /** A new template that begins with the text of `source`. */ readonly copy: boolean };

/** One template: its text beside the pages that come of it. Those that come with Redoubt are read and copied. */
export function TemplateEditor({ source, copy }: Props) {
  const { t } = useTranslation(['design', 'reports', 'common']);
  const { kind, language } = source;
  const readOnly = source.builtIn && !copy;
  const area = useRef<CodeAreaHandle>(null);
  const [saved, setSaved] = useState({ name: copy ? t('editor.copyOf', { name: source.name }) : source.name, text: source.text });
  const [name, setName] = useState(saved.name);
  const [text, setText] = useState(saved.text);
  const [page, setPage] = useState(1);
  const [rested] = useDebouncedValue(text, restMs);
  const preview = useQuery(previewQuery({ kind, language, text: rested, page }));
  const dirty = !readOnly && (name !== saved.name || text !== saved.text);
  const { save, saveAndStay, saving, error } = useSaveTemplate({ source, copy, name, text }, setSaved);
  const leaveDialog = useLeaveGuard({
    dirty,
    stays: ({ view, args }) => view === 'settings' && args[0] === 'design' && args[1] === (copy ? 'new' : source.id),
    save,
    discard: () => {
      setName(saved.name);
      setText(saved.text);
    },
  });
  // What was found belongs to the text that was laid out, not to what is typed meanwhile.
  const settled = rested === text && !preview.isPlaceholderData;
  const problems = preview.data?.problems ?? [];
  return (
    <div className={classes['editor']}>
      <div className={classes['bar']}>
        <Tooltip label={t('editor.back')}>
          <ActionIcon variant="subtle" color="gray" component="a" href={formatHash('settings', ['design'])} aria-label={t('editor.back')}>
            <IconArrowLeft size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {readOnly ? (
          <Title order={2} className={classes['name'] ?? ''}>
            {source.name}
          </Title>
        ) : (
          <TextInput
            className={classes['name'] ?? ''}
            aria-label={t('templates.name')}
            maxLength={120}
            value={name}
            error={name.trim() === ''}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <span className={classes['what']}>
          {t(`reports:kinds.${kind}.name`)} · {languageNames[language]}
          {readOnly && ` · ${t('templates.builtIn')}`}
        </span>
        {readOnly ? (
          <Button
            component="a"
            href={formatHash('settings', ['design', 'new'], { from: source.id })}
            leftSection={<IconCopy size={16} aria-hidden />}
          >
            {t('editor.copyToChange')}
          </Button>
        ) : (
          <>
            <span className={classes['state']} role="status">
              {dirty ? `● ${t('editor.unsaved')}` : copy ? '' : t('editor.saved')}
            </span>
            <Button
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              loading={saving}
              disabled={(!dirty && !copy) || name.trim() === '' || text.trim() === ''}
              onClick={saveAndStay}
            >
              {t('editor.save')}
            </Button>
          </>
        )}
      </div>
      <FormError error={error} />
      <div className={classes['panes']}>
        <div className={classes['left']}>
          <CodeArea
            ref={area}
            label={t('editor.text')}
            value={text}
            readOnly={readOnly}
            problems={problems}
            onChange={setText}
            onSave={saveAndStay}
          />
          <Problems
            problems={problems}
            known={preview.data !== undefined}
            settled={settled}
            error={preview.error}
            onJump={(line, column) => area.current?.goTo(line, column)}
          />
        </div>
        <Tabs defaultValue="preview" keepMounted={false} className={classes['right'] ?? ''}>
          <Tabs.List>
            <Tabs.Tab value="preview">{t('preview.title')}</Tabs.Tab>
            {!readOnly && <Tabs.Tab value="vocabulary">{t('vocabulary.title')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="preview" className={classes['panel'] ?? ''}>
            <PagePreview result={preview.data?.preview ?? null} busy={!settled || preview.isFetching} page={page} onPage={setPage} />
          </Tabs.Panel>
          <Tabs.Panel value="vocabulary" className={classes['panel'] ?? ''}>
            <Vocabulary kind={kind} language={language} onInsert={(what, ownLine) => area.current?.insert(what, ownLine)} />
          </Tabs.Panel>
        </Tabs>
      </div>
      {leaveDialog}
    </div>
  );
}
