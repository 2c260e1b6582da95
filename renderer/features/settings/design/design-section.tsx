import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../lib/route.ts';
import { SettingsSection } from '../settings-section.tsx';
import { TemplatePage } from './editor/template-page.tsx';
import { OrganisationCard } from './organisation-card.tsx';
import { TemplatesCard } from './templates-card.tsx';

/** `#/settings/design` is what reports look like; `#/settings/design/<id>` one template, `…/new?from=<id>` a copy of one. */
export function DesignSection() {
  const { t } = useTranslation('design');
  const { args, query } = useRoute();
  const id = args[1];
  if (id !== undefined) return <TemplatePage key={id === 'new' ? `new ${query['from'] ?? ''}` : id} id={id} from={query['from'] ?? null} />;
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      <OrganisationCard />
      <TemplatesCard />
    </SettingsSection>
  );
}
