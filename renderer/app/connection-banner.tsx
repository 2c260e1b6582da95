import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionStore } from '../lib/session.ts';
import classes from './banner.module.css';

/** A restart of core takes under two seconds; from here on it needs a person. */
const tooLongMs = 15_000;

/** Says that core is being restarted, what that means for the work, and when to look at it. `patient` where a restart is part of what was asked for (a lock). */
export function ConnectionBanner({ patient = false }: { readonly patient?: boolean }) {
  const { t } = useTranslation('common');
  const lostAt = useSessionStore((store) => store.lostAt);
  const [lateFor, setLateFor] = useState<number | null>(null);
  useEffect(() => {
    if (lostAt === null) return;
    const timer = setTimeout(() => setLateFor(lostAt), tooLongMs);
    return () => clearTimeout(timer);
  }, [lostAt]);
  if (lostAt === null) return null;
  const late = lateFor === lostAt;
  return (
    <div className={classes['banner']} data-patient={patient || undefined} role="status">
      <Loader size={14} aria-hidden />
      <span>{late ? t('connection.unreachable') : t('connection.restarting')}</span>
    </div>
  );
}
