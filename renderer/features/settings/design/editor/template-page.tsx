import { useQuery } from '@tanstack/react-query';
import { IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { Loading } from '../../../../ui/loading.tsx';
import { templatesQuery } from '../queries.ts';
import { TemplateEditor } from './template-editor.tsx';

type Props = { readonly id: string; /** The template that a new one begins with. */ readonly from: string | null };

/** Finds the template of an address and opens it. */
export function TemplatePage({ id, from }: Props) {
  const { t } = useTranslation('design');
  const templates = useQuery(templatesQuery());
  if (templates.isPending) return <Loading />;
  if (templates.isError) return <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />;
  const source = templates.data.find((one) => one.id === (id === 'new' ? from : id));
  if (!source) {
    return (
      <EmptyState icon={IconFileOff} title={t('editor.gone')}>
        {t('editor.goneHelp')}
      </EmptyState>
    );
  }
  return <TemplateEditor source={source} copy={id === 'new'} />;
}
