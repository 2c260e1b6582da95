import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './markdown.module.css';

type Props = { value: string; label: 'copyLink' | 'copyCode'; compact?: boolean };

/** Puts `value` on the clipboard and says so for two seconds. Text only: a model's message holds no pictures of ours. */
export function CopyButton({ value, label, compact = false }: Props) {
  const { t } = useTranslation('assistant');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(true));
  return (
    <button type="button" className={compact ? styles['copyCompact'] : styles['copy']} onClick={copy}>
      {copied ? t('copied') : t(label)}
    </button>
  );
}
