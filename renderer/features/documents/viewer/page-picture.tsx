import { Skeleton, Text } from '@mantine/core';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Box, DocumentFinding, DocumentPage } from '../../../../electron/core/contract/index.ts';
import { describeError } from '../../../lib/errors.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { documentQueries } from '../queries.ts';
import { findingKey } from './finding-key.ts';
import { TextLayer } from './text-layer.tsx';
import { useViewer } from './viewer-state.ts';
import classes from './viewer.module.css';

type Props = {
  readonly id: string;
  readonly number: number;
  readonly content: UseQueryResult<DocumentPage>;
  readonly findings: readonly DocumentFinding[];
  readonly chosen: DocumentFinding | null;
};

const side = 1600;
/** Width by height, until the page is known. */
const a4 = 210 / 297;
const sharpSide = 3200;
/** Width of a page at 100 %, in CSS pixels. */
const fullWidth = 860;

/** The page as it looks, its words as selectable text over it, and the findings marked. */
export function PagePicture({ id, number, content, findings, chosen }: Props) {
  const { t } = useTranslation('documents');
  const { zoom, marks, words } = useViewer();
  const image = useQuery(documentQueries.image(id, number, zoom > 1.25 ? sharpSide : side));
  const page = content.data;

  if (content.isError) return <ErrorState error={content.error} onRetry={() => void content.refetch()} />;
  const picture = image.data;
  const ratio = page ? page.width / page.height : picture ? picture.width / picture.height : a4;
  return (
    <div className={classes['canvas']} role="region" aria-label={t('viewer.pageLabel', { number })}>
      <div className={classes['sheet']} style={{ width: fullWidth * zoom, maxWidth: zoom <= 1 ? '100%' : undefined, aspectRatio: ratio }}>
        {picture ? (
          <img alt={t('viewer.pageLabel', { number })} src={`data:${picture.mediaType};base64,${picture.base64}`} draggable={false} />
        ) : (
          !image.isError && <Skeleton h="100%" radius={0} />
        )}
        {image.isError && (
          <Text p="md" c="dimmed" role="alert">
            {describeError(image.error)}
          </Text>
        )}
        {page && (
          <>
            <svg className={classes['overlay']} viewBox={`0 0 ${page.width} ${page.height}`} preserveAspectRatio="none" aria-hidden>
              {words &&
                page.words.map((word, index) => <Mark key={index} box={word.box} kind={word.confidence < 0.7 ? 'doubtful' : 'word'} />)}
              {marks !== 'off' &&
                findings.map((finding) => {
                  const isChosen = chosen !== null && findingKey(chosen) === findingKey(finding);
                  return finding.boxes.map((box, index) => (
                    <Mark
                      key={`${findingKey(finding)}:${index}`}
                      box={box}
                      kind={marks === 'cover' ? 'cover' : 'finding'}
                      chosen={isChosen}
                      scrollTo={isChosen && index === 0}
                    />
                  ));
                })}
            </svg>
            <TextLayer page={page} />
          </>
        )}
      </div>
    </div>
  );
}

type MarkProps = {
  readonly box: Box;
  readonly kind: 'word' | 'doubtful' | 'finding' | 'cover';
  readonly chosen?: boolean;
  /** Brings the mark into sight. */
  readonly scrollTo?: boolean;
};

function Mark({ box: [x0, y0, x1, y1], kind, chosen = false, scrollTo = false }: MarkProps) {
  const ref = useRef<SVGRectElement>(null);
  useEffect(() => {
    if (scrollTo) ref.current?.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'smooth' });
  }, [scrollTo]);
  const pad = kind === 'finding' || kind === 'cover' ? (y1 - y0) * 0.12 : 0;
  return (
    <rect
      ref={ref}
      className={classes['mark']}
      data-kind={kind}
      data-chosen={chosen || undefined}
      x={x0 - pad}
      y={y0 - pad}
      width={Math.max(x1 - x0 + 2 * pad, 0)}
      height={Math.max(y1 - y0 + 2 * pad, 0)}
    />
  );
}
