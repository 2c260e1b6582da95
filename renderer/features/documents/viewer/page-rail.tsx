import { Skeleton } from '@mantine/core';
import { useIntersection, useMergedRef } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { documentQueries } from '../queries.ts';
import classes from './viewer.module.css';

type Props = {
  readonly document: DocumentSummary;
  readonly pages: number;
  readonly current: number;
  readonly onOpen: (page: number) => void;
};

/** Small pictures of all pages; each is fetched when it comes into sight. */
export function PageRail({ document, pages, current, onOpen }: Props) {
  const { t } = useTranslation('documents');
  if (pages < 2) return null;
  return (
    <nav className={classes['rail']} aria-label={t('viewer.pages')}>
      {Array.from({ length: pages }, (_, index) => (
        <Thumbnail key={index} id={document.id} number={index + 1} current={current === index + 1} onOpen={onOpen} />
      ))}
    </nav>
  );
}

type ThumbnailProps = { readonly id: string; readonly number: number; readonly current: boolean; readonly onOpen: (page: number) => void };

const thumbnailSide = 200;

function Thumbnail({ id, number, current, onOpen }: ThumbnailProps) {
  const { t } = useTranslation('documents');
  const { ref, entry } = useIntersection({ rootMargin: '200px' });
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const merged = useMergedRef(ref, button);
  const image = useQuery({ ...documentQueries.image(id, number, thumbnailSide), enabled: entry?.isIntersecting ?? false });
  return (
    <button
      ref={merged}
      type="button"
      className={classes['thumbnail']}
      aria-current={current ? 'page' : undefined}
      aria-label={t('viewer.openPage', { number })}
      onClick={() => onOpen(number)}
    >
      {image.data ? (
        <img alt="" src={`data:${image.data.mediaType};base64,${image.data.base64}`} width={image.data.width} height={image.data.height} />
      ) : (
        <Skeleton w={84} h={118} animate={image.isFetching} />
      )}
      <span>{number}</span>
    </button>
  );
}
